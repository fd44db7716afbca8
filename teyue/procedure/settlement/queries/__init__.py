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

__all__ = [
    "Account",
    "Fee",
    "Waiting",
    "account",
    "fee",
    "kept_order",
    "queue",
    "seen_by",
    "waiting",
]
