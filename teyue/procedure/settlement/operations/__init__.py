"""What may be done in settlement. Nothing else writes here."""

from __future__ import annotations

from teyue.procedure.settlement.operations.closing import reverse, settle, settle_free
from teyue.procedure.settlement.operations.ending import (
    call_off,
    cancel,
    collect_fee,
    end,
    vacate,
    void,
)

__all__ = [
    "call_off",
    "cancel",
    "collect_fee",
    "end",
    "reverse",
    "settle",
    "settle_free",
    "vacate",
    "void",
]
