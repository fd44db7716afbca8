"""What is asked of refunds, frozen when it comes through a door."""

from __future__ import annotations

from dataclasses import dataclass

from teyue.foundation.money import Money
from teyue.procedure.cashier.models import Receipt, Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How much is to be given back, and on which receipt if somebody holds it in the hand."""

    amount: Money
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """Money that is handed over: from which shift, against which paper (E-26, I-61).

    ``authorization`` is the number of the letter by which somebody collects for the payee;
    ``channel_ref`` the number under which the bank or channel knows the payment.
    """

    shift: Shift
    original_returned: bool = False
    loss_declared: bool = False
    authorization: str = ""
    channel_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The sum to which limits apply, looked up for a whole queue at once."""

    exposure: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """The shift that a cashier has open, looked up for a whole queue at once."""

    shift: Shift | None
