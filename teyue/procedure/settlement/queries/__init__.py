"""What the settlement can tell."""

from __future__ import annotations

from teyue.procedure.settlement.queries.accounts import (
    Account,
    Waiting,
    account,
    kept_order,
    queue,
    seen_by,
    waiting,
)
from teyue.procedure.settlement.queries.fees import Fee, fee
from teyue.procedure.settlement.queries.reversals import reversal_waits, reversals_waiting
from teyue.procedure.settlement.queries.vacated import ends_with_occupancy, left_behind

__all__ = [
    "Account",
    "Fee",
    "Waiting",
    "account",
    "ends_with_occupancy",
    "fee",
    "kept_order",
    "left_behind",
    "queue",
    "reversal_waits",
    "reversals_waiting",
    "seen_by",
    "waiting",
]
