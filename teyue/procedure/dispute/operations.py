"""What may be done about disputes, and how orders end. Nothing else writes here."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Turn
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import deadlines
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispute import steps
from teyue.procedure.dispute.facts import Decision, Redo
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.pricing.formulas import LineKind
from teyue.procedure.refund.models import Refund
from teyue.procedure.service import operations as service
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries.records import digest_of
from teyue.procedure.settlement import operations as settlement


def open(record: Record, *, words: str, actor: Actor, at: datetime) -> Dispute:
    """Write down that the owner refuses to confirm, in the owner's words (O12, E-13).

    :raises Refused: ``not_of_household``, ``not_performer``, ``words_missing``.
    """
    dispute = Dispute(order=record.order, record=record, office=record.office)
    on = (record.order, record.visit, record)
    with sitting.opened():
        with steps.OPEN.take(dispute, actor=actor, at=at, asked=words, on=on) as turn:
            dispute.words, dispute.opened_at, dispute.taken_by = words.strip(), at, actor.hands
            turn.keep(_refusal(record, words, actor, at))
            turn.leave(
                Standing.DISPUTED, due=at + deadlines.hours("confirm.remote_h", record.order, at)
            )
        contest(record, actor=actor, at=at)
        contest_visit(record.visit, actor=actor, at=at)
    return dispute


def contest(record: Record, *, actor: Actor, at: datetime) -> Record:
    """Mark a record as disputed; taken together with the dispute."""
    with steps.CONTEST.take(record, actor=actor, at=at, on=(record.order,)):
        return record


def contest_visit(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Mark a visit as disputed; taken together with the dispute."""
    with steps.CONTEST_VISIT.take(visit, actor=actor, at=at, on=(visit.order,)):
        return visit


def resolve(dispute: Dispute, *, decision: Decision, actor: Actor, at: datetime) -> Dispute:
    """Decide a dispute (O17): confirm again, settle an agreed amount, or cancel the order.

    :raises Refused: ``own_household``, ``performer_decides``, ``decision_missing``,
        ``amount_out_of_range``, ``consent_missing``, ``above_your_limit``.
    """
    record = dispute.record
    on = (dispute.order, record.visit, record)
    with sitting.opened():
        with steps.RESOLVE.take(dispute, actor=actor, at=at, asked=decision, on=on) as turn:
            dispute.outcome, dispute.decision = decision.outcome, decision.text.strip()
            dispute.agreed_amount = decision.agreed_amount
            dispute.decided_by, dispute.decided_at = actor.id, at
            dispute.household_agreed = decision.household_agreed
            dispute.evidence = decision.evidence
            turn.note(outcome=decision.outcome, amount=decision.agreed_amount)
            if decision.outcome == Dispute.Outcome.AMOUNT_AGREED:
                _settle_on(dispute, actor, at)
            _leave(dispute, turn)
        _carry_out(dispute, actor, at)
    return dispute


def show_again(record: Record, *, actor: Actor, at: datetime) -> Record:
    """Show a record to the owner once more; taken together with the decision."""
    with steps.SHOW_AGAIN.take(record, actor=actor, at=at, on=(record.order,)):
        return record


def agree(record: Record, *, amount: Money, actor: Actor, at: datetime) -> Record:
    """Put the agreed amount on a record, which counts as the owner's word (I-21)."""
    with steps.AGREE.take(record, actor=actor, at=at, on=(record.order,)) as turn:
        less = record.amount - amount
        if less > NOTHING:
            record.lines = [*record.lines, _allowance(record, less)]
        record.amount = amount
        record.content_digest = digest_of(record)
        turn.keep(_agreement(record, actor, at))
        turn.note(amount=amount, digest=record.content_digest)
    return record


def finish_visit(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Let a visit stand as finished again; taken together with the decision."""
    with steps.FINISH_VISIT.take(visit, actor=actor, at=at, on=(visit.order,)):
        return visit


def end_order(order: Order, *, reason: str, actor: Actor, at: datetime) -> Order:
    """Cancel a disputed order and give everything back; taken together with the decision."""
    with steps.END_ORDER.take(order, actor=actor, at=at) as turn:
        order.ended_because, order.ended_note = "dispute", reason[:200]
        settlement.end(order, NOTHING, Refund.Source.DISPUTE, turn)
    return order


def close(order: Order, *, actor: Actor, at: datetime) -> Order:
    """Close a settled order that has come to rest (O16).

    :raises Refused: ``too_early``, ``unfinished``, ``held``.
    """
    with steps.CLOSE.take(order, actor=actor, at=at) as turn:
        turn.note(household=order.household_id)
    return order


def rework(source: Order, *, redo: Redo, actor: Actor, at: datetime) -> Order:
    """Register that something is done again, free of charge (O23, E-17, I-28).

    :raises Refused: ``own_household``, ``not_settled``, ``reason_missing``, ``no_warranty``.
    """
    order = _copy(source, redo, actor, at)
    with steps.REWORK.take(order, actor=actor, at=at, asked=redo, on=(source,)) as turn:
        turn.note(rework_of=source.pk)
        turn.leave(Standing.READY, due=deadlines.dispatch_due(order, at=at))
    return order


def _leave(dispute: Dispute, turn: Turn) -> None:
    order, at = dispute.order, turn.at
    if dispute.outcome == Dispute.Outcome.CONFIRM_AGAIN:
        turn.leave(Standing.TO_CONFIRM, due=at + deadlines.hours("confirm.remote_h", order, at))
    elif dispute.outcome == Dispute.Outcome.AMOUNT_AGREED:
        service.after_word(dispute.record, turn)
    else:
        turn.leave(Standing.CANCELLED)


def _carry_out(dispute: Dispute, actor: Actor, at: datetime) -> None:
    order, record = dispute.order, dispute.record
    if dispute.outcome == Dispute.Outcome.CANCELLED:
        end_order(order, reason=dispute.decision, actor=actor, at=at)
        return
    finish_visit(record.visit, actor=actor, at=at)
    if dispute.outcome == Dispute.Outcome.CONFIRM_AGAIN:
        show_again(record, actor=actor, at=at)
        return
    service.close_visit(record.visit, actor=actor, at=at)


def _settle_on(dispute: Dispute, actor: Actor, at: datetime) -> None:
    """Put the agreed amount on the record first: where the order goes on rests on it."""
    record, amount = dispute.record, dispute.agreed_amount
    agree(record, amount=record.amount if amount is None else amount, actor=actor, at=at)


def _refusal(record: Record, words: str, actor: Actor, at: datetime) -> Confirmation:
    return Confirmation(
        record=record,
        result=Confirmation.Result.REFUSED,
        method=Confirmation.Method.EVIDENCE,
        content_digest=record.content_digest,
        at=at,
        remark=words.strip()[:200],
        taken_by=actor.hands,
    )


def _agreement(record: Record, actor: Actor, at: datetime) -> Confirmation:
    return Confirmation(
        record=record,
        result=Confirmation.Result.WITH_REMARK,
        person=record.order.payer,
        method=Confirmation.Method.EVIDENCE,
        content_digest=record.content_digest,
        at=at,
        taken_by=actor.id,
    )


def _allowance(record: Record, less: Money) -> dict[str, object]:
    return {
        "kind": str(LineKind.DISCOUNT),
        "text": "争议减免",
        "qty_x100": 100,
        "unit_price": -less.fen,
        "amount": -less.fen,
        "line": record.order.line_id,
    }


def _copy(source: Order, redo: Redo, actor: Actor, at: datetime) -> Order:
    return Order(
        office=source.office,
        household=source.household,
        requester=source.requester,
        payer=source.payer,
        contact=source.contact,
        channel=Order.Channel.COMPLAINT,
        item=source.item,
        line=source.line,
        standard=source.standard,
        registered_at=at,
        registered_by_id=actor.id,
        qty_x100=source.qty_x100,
        description=redo.reason[:200],
        coverage=Order.Coverage.FULL,
        rework_of=source,
        accepted_at=at,
    )
