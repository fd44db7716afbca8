"""Where an order stands, computed from its papers: the twin of what the kernel writes."""

from __future__ import annotations

from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.models import Record
from teyue.procedure.settlement.models import Settlement

ENDS = {
    Order.State.VOID: Standing.VOID,
    Order.State.CANCELLED: Standing.CANCELLED,
    Order.State.CLOSED: Standing.CLOSED,
}
SENT = (Visit.State.ASSIGNED, Visit.State.ACCEPTED, Visit.State.EN_ROUTE, Visit.State.ARRIVED)
DONE = (Visit.State.WORKING, Visit.State.FINISHED, Visit.State.CONFIRMED)


def standing_of(order: Order) -> Standing:
    """Return where an order stands by its papers, latest stage first."""
    if order.state in ENDS:
        return ENDS[Order.State(order.state)]
    if order.disputes.filter(state=Dispute.State.OPEN).exists():
        return Standing.DISPUTED
    if order.settlements.filter(state=Settlement.State.SETTLED).exists():
        return Standing.SETTLED
    return _by_service(order) or _by_payment(order)


def _by_service(order: Order) -> Standing | None:
    records = list(Record.objects.filter(order=order).order_by("visit__no"))
    if any(record.state != Record.State.CONFIRMED for record in records):
        return Standing.TO_CONFIRM
    if records and not records[-1].more_visits:
        passed = all(map(_has_passed, records))
        return Standing.TO_SETTLE if passed else Standing.TO_AUDIT
    visit = order.visits.order_by("-no").first()
    if visit is None:
        return None
    if visit.state in SENT:
        return Standing.DISPATCHED
    return Standing.IN_SERVICE if visit.state in DONE else None


def _has_passed(record: Record) -> bool:
    """Tell whether the last audit of a record passed it as it is now."""
    last = Audit.objects.filter(record=record).order_by("pk").last()
    if last is None or last.state != Audit.State.PASSED:
        return False
    return last.content_digest == record.content_digest


def _by_payment(order: Order) -> Standing:
    if order.rework_of_id or Override.objects.filter(order=order).exists():
        return Standing.READY
    quotes = set(order.quotes.values_list("state", flat=True))
    if Quote.State.ACCEPTED in quotes:
        paid = cashier.held(order) >= order.required
        return Standing.READY if paid else Standing.AWAITING_PAYMENT
    return Standing.QUOTED if Quote.State.OFFERED in quotes else Standing.REGISTERED
