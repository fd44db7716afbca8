"""What a household owes for an order that it gives up (C-05b, E-05 to E-07, E-09)."""

from __future__ import annotations

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
    visits = list(dispatch.visits_of(order))
    notice = _notice(order, visits[-1] if visits else None, at)
    amount = formulas.cancellation_fee(
        rate_of(order.line), quoted=order.agreed, notice=notice, special_material=special_material
    )
    return Fee(notice, amount)


def _notice(order: Order, visit: Visit | None, at: datetime) -> Notice:
    if visit is None or visit.failure in OURS:
        return Notice.IN_TIME
    if visit.failure == Visit.Failure.HOUSEHOLD_ABSENT or visit.state in ON_THE_WAY:
        return _unless_late(order, visit, at)
    key = "cancel.free.sub_h" if visit.firm_id else "cancel.free.inhouse_h"
    free = timedelta(hours=value(key, office=order.office_id, at=at))
    return Notice.IN_TIME if at <= visit.appoint_from - free else Notice.BEFORE_DEPARTURE


def _unless_late(order: Order, visit: Visit, at: datetime) -> Notice:
    patience = timedelta(minutes=value("late.threshold_min", office=order.office_id, at=at))
    arrived = visit.arrived_at or at
    if dispatch.late_by(visit, arrived, at=at) > patience:
        return Notice.IN_TIME
    return Notice.AFTER_DEPARTURE
