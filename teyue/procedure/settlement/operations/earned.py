"""What a settlement earns, and how it is booked."""

from __future__ import annotations

from teyue.foundation.ledger import operations as ledger
from teyue.foundation.ledger.models import Account
from teyue.foundation.lifecycle import Turn
from teyue.foundation.money import NOTHING, Money, basis_points
from teyue.procedure.settlement.models import Settlement


def parts(slip: Settlement) -> list[tuple[Account, Money]]:
    """Return what is earned by a settlement, the tax apart."""
    tax = _tax(slip.actual, slip.order.line.vat_bp)
    parts = ((Account.REVENUE, slip.actual - tax), (Account.TAX, tax))
    return [(account, amount) for account, amount in parts if amount > NOTHING]


def move(slip: Settlement, amount: Money, turn: Turn, *, out_of: Account, into: Account) -> None:
    """Book one part of a settlement."""
    order = slip.order
    ledger.move(
        amount,
        out_of=out_of,
        into=into,
        by=slip,
        at=turn.at,
        case=order,
        party=order.household_id,
    )


def _tax(gross: Money, vat_bp: int) -> Money:
    rate = basis_points(vat_bp)
    return gross.times(rate / (1 + rate))
