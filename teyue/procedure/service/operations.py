"""What may be done in the home, and the owner's word. Nothing else writes here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from teyue.foundation import sitting
from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Step, Turn, entitled, hold, seek
from teyue.foundation.money import NOTHING, Money, total
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import deadlines, prices
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch import queries as dispatching
from teyue.procedure.dispatch.facts import Assignment, Opening
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import steps
from teyue.procedure.service.facts import (
    Broken,
    Consent,
    Ending,
    Extra,
    Report,
    SignedRecord,
    Word,
)
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.queries import guesses
from teyue.procedure.service.queries.amounts import charged, extra_lines, given_up
from teyue.procedure.service.queries.records import digest_of, goes_on, others_of
from teyue.procedure.service.steps import objections
from teyue.register.calendar.queries import calendar_of
from teyue.register.parameters.queries import value
from teyue.register.people import queries as people
from teyue.register.people.roster import hand_of


def start(visit: Visit, *, identity_shown: bool, actor: Actor, at: datetime) -> Visit:
    """Begin the work after showing the badge (O8, I-14).

    :raises Refused: ``not_performer``, ``identity_hidden``, ``not_paid``.
    """
    return _start(visit, Opening(identity_shown=identity_shown), actor, at)


def record(visit: Visit, *, report: Report, actor: Actor, at: datetime) -> Record:
    """Record what was done on this visit before leaving the home (O9, F-12, I-18).

    :raises Refused: ``not_performer``, ``work_missing``, ``quantity_missing``,
        ``checklist_incomplete``, ``invoice_missing``, ``site_not_cleaned``, ``photo_missing``,
        ``change_unanswered``, ``above_agreed``.
    """
    with sitting.opened():
        finish(visit, actor=actor, at=at)
        written = Record(visit=visit, order=visit.order, office=visit.office)
        on = (visit.order, visit)
        with steps.RECORD.take(written, actor=actor, at=at, asked=report, on=on) as turn:
            _fill(written, report, actor, at)
            _price(written, report, turn)
            _deliver(written, turn)
    return written


def finish(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """End the work of a visit; taken together with the record of it."""
    with steps.FINISH.take(visit, actor=actor, at=at, on=(visit.order,)):
        visit.finished_at = at
    return visit


def revise(record: Record, *, report: Report, actor: Actor, at: datetime) -> Record:
    """Correct a record that waits for the owner; whatever changes needs a new word (O14).

    Of a service that was broken off, the quantity is what was done.

    :raises Refused: as :func:`record`, and ``more_after_end``.
    """
    on = (record.order, record.visit)
    with steps.REVISE.take(record, actor=actor, at=at, asked=report, on=on) as turn:
        _fill(record, report, actor, at)
        if record.partial_cause:
            record.done_x100 = report.qty_x100
        _price(record, report, turn)
    return record


def terminate(visit: Visit, *, broken: Broken, actor: Actor, at: datetime) -> Record:
    """Break a service off and record what was done of it (O22, E-16, C-05a).

    :raises Refused: ``own_household``, ``not_partial``, ``more_after_end``.
    """
    with sitting.opened():
        finish(visit, actor=actor, at=at)
        written = Record(visit=visit, order=visit.order, office=visit.office)
        on = (visit.order, visit)
        with steps.TERMINATE.take(written, actor=actor, at=at, asked=broken, on=on) as turn:
            written.partial_cause, written.done_x100 = broken.cause, broken.done_x100
            report = replace(broken.report, qty_x100=broken.done_x100)
            _fill(written, report, actor, at)
            _price(written, report, turn)
            _deliver(written, turn)
    return written


def conclude(record: Record, *, ending: Ending, actor: Actor, at: datetime) -> Record:
    """Give up the visits that were still planned (O22, E-16); the owner's word is asked for anew.

    :raises Refused: ``own_household``, ``nothing_to_conclude``, ``work_begun``,
        ``reason_missing``.
    """
    order = record.order
    on = (order, record.visit)
    with (
        sitting.opened(),
        steps.CONCLUDE.take(record, actor=actor, at=at, asked=ending, on=on) as turn,
    ):
        booking.free(order, turn)
        for visit in dispatching.live_visits(order):
            dispatch.cancel_visit(visit, actor=actor, at=at)
        record.more_visits, record.partial_cause = False, ending.cause
        record.done_x100 = record.qty_x100
        record.remarks = "；".join(filter(None, (record.remarks, ending.reason.strip())))[:200]
        record.recorded_at = at
        taken_off = given_up(record, others_of(record))
        record.lines = [*record.lines, *prices.written(taken_off, line=order.line_id)]
        record.amount += total(line.amount for line in taken_off)
        record.content_digest = digest_of(record)
        turn.note(amount=record.amount, digest=record.content_digest, cause=ending.cause)
        turn.leave(Standing.TO_CONFIRM, due=at + _remote(record, at))
    return record


def offer_change(visit: Visit, *, extra: Extra, actor: Actor, at: datetime) -> Change:
    """Quote extra work before it starts (增项, E-10).

    :raises Refused: ``not_performer``, ``reason_missing``, ``change_empty``.
    """
    change = Change(visit=visit, order=visit.order, office=visit.office, offered_by_id=actor.id)
    on = (visit.order, visit)
    with steps.OFFER_CHANGE.take(change, actor=actor, at=at, asked=extra, on=on) as turn:
        quoted = extra_lines(extra)
        change.reason, change.delta = extra.reason, quoted.total
        change.lines = prices.written(quoted.lines, line=visit.order.line_id)
        visit.change_count += 1
        turn.keep(visit)
        turn.note(delta=change.delta)
    return change


def accept_change(change: Change, *, consent: Consent, actor: Actor, at: datetime) -> Change:
    """Let the household accept extra work; it raises what may be charged (I-17).

    :raises Refused: ``not_of_household``, ``evidence_missing``.
    """
    order = change.order
    with steps.ACCEPT_CHANGE.take(change, actor=actor, at=at, asked=consent, on=(order,)) as turn:
        change.accepted_at, change.accepted_by_id = at, actor.id
        change.accept_method, change.evidence = consent.method, consent.evidence
        order.agreed = order.agreed + change.delta
        turn.keep(order)
        turn.note(agreed=order.agreed)
    return change


def refuse_change(change: Change, *, actor: Actor, at: datetime) -> Change:
    """Let the household refuse extra work: only what was quoted is done (E-10).

    :raises Refused: ``not_of_household``.
    """
    with steps.REFUSE_CHANGE.take(change, actor=actor, at=at, on=(change.order,)):
        change.accepted_by_id = None
    return change


def confirm(record: Record, *, word: Word, actor: Actor, at: datetime) -> Record:
    """Let the owner confirm what was shown (O10).

    :raises Refused: ``not_of_household``, ``performer_confirms``, ``may_not_confirm``,
        ``minor_confirms``, ``shown_differently``, ``wrong_code``, ``signature_missing``,
        ``rating_out_of_range``, ``too_many`` after five wrong codes.
    """
    result = Confirmation.Result.WITH_REMARK if word.remark else Confirmation.Result.CONFIRMED
    if word.method != Confirmation.Method.CODE:
        return _confirm(steps.CONFIRM, record, word, result, actor, at)
    with sitting.opened():
        hold(record.order, record.visit, record)
        with guesses.counted(record):
            return _confirm(steps.CONFIRM, record, word, result, actor, at)


def confirm_alternatively(record: Record, *, word: Word, actor: Actor, at: datetime) -> Record:
    """Confirm on objective evidence for an owner who cannot be reached (O11, E-14).

    :raises Refused: ``own_household``, ``too_early``, ``evidence_missing``, ``above_prepaid``.
    """
    result = Confirmation.Result.ALTERNATIVE
    return _confirm(steps.CONFIRM_ALTERNATIVELY, record, word, result, actor, at)


def close_visit(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Close a visit that the owner has confirmed; taken together with the confirmation."""
    with steps.CLOSE_VISIT.take(visit, actor=actor, at=at, on=(visit.order,)):
        visit.confirmed_at = at
    return visit


def continue_order(visit: Visit, *, assignment: Assignment, actor: Actor, at: datetime) -> Visit:
    """Send somebody again when more visits are needed (O9m).

    :raises Refused: ``own_household``, ``visit_not_confirmed``, and those of
        :func:`dispatch.assign`.
    """
    order = visit.order
    with sitting.opened():
        hold(order)
        last = dispatching.visits_of(order).values_list("no", flat=True).last() or 0
        following = Visit(order=order, office=order.office, no=last + 1)
        with steps.CONTINUE_ORDER.take(
            following, actor=actor, at=at, asked=assignment, on=(order,)
        ) as turn:
            dispatch.send(following, assignment, turn)
    return following


def key_signed_record(order: Order, *, paper: SignedRecord, typist: Actor, at: datetime) -> Record:
    """Take a signed paper F-12 in, from 接单 to 业主确认; all of it or nothing (I-70).

    :raises Refused: ``wrong_state``, ``times_reversed``, and those of :func:`start`,
        :func:`record` and :func:`confirm`.
    """
    with sitting.opened():
        hold(order)
        visit = _sent(order)
        evidence = Evidence(Confirmation.Method.PAPER, paper.scan)
        performer = _performer(visit, at).typed_by(typist, evidence)
        entitled(steps.RECORD, visit, performer)
        if refusal := objections.times_reversed(visit, performer, at, paper):
            raise refusal.under("4.3.1")
        _come(visit, paper, performer)
        report = replace(paper.report, paper=paper.scan)
        written = record(visit, report=report, actor=performer, at=paper.finished_at)
        signer = people.resident(paper.signer.person, household=order.household_id)
        owner = signer.typed_by(typist, evidence)
        return confirm(written, word=_on_paper(written, paper), actor=owner, at=paper.confirmed_at)


def _sent(order: Order) -> Visit:
    try:
        return seek(dispatching.under_way(order))
    except Visit.DoesNotExist:
        raise objections.nobody_sent() from None


def _come(visit: Visit, paper: SignedRecord, performer: Actor) -> None:
    """Take what the paper says of the way to the home and what no phone has said before."""
    held: Money | None = getattr(visit, "held", None) or NOTHING
    if visit.state == Visit.State.ASSIGNED:
        dispatch.accept(visit, actor=performer, at=paper.accepted_at)
    if visit.state == Visit.State.ACCEPTED:
        dispatch.depart(visit, actor=performer, at=paper.departed_at)
    if visit.state == Visit.State.EN_ROUTE:
        dispatch.arrive(visit, proof=paper.scan, actor=performer, at=paper.arrived_at)
    if visit.state == Visit.State.ARRIVED:
        opening = Opening(identity_shown=paper.identity_shown, held=held)
        _start(visit, opening, performer, paper.started_at)


def _start(visit: Visit, opening: Opening, actor: Actor, at: datetime) -> Visit:
    with steps.START.take(visit, actor=actor, at=at, asked=opening, on=(visit.order,)) as turn:
        visit.started_at, visit.identity_shown = at, opening.identity_shown
        turn.leave(Standing.IN_SERVICE)
    return visit


def _performer(visit: Visit, at: datetime) -> Actor:
    hand = hand_of(visit.staff_id, office=visit.office_id) if visit.staff_id else None
    if hand is not None:
        return people.colleague(hand, office=visit.office_id, on=local_day(at))
    return people.actor_of_person(visit.performer_id or 0, at=at)


def _on_paper(written: Record, paper: SignedRecord) -> Word:
    return Word(
        digest=written.content_digest,
        method=Confirmation.Method.PAPER,
        member=paper.signer,
        evidence=paper.scan,
        rating=paper.rating,
        remark=paper.remark,
    )


def _confirm(
    step: Step, record: Record, word: Word, result: str, actor: Actor, at: datetime
) -> Record:
    order, visit = record.order, record.visit
    with sitting.opened():
        with step.take(record, actor=actor, at=at, asked=word, on=(order, visit)) as turn:
            turn.keep(_word(record, word, result, actor, at))
            turn.note(method=word.method, digest=word.digest, rating=word.rating)
            after_word(record, turn)
        if visit.state == Visit.State.FINISHED:
            close_visit(visit, actor=actor, at=at)
    return record


def after_word(record: Record, turn: Turn) -> None:
    """Let the order go on as its records say, now that this one has the owner's word."""
    order = record.order
    if goes_on(record):
        turn.leave(Standing.IN_SERVICE, due=deadlines.dispatch_due(order, at=turn.at))
        return
    if order.accepted_at is None:
        # The owner's word on an emergency that nobody could quote is the acceptance (I-17, F-28).
        whole = (record, *others_of(record))
        order.agreed = order.required = total(one.amount for one in whole)
    days = value("audit.limit_wd", office=record.office_id, at=turn.at)
    due = calendar_of(record.office_id).add_working_days(turn.at, days)
    turn.leave(Standing.TO_AUDIT, due=due)


def _word(record: Record, word: Word, result: str, actor: Actor, at: datetime) -> Confirmation:
    member = word.member
    return Confirmation(
        record=record,
        result=result,
        person_id=member.person_id if member else actor.id,
        relation=member.relation if member else "",
        method=word.method,
        evidence="" if word.method == Confirmation.Method.CODE else word.evidence,
        content_digest=word.digest,
        at=at,
        rating=word.rating,
        remark=word.remark,
        taken_by=actor.hands,
    )


def _fill(record: Record, report: Report, actor: Actor, at: datetime) -> None:
    record.work_done, record.remarks = report.work_done.strip(), report.remarks
    record.checklist = {str(no): done for no, done in report.checklist.items()}
    record.minutes, record.qty_x100 = report.minutes, report.qty_x100
    record.photos = [*report.photos, *report.invoices]
    record.site_cleaned, record.more_visits = report.site_cleaned, report.more_visits
    record.materials = [
        {
            "name": used.text,
            "qty_x100": used.qty_x100,
            "unit_cost": used.unit_cost.fen,
            "supplied_by": "company",
        }
        for used in report.materials
    ] + [{"name": name, "supplied_by": "household"} for name in report.household_materials]
    record.recorded_by_id, record.recorded_at = actor.id, at


def _price(record: Record, report: Report, turn: Turn) -> None:
    others = others_of(record)
    priced = charged(record, report.materials, others)
    record.lines = prices.written(priced.lines, line=record.order.line_id)
    record.amount = priced.total
    if refusal := objections.above_agreed(record, turn.actor, turn.at, others):
        raise refusal.under("4.3.1")
    record.content_digest = digest_of(record)
    turn.note(amount=record.amount, digest=record.content_digest)


def _deliver(record: Record, turn: Turn) -> None:
    """Send the order to the owner; what was paid for it is spoken for from now on."""
    record.order.delivered = True
    turn.leave(Standing.TO_CONFIRM, due=turn.at + _remote(record, turn.at))


def _remote(record: Record, at: datetime) -> timedelta:
    return deadlines.hours("confirm.remote_h", record.order, at)
