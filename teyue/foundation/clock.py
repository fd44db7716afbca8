"""The one place where the time is read: at the doors, then passed inwards as ``at``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HOUSE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the same instant on the wall clock of the house."""
    return at.astimezone(HOUSE)


def local_day(at: datetime) -> date:
    """Return the calendar day of an instant where the house stands."""
    return local(at).date()
