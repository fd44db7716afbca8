from __future__ import annotations

from datetime import datetime

from teyue.foundation.clock import HOUSE


def at(text: str) -> datetime:
    """Read ``2026-10-09 12:30`` on the wall clock of the house."""
    return datetime.fromisoformat(text).replace(tzinfo=HOUSE)
