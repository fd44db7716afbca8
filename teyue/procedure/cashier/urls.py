from __future__ import annotations

from teyue.procedure.cashier import api

router = api.router
