from __future__ import annotations

from teyue.procedure.dispute import api

router = api.router
