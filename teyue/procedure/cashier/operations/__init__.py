"""What may be done at the till. Nothing else writes here."""

from __future__ import annotations

from teyue.procedure.cashier.operations.receipts import (
    collect,
    liability_of,
    printed,
    purpose_of,
    receive,
    refuse_void,
    reprint,
    request_void,
    reverse,
    void,
)
from teyue.procedure.cashier.operations.tills import (
    close_shift,
    count,
    force_close,
    install_drawer,
    open_shift,
    till_of,
    verify,
)
from teyue.procedure.cashier.operations.transfers import (
    approve_transfer,
    reject_transfer,
    request_transfer,
    sought_transfer,
)

__all__ = [
    "approve_transfer",
    "close_shift",
    "collect",
    "count",
    "force_close",
    "install_drawer",
    "liability_of",
    "open_shift",
    "printed",
    "purpose_of",
    "receive",
    "refuse_void",
    "reject_transfer",
    "reprint",
    "request_transfer",
    "request_void",
    "reverse",
    "sought_transfer",
    "till_of",
    "verify",
    "void",
]
