"""What may be done in dispatch. Nothing else writes here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step, Turn, hold, seek
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.facts import Acceptance, Pricing
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.queries import deadlines, slots
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.dispatch import queries, steps
from teyue.procedure.dispatch.facts import Absence, Assignment, Emergency, Postponement
from teyue.procedure.dispatch.models import Override, Visit
from teyue.register.parameters.queries import value


def override(order: Order, *, emergency: Emergency, actor: Actor, at: datetime) -> Override:
    """Let an emergency be served before it is paid (O6, F-28); it is owed from now on.

    :raises Refused: ``not_urgent``, ``own_household``, ``approver_involved``, ``earlier_unpaid``,
        ``reason_too_short``, ``estimate_missing``, ``above_cap``.
    """
    paper = Override(order=order, office=order.office)
    with steps.OVERRIDE.take(paper, actor=actor, at=at, asked=emergency, on=(order,)) as turn:
        paper.category, paper.reason = emergency.category, emergency.reason.strip()
        paper.estimate, paper.cap = emergency.estimate, queries.cap(order, at=at)
        paper.approved_by_id, paper.approved_at = actor.id, at
        due = value("emergency.due_h", office=order.office_id, at=at)
        paper.pay_due_at = at + timedelta(hours=due)
        order.in_arrears = True
        turn.note(estimate=paper.estimate, category=paper.category)
        turn.leave(Standing.READY, due=deadlines.dispatch_due(order, at=at))
    return paper


def quote_late(order: Order, *, pricing: Pricing, actor: Actor, at: datetime) -> Quote:
    """Quote an emergency after it was dispatched (O6, ADR 0010); a range price is named on site.

    :raises Refused: ``not_an_emergency``, ``work_delivered``, ``already_accepted``,
        ``needs_site_quote``, ``no_site_price``, ``outside_range``, ``price_is_fixed``.
    """
    offered = booking.blank_quote(order, actor)
    with steps.QUOTE_LATE.take(offered, actor=actor, at=at, asked=pricing, on=(order,)) as turn:
        booking.price(offered, pricing, turn)
    return offered


def accept_late(quote: Quote, *, acceptance: Acceptance, actor: Actor, at: datetime) -> Quote:
    """Let the household accept the price of an emergency that was begun before (O6).

    :raises Refused: ``not_an_emergency``, ``work_delivered``, ``quote_expired``,
        ``not_of_household``, ``evidence_missing``.
    """
    order = quote.order
    with steps.ACCEPT_LATE.take(quote, actor=actor, at=at, asked=acceptance, on=(order,)) as turn:
        quote.accepted_at, quote.accepted_by_id = at, actor.id
        quote.accept_method, quote.evidence = acceptance.method, acceptance.evidence
        # What was agreed already are changes that the household accepted before the price.
        order.agreed = order.required = order.agreed + quote.total
        order.accepted_at = at
        turn.keep(order)
        turn.note(total=quote.total)
    return quote


def redeem(
    paper: Override, *, payment: Payment, shift: Shift, actor: Actor, at: datetime
) -> Receipt:
    """Collect what an emergency left unpaid, in whole; the household owes nothing any more.

    :raises Refused: ``nothing_due``, ``arrears_in_part``, and those of the till.
    """
    order = paper.order
    with steps.REDEEM.take(paper, actor=actor, at=at, asked=payment, on=(order,)) as turn:
        due = till.still_due(order, Receipt.Purpose.ARREARS)
        receipt = cashier.collect(order, payment=payment, due=due, shift=shift, actor=actor, at=at)
        order.in_arrears = False
        turn.keep(order)
        turn.note(amount=payment.amount)
    return receipt


def clear_arrears(order: Order, *, actor: Actor, at: datetime) -> None:
    """End what an emergency owes; taken together with the settlement, which collects it (E-18)."""
    for paper in Override.objects.filter(order=order, state=Override.State.APPROVED):
        with steps.CLEAR_ARREARS.take(paper, actor=actor, at=at, on=(order,)) as turn:
            order.in_arrears = False
            turn.keep(order)


def assign(order: Order, *, assignment: Assignment, actor: Actor, at: datetime) -> Visit:
    """Send somebody (O7, F-10): the first visit, the one that came back, or one after a failure.

    :raises Refused: ``own_household``, ``nobody_named``, ``appointment_past``, ``not_paid``, and
        those of :func:`slots.unfit`.
    """
    with sitting.opened():
        hold(order)
        visit = _next_visit(order)
        with steps.ASSIGN.take(visit, actor=actor, at=at, asked=assignment, on=(order,)) as turn:
            send(visit, assignment, turn)
    return visit


def send(visit: Visit, assignment: Assignment, turn: Turn) -> None:
    """Give a visit to somebody and set the time aside; the step must name reservations."""
    person = assignment.staff or assignment.worker
    visit.staff, visit.worker = assignment.staff, assignment.worker
    visit.firm = assignment.worker.firm if assignment.worker else None
    visit.performer = person.person if person else None
    visit.appoint_from, visit.appoint_to = assignment.appoint_from, assignment.appoint_to
    visit.assigned_by, visit.assigned_at = turn.actor.id, turn.at
    visit.accepted_at = visit.departed_at = visit.arrived_at = None
    booking.occupy(
        visit.order,
        turn,
        staff=assignment.staff,
        worker=assignment.worker,
        starts=visit.appoint_from,
        ends=visit.appoint_from + slots.length(visit.order.standard.duration_min),
    )
    turn.note(performer=visit.performer_id, staff=visit.staff_id, firm=visit.firm_id)
    turn.leave(Standing.DISPATCHED, due=visit.appoint_to)


def accept(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Let the technician accept a job.

    :raises Refused: ``not_performer``.
    """
    with steps.ACCEPT.take(visit, actor=actor, at=at, on=(visit.order,)):
        visit.accepted_at = at
    return visit


def decline(visit: Visit, *, reason: str, actor: Actor, at: datetime) -> Visit:
    """Let the technician or firm refuse a job; it waits to be dispatched again (E-08).

    :raises Refused: ``not_performer``, ``reason_missing``.
    """
    return _back(steps.DECLINE, visit, reason, actor, at)


def withdraw(visit: Visit, *, reason: str, actor: Actor, at: datetime) -> Visit:
    """Take a job back, to give it to somebody else.

    :raises Refused: ``own_household``, ``reason_missing``.
    """
    return _back(steps.WITHDRAW, visit, reason, actor, at)


def give_back(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Take a job back from a firm that is suspended; it waits to be dispatched again (O7r).

    :raises Refused: ``firm_serves``.
    """
    return _back(steps.GIVE_BACK, visit, _("分包方已暂停，退回待派"), actor, at)


def depart(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Set off.

    :raises Refused: ``not_performer``.
    """
    with steps.DEPART.take(visit, actor=actor, at=at, on=(visit.order,)):
        visit.departed_at = at
    return visit


def arrive(visit: Visit, *, proof: str, actor: Actor, at: datetime) -> Visit:
    """Arrive, shown by the code at the door, a photo or the place.

    :raises Refused: ``not_performer``.
    """
    with steps.ARRIVE.take(visit, actor=actor, at=at, on=(visit.order,)):
        visit.arrived_at, visit.arrival_proof = at, proof
    return visit


def reschedule(visit: Visit, *, to: Postponement, actor: Actor, at: datetime) -> Visit:
    """Move a visit to another time; it is dispatched again (E-47).

    :raises Refused: ``moved_too_often``, ``appointment_past``, ``reason_missing``,
        ``own_household``.
    """
    order = visit.order
    with steps.RESCHEDULE.take(visit, actor=actor, at=at, asked=to, on=(order,)) as turn:
        booking.free(order, turn)
        visit.appoint_from, visit.appoint_to = to.appoint_from, to.appoint_to
        visit.moved_by_household += to.by_household
        visit.failure_note = to.reason
        order.wish_from, order.wish_to = to.appoint_from, to.appoint_to
        _to_ready(turn, order)
    return visit


def cancel_visit(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Cancel a visit together with its order; the order frees the capacity."""
    with steps.CANCEL_VISIT.take(visit, actor=actor, at=at, on=(visit.order,)) as turn:
        turn.note(before=visit.state)
    return visit


def report_absent(visit: Visit, *, absence: Absence, actor: Actor, at: datetime) -> Visit:
    """Give a visit up because nobody is at home (E-09).

    :raises Refused: ``not_performer``, ``not_waited``, ``not_called``, ``photo_missing``.
    """
    order = visit.order
    with steps.REPORT_ABSENT.take(visit, actor=actor, at=at, asked=absence, on=(order,)) as turn:
        visit.failure, visit.failure_note = Visit.Failure.HOUSEHOLD_ABSENT, absence.note
        visit.arrival_proof = absence.photo
        booking.free(order, turn)
        _to_ready(turn, order)
    return visit


def report_no_show(visit: Visit, *, note: str, actor: Actor, at: datetime) -> Visit:
    """Write down that nobody came (E-07): no fee, the household may cancel free.

    :raises Refused: ``own_household``, ``not_overdue``.
    """
    order = visit.order
    with steps.REPORT_NO_SHOW.take(visit, actor=actor, at=at, asked=note, on=(order,)) as turn:
        visit.failure, visit.failure_note = Visit.Failure.STAFF_NO_SHOW, note
        booking.free(order, turn)
        _to_ready(turn, order)
    return visit


def _next_visit(order: Order) -> Visit:
    earlier = queries.visits_of(order).values_list("no", "state", "pk").last()
    if earlier and earlier[1] == Visit.State.SCHEDULED:
        return seek(Visit.along_with(), pk=earlier[2])
    return Visit(order=order, office=order.office, no=earlier[0] + 1 if earlier else 1)


def _back(step: Step, visit: Visit, reason: str, actor: Actor, at: datetime) -> Visit:
    order = visit.order
    with step.take(visit, actor=actor, at=at, asked=reason, on=(order,)) as turn:
        visit.failure_note = reason
        booking.free(order, turn)
        _to_ready(turn, order)
    return visit


def _to_ready(turn: Turn, order: Order) -> None:
    turn.leave(Standing.READY, due=deadlines.dispatch_due(order, at=turn.at))
