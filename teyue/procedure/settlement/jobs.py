"""What moves no money is settled by the system (O15): reworks and free services."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.lifecycle import seek
from teyue.foundation.money import NOTHING
from teyue.foundation.outbox.rounds import go_limited_round
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.settlement import operations


def settle_free(at: datetime) -> int:
    """Settle the audited orders that cost nothing and for which nothing was paid."""

    def settle(key: int) -> None:
        with sitting.opened():
            operations.settle_free(seek(Order.along_with(), pk=key), at=at)

    free = Order.objects.filter(standing=Standing.TO_SETTLE, agreed=NOTHING, required=NOTHING)
    return go_limited_round(free.order_by("due_at", "pk").values_list("pk", flat=True), settle)
