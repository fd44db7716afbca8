from __future__ import annotations

from ninja import Router

from teyue.procedure.dispatch.api import emergencies, visits

router = Router()
router.add_router("", visits.router)
router.add_router("", emergencies.router)
