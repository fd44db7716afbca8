from __future__ import annotations

from teyue.procedure.booking import api

router = api.router
