"""The one place where the time is read: at the doors, then passed inwards as ``at``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

D = TypeVar("D", bound=date)

HOUSE = ZoneInfo("Asia/Shanghai")
# From the first property companies to beyond all plans. What is typed lies between, so that days
# may be counted on from it and its offset be turned.
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 12, 31)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the same instant on the wall clock of the house."""
    return at.astimezone(HOUSE)


def local_day(at: datetime) -> date:
    """Return the calendar day of an instant where the house stands."""
    return local(at).date()


def is_in_reach(when: date) -> bool:
    """Tell whether a day or an instant lies where the house counts days."""
    return FIRST_DAY <= date(when.year, when.month, when.day) <= LAST_DAY


def read_day(text: str) -> date:
    """Return the day that was written; :raises ValueError: for no day in reach."""
    return _reached(date.fromisoformat(text))


def read_moment(text: str) -> datetime:
    """Return the instant that was written, without an offset on the clock of the house.

    :raises ValueError: for no instant in reach.
    """
    moment = _reached(datetime.fromisoformat(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=HOUSE)


def _reached(when: D) -> D:
    if not is_in_reach(when):
        raise ValueError(when)
    return when
