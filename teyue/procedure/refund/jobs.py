"""What time alone brings about: unpaid orders lapse (O20)."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.lifecycle import seek
from teyue.foundation.outbox.rounds import go_limited_round
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.refund import operations
from teyue.register.people import queries as people


def lapse_unpaid(at: datetime) -> int:
    """Let the orders lapse that nobody paid in time, the longest overdue first."""

    def lapse(key: int) -> None:
        with sitting.opened():
            order = seek(Order.along_with(), pk=key)
            operations.lapse(order, actor=people.system(), at=at)

    return go_limited_round(orders.lapsable(at=at).values_list("pk", flat=True), lapse)
