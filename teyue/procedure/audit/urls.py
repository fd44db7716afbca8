from __future__ import annotations

from teyue.procedure.audit import api

router = api.router
