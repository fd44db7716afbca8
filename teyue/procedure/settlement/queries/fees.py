"""What a household owes for an order that it gives up (C-05b, E-05 to E-07, E-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing import formulas
from teyue.procedure.pricing.formulas import Notice
from teyue.procedure.pricing.queries import rate_of
from teyue.register.parameters.queries import value

ON_THE_WAY = (Visit.State.EN_ROUTE, Visit.State.ARRIVED)
OURS = (Visit.Failure.STAFF_NO_SHOW, Visit.Failure.PROVIDER_REFUSED)


@dataclass(frozen=True, slots=True)
class Fee:
    """The listed fee of a cancellation, and why it is that much."""

    notice: Notice
    amount: Money


def fee(order: Order, *, special_material: Money, at: datetime) -> Fee:
    """Return what cancelling costs now: nothing in time, when the company failed, or unpaid."""
    notice = _notice(order, list(dispatch.visits_of(order)), at)
    amount = formulas.cancellation_fee(
        rate_of(order.line), quoted=order.agreed, notice=notice, special_material=special_material
    )
    return Fee(notice, amount)


def _notice(order: Order, visits: Sequence[Visit], at: datetime) -> Notice:
    """Return the notice that counts: that of the last visit, unless somebody came in vain before.

    A new appointment does not undo a call-out (E-09); a failure of the company since then does
    (E-07, ADR 0016).
    """
    if not visits:
        return Notice.IN_TIME
    last = _of_last(order, visits[-1], at)
    if last == Notice.AFTER_DEPARTURE or _was_ours(order, visits[-1], at):
        return last
    for earlier in reversed(visits[:-1]):
        if _was_ours(order, earlier, at):
            break
        if earlier.failure == Visit.Failure.HOUSEHOLD_ABSENT:
            return Notice.AFTER_DEPARTURE
    return last


def _of_last(order: Order, visit: Visit, at: datetime) -> Notice:
    if _was_ours(order, visit, at):
        return Notice.IN_TIME
    if _set_off(visit):
        return Notice.AFTER_DEPARTURE
    key = "cancel.free.sub_h" if visit.firm_id else "cancel.free.inhouse_h"
    free = timedelta(hours=value(key, office=order.office_id, at=at))
    return Notice.IN_TIME if at <= visit.appoint_from - free else Notice.BEFORE_DEPARTURE


def _set_off(visit: Visit) -> bool:
    return visit.failure == Visit.Failure.HOUSEHOLD_ABSENT or visit.state in ON_THE_WAY


def _was_ours(order: Order, visit: Visit, at: datetime) -> bool:
    """Tell whether the company failed, or came or comes too late (E-07)."""
    if visit.failure in OURS:
        return True
    patience = timedelta(minutes=value("late.threshold_min", office=order.office_id, at=at))
    arrived = visit.arrived_at or at
    return _set_off(visit) and dispatch.late_by(visit, arrived, at=at) > patience
