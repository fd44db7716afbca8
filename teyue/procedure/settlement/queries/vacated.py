"""What households left behind that moved out (E-22)."""

from __future__ import annotations

from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order, Standing
from teyue.register.estate.models import Household

BEFORE_SERVICE = (
    Standing.REGISTERED,
    Standing.QUOTED,
    Standing.AWAITING_PAYMENT,
    Standing.READY,
    Standing.DISPATCHED,
)


def left_behind(*, household: int | None = None) -> KeptQuerySet[Order]:
    """Return the orders not begun of households that moved out, of one or of all."""
    orders = Order.objects.filter(
        state=Order.State.OPEN,
        standing__in=BEFORE_SERVICE,
        delivered=False,
        household__state=Household.State.CLOSED,
    )
    return (orders if household is None else orders.filter(household=household)).order_by("pk")


def ends_with_occupancy(order: Order) -> bool:
    """Tell whether an order would be cancelled when its household moves out."""
    begun = order.delivered or order.standing not in BEFORE_SERVICE
    return order.state == Order.State.OPEN and not begun
