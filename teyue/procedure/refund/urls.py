from __future__ import annotations

from teyue.procedure.refund import api

router = api.router
