"""What the year shows: months of days, and the quiet hours of each kind of day."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext as _

from teyue.foundation.clock import local_day
from teyue.register.calendar.days import DayKind
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.quiet import NATIONAL_NIGHT, WHOLE_DAY, Preset, QuietRule
from teyue.register.company.models import Office

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Square:
    """A day in the year view."""

    date: date
    kind: str
    name: str
    own: bool
    closed: bool
    past: bool
    today: bool

    @property
    def label(self) -> StrOrPromise:
        """Return what the day is in words."""
        return DayKind(self.kind).label if self.kind else ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month: weeks from Monday to Sunday, None for days of other months."""

    number: int
    weeks: tuple[tuple[Square | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an office, and how many days of each kind it has."""

    number: int
    months: tuple[Month, ...]
    seeded: bool
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """The quiet hours of one kind of day, in words and as shares of the day."""

    kind: StrOrPromise
    words: str
    bars: tuple[tuple[int, int], ...]


def year_of(office: Office, number: int, at: datetime) -> Year:
    """Return a year as it holds in an office; one statement."""
    rows = CalendarDay.objects.filter(Q(office=office) | Q(office=None), date__year=number)
    days = {row.date: row for row in rows.order_by(F("office").asc(nulls_first=True))}
    today = local_day(at)
    months = tuple(_month(number, month, days, today) for month in range(1, 13))
    counts = Counter(row.kind for row in days.values())
    counts["closed"] = sum(row.closed for row in days.values())
    return Year(number, months, bool(days), counts)


def hours_of(preset: Preset) -> list[Hours]:
    """Return when drilling is forbidden under a preset, on each kind of day (clause 4.4.3)."""
    rules = (*preset.rules, *NATIONAL_NIGHT)
    return [_hours(kind, [rule for rule in rules if rule.day_kind is kind]) for kind in DayKind]


def _month(year: int, month: int, days: Mapping[date, CalendarDay], today: date) -> Month:
    weeks = Weeks().monthdatescalendar(year, month)
    return Month(
        month,
        tuple(
            tuple(_square(on, days, today) if on.month == month else None for on in week)
            for week in weeks
        ),
    )


def _square(on: date, days: Mapping[date, CalendarDay], today: date) -> Square:
    row = days.get(on)
    return Square(
        date=on,
        kind=row.kind if row else "",
        name=row.name if row else "",
        own=bool(row and row.office_id),
        closed=bool(row and row.closed),
        past=on < today,
        today=on == today,
    )


def _hours(kind: DayKind, rules: Sequence[QuietRule]) -> Hours:
    stretches = _joined(sorted((rule.starts, rule.ends) for rule in rules))
    words = _("、").join(f"{_clock(first)}–{_clock(last)}" for first, last in stretches)
    bars = tuple(
        (first * 100 // WHOLE_DAY, (last - first) * 100 // WHOLE_DAY) for first, last in stretches
    )
    return Hours(kind.label, words, bars)


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in stretches:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
