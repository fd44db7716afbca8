"""What the settlement can tell."""

from __future__ import annotations

from teyue.procedure.settlement.queries.accounts import (
    Account,
    account,
    kept_order,
    seen_by,
    waiting,
)
from teyue.procedure.settlement.queries.fees import Fee, fee

__all__ = ["Account", "Fee", "account", "fee", "kept_order", "seen_by", "waiting"]
