from __future__ import annotations

from tests.over_http import house

__all__ = ["house"]
