"""What the end of an occupancy brings about: its orders end, free of charge (E-22)."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.lifecycle import seek
from teyue.foundation.outbox.rounds import go_round
from teyue.procedure.booking.models import Order
from teyue.procedure.settlement import operations, queries
from teyue.register.estate.facts import HouseholdMovedOut
from teyue.register.people import queries as people


def cancel_orders(told: HouseholdMovedOut, at: datetime) -> int:
    """Cancel what was not begun, one sitting an order; what is in service is finished."""
    return _cancel(at, household=told.household)


def cancel_left_behind(at: datetime) -> int:
    """Cancel what was booked in the very moment in which a household moved out."""
    return _cancel(at)


def _cancel(at: datetime, **whose: int) -> int:
    def cancel(key: int) -> None:
        with sitting.opened():
            order = seek(Order.along_with(), pk=key)
            operations.vacate(order, actor=people.system(), at=at)

    return go_round(list(queries.left_behind(**whose).values_list("pk", flat=True)), cancel)
