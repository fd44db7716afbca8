"""What is asked of the settlement, frozen when it comes through a door."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How the difference changes hands; ``itemized`` says that the list was shown first (I-74).

    ``auditors`` and ``performers`` are who audited the records, and who did and wrote them, where
    somebody has read it.
    """

    itemized: bool
    method: Method = Method.CASH
    tendered: Money | None = None
    channel_ref: str = ""
    auditors: frozenset[int] = frozenset()
    performers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """Why an order is given up; ``special_material`` was bought for it alone, at cost."""

    reason: str
    special_material: Money = Money(0)


class Mistake(StrEnum):
    """Why an order should never have been registered (O21)."""

    WRONG_HOUSEHOLD = "wrong_household"
    DUPLICATE = "duplicate"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiding:
    """What was wrong with an order, and of which order it is a duplicate."""

    mistake: Mistake
    reason: str
    duplicate_of: Order | None = None
