"""Until when the next step of an order must be taken (domain model 8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from teyue.procedure.booking.models import Order
from teyue.register.calendar.queries import calendar_of
from teyue.register.parameters.queries import value


def minutes(key: str, order: Order, at: datetime) -> timedelta:
    """Return a parameter in minutes as a length of time."""
    return timedelta(minutes=value(key, office=order.office_id, at=at))


def hours(key: str, order: Order, at: datetime) -> timedelta:
    """Return a parameter in hours as a length of time."""
    return timedelta(hours=value(key, office=order.office_id, at=at))


def quote_due(order: Order, *, at: datetime) -> datetime:
    """Return when the household must have its price."""
    if order.line.price_mode == "range":
        return at + hours("order.quote.range_h", order, at)
    return at + minutes("order.quote.fixed_min", order, at)


def lapse_at(order: Order, *, at: datetime) -> datetime:
    """Return when an accepted order lapses unpaid (order.lapse).

    Urgent: 30 minutes. Else 24 hours, at the latest two hours before the slot, but never before
    the till has been open for an hour.
    """
    if order.urgency == Order.Urgency.URGENT:
        return at + minutes("order.lapse.urgent_min", order, at)
    latest = at + hours("order.lapse.normal_h", order, at)
    if order.wish_from is not None:
        latest = min(latest, order.wish_from - hours("order.lapse.before_slot_h", order, at))
    till = value("order.lapse.till_min", office=order.office_id, at=at)
    return max(latest, calendar_of(order.office_id).working_hours_after(at, till))


def dispatch_due(order: Order, *, at: datetime) -> datetime:
    """Return when a paid order must be dispatched, on the clock of the service hours."""
    urgent = order.urgency == Order.Urgency.URGENT
    key = "order.dispatch.urgent_min" if urgent else "order.dispatch.normal_min"
    wait = value(key, office=order.office_id, at=at)
    if urgent:
        return at + timedelta(minutes=wait)
    return calendar_of(order.office_id).working_hours_after(at, wait)
