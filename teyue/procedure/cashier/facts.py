"""What is asked of the cashier, frozen when it comes through a door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Method, Receipt, Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that is handed over for an order.

    ``amount`` is what the receipt will say; ``tendered`` the cash on the counter, if more;
    ``channel_ref`` the number under which a channel knows the payment.
    """

    amount: Money
    method: Method
    tendered: Money | None = None
    channel_ref: str = ""
    purpose: Receipt.Purpose = Receipt.Purpose.PREPAYMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """A payment beside what was still due when the order was locked."""

    payment: Payment
    due: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferring:
    """To which order money belongs, and why it lay elsewhere; without a receipt all of it."""

    target: Order
    reason: Transfer.Reason
    receipt: Receipt | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How much of one receipt goes over to another order."""

    receipt: Receipt
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A blind count: how many of each denomination, by its worth in fen."""

    pieces: Mapping[int, int] = field(default_factory=dict)

    @property
    def total(self) -> Money:
        """Return what was counted."""
        return Money(sum(worth * number for worth, number in self.pieces.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What was counted when a drawer was taken over, what its last shift left there, why not that.

    ``left`` is None where nobody sat at the drawer before.
    """

    counted: Money
    left: Money | None
    reason: str = ""

    @property
    def variance(self) -> Money:
        """Return what is in the drawer beyond what was left there."""
        return Money(0) if self.left is None else self.counted - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a counted shift is closed: why it differs, what goes to the bank."""

    reason: str = ""
    banked: Money = Money(0)
    bank_slip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forcing:
    """How a shift is closed in the place of its cashier: counted with whom, and why (E-31)."""

    counted: Count
    witness: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """How many receipts of a shift took money in, replace others (E-25), or were taken back."""

    received: int = 0
    reissued: int = 0
    voided: int = 0
    reversed: int = 0

    @property
    def valid(self) -> int:
        """Return how many are in force."""
        return self.received + self.reissued

    @property
    def all(self) -> int:
        """Return how many serials were used."""
        return self.valid + self.voided + self.reversed
