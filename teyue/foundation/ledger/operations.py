"""The only writer of movements."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.lifecycle import Case, Document
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.sitting import current


class MovedNothing(ValueError):
    """A movement of zero or less: the caller meant something else."""


def move(  # noqa: PLR0913
    amount: Money,
    *,
    out_of: Account,
    into: Account,
    by: Document,
    at: datetime,
    case: Case | None = None,
    party: int | None = None,
    till: Document | int | None = None,
) -> None:
    """Move money from one account into another on the strength of a paper.

    ``till`` is the shift in whose drawer it happens, or its id.

    :raises MovedNothing: unless the amount is positive.
    """
    if amount <= NOTHING:
        raise MovedNothing(f"cannot move {amount} from {out_of} to {into}")
    room = current()
    if room is None:
        raise RuntimeError("money moves only while a step is taken")
    movement = Movement(
        at=at,
        scope=by.scope,
        source=out_of,
        target=into,
        amount=amount,
        document_kind=by.kind,
        case_kind=case.kind if case else "",
        party=party,
    )
    movement.document, movement.case = by, case
    movement.place, movement.till = (None, till) if isinstance(till, int) else (till, None)
    room.append(movement)
