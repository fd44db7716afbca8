"""What may be done in settlement. Nothing else writes here."""

from __future__ import annotations

from teyue.procedure.settlement.operations.closing import settle, settle_free
from teyue.procedure.settlement.operations.ending import (
    call_off,
    cancel,
    collect_fee,
    end,
    vacate,
    void,
)
from teyue.procedure.settlement.operations.reversing import (
    decline_reversal,
    request_reversal,
    reverse,
)

__all__ = [
    "call_off",
    "cancel",
    "collect_fee",
    "decline_reversal",
    "end",
    "request_reversal",
    "reverse",
    "settle",
    "settle_free",
    "vacate",
    "void",
]
