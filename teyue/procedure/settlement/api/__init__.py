"""The endpoints of settlement."""

from __future__ import annotations

from ninja import Router

from teyue.procedure.settlement.api import closing, reversing

router = Router()
router.add_router("", closing.router)
router.add_router("", reversing.router)
