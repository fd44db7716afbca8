"""What time alone brings about: settled orders that have come to rest are closed (O16)."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.lifecycle import seek
from teyue.foundation.outbox.rounds import go_limited_round
from teyue.procedure.booking.models import Order
from teyue.procedure.dispute import operations, queries
from teyue.register.people import queries as people


def close_rested(at: datetime) -> int:
    """Close the orders whose quiet time is over, unless something is under way."""

    def close(key: int) -> None:
        with sitting.opened():
            order = seek(Order.along_with(), pk=key)
            operations.close(order, actor=people.system(), at=at)

    return go_limited_round(queries.closable(at=at).values_list("pk", flat=True), close)
