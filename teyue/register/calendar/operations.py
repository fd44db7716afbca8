"""Keep the calendar: the official days, an office's own days, and its quiet hours."""

from __future__ import annotations

from datetime import date, datetime

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step
from teyue.register.calendar import steps
from teyue.register.calendar.days import Calendar, Day
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.official import official_days
from teyue.register.calendar.queries import calendar_of
from teyue.register.company import edition
from teyue.register.company.models import Company, Office


def seed(company: Company, *, year: int, actor: Actor, at: datetime) -> int:
    """Enter the official days of a year, and return how many were new or have changed.

    Seeding a year again brings announced days in place of provisional ones; an office's own days
    stay as they are.

    :raises Refused: ``calendar_unknown``.
    """
    with steps.SEED.take(company, actor=actor, at=at, asked=year) as turn:
        known = {
            row.date: row
            for row in CalendarDay.objects.locked().filter(office=None, date__year=year)
        }
        official = official_days(year)
        fresh = [_row(day, None) for day in official if day.date not in known]
        CalendarDay.objects.bulk_create(fresh)
        changed = [day for day in official if day.date in known and _differs(known[day.date], day)]
        for day in changed:
            row = known[day.date]
            row.kind, row.name = day.kind, day.name
            turn.keep(row)
        turn.note(year=year, new=len(fresh), changed=len(changed))
        edition.replace()
    return len(fresh) + len(changed)


def set_day(office: Office, *, day: Day, actor: Actor, at: datetime) -> CalendarDay:
    """Say what a day is in an office, against the official calendar.

    :raises Refused: ``day_past``.
    """
    with steps.SET_DAY.take(office, actor=actor, at=at, asked=day.date) as turn:
        row = _own(office, day.date) or _row(day, office)
        turn.note(date=day.date, old=row.kind, new=day.kind)
        row.kind, row.name = day.kind, day.name
        turn.keep(row)
        edition.replace()
    return row


def close_day(office: Office, *, on: date, name: str, actor: Actor, at: datetime) -> CalendarDay:
    """Close an office for a day; the day stays what it is for every period that is counted.

    :raises Refused: ``day_past``, ``calendar_missing``.
    """
    return _open_or_close(steps.CLOSE_DAY, office, on, name, actor, at)


def reopen_day(office: Office, *, on: date, actor: Actor, at: datetime) -> CalendarDay:
    """Take the closing of a day back.

    :raises Refused: ``day_past``, ``calendar_missing``.
    """
    return _open_or_close(steps.REOPEN_DAY, office, on, "", actor, at)


def choose_preset(office: Office, *, preset: str, actor: Actor, at: datetime) -> Office:
    """Let an office keep the quiet hours of its city (clause 4.4.3).

    :raises Refused: ``preset_unknown``.
    """
    with steps.CHOOSE_PRESET.take(office, actor=actor, at=at, asked=preset) as turn:
        turn.note(old=office.preset, new=preset)
        office.preset = preset
        edition.replace()
    return office


def _open_or_close(
    step: Step, office: Office, on: date, name: str, actor: Actor, at: datetime
) -> CalendarDay:
    official: Calendar = calendar_of(office.pk)
    with step.take(office, actor=actor, at=at, asked=on) as turn:
        row = _own(office, on) or _row(official.day(on), office)
        row.closed, row.name = step is steps.CLOSE_DAY, name or row.name
        turn.keep(row)
        turn.note(date=on)
        edition.replace()
    return row


def _own(office: Office, on: date) -> CalendarDay | None:
    return CalendarDay.objects.locked().filter(office=office, date=on).first()


def _row(day: Day, office: Office | None) -> CalendarDay:
    return CalendarDay(office=office, date=day.date, kind=day.kind, name=day.name)


def _differs(row: CalendarDay, day: Day) -> bool:
    return (row.kind, row.name) != (day.kind, day.name)
