"""The calendar of an office, remembered until the register changes."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from teyue.register.calendar.days import Calendar, Day, DayKind
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.quiet import DEFAULT_PRESET, PRESETS, Preset
from teyue.register.company import edition
from teyue.register.company.models import Office


@edition.remembered
def calendar_of(office: int) -> Calendar:
    """Return the calendar of an office: the official days, and its own days instead of them."""
    days = CalendarDay.objects.filter(Q(office=office) | Q(office=None))
    rows = days.order_by(F("office").asc(nulls_first=True)).values_list("date", "kind", "name")
    return Calendar(Day(on, DayKind(kind), name) for on, kind, name in rows)


@edition.remembered
def closed_days(office: int) -> frozenset[date]:
    """Return the days on which an office is closed although others work."""
    closed = CalendarDay.objects.filter(office=office, closed=True)
    return frozenset(closed.values_list("date", flat=True))


@edition.remembered
def preset_of(office: int) -> Preset:
    """Return the quiet hours that an office keeps (clause 4.4.3)."""
    code = Office.objects.values_list("preset", flat=True).get(pk=office)
    return PRESETS.get(code, DEFAULT_PRESET)
