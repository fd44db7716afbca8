"""The endpoints of the till: its shifts, its receipts, money that is moved."""

from __future__ import annotations

from ninja import Router

from teyue.procedure.cashier.api import receipts, shifts, transfers

router = Router()
router.add_router("", shifts.router)
router.add_router("", receipts.router)
router.add_router("", transfers.router)
