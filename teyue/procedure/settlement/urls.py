from __future__ import annotations

from teyue.procedure.settlement import api

router = api.router
