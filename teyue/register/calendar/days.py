"""Count working days, legal periods and service hours over a table of day facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teyue.foundation.clock import HOUSE, local, local_day
from teyue.foundation.refusal import Refused

ONE_DAY = timedelta(days=1)


class DayKind(TextChoices):
    """What a day is; a weekend day that is worked in exchange for another one is a workday."""

    WORKDAY = "workday", _("工作日")
    RESTDAY = "restday", _("休息日")
    HOLIDAY = "holiday", _("法定节假日")


EVERY_KIND = frozenset(DayKind)


@dataclass(frozen=True, slots=True)
class Day:
    """One fact of the calendar table; ``name`` is the Chinese name of the holiday, if any."""

    date: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """The daily stretch in which a minute clock runs, and the kinds of day it runs on."""

    opens: time = time(8)
    closes: time = time(20)
    on: frozenset[DayKind] = EVERY_KIND


SERVICE_HOURS = ServiceHours()


def midnight_after(day: date) -> datetime:
    """Return 24:00 of a day on the wall clock of the house, the first instant no longer in it."""
    return datetime.combine(day + ONE_DAY, time(), HOUSE)


class Calendar:
    """Answer questions of time from day facts; every due instant it returns is exclusive.

    :raises Refused: ``calendar_missing`` when a day that is needed has no fact.
    """

    def __init__(self, days: Iterable[Day]) -> None:
        self._days = {day.date: day for day in days}

    def day(self, on: date) -> Day:
        """Return the fact of one day."""
        try:
            return self._days[on]
        except KeyError:
            raise _calendar_missing(on) from None

    def kind(self, on: date) -> DayKind:
        """Return the kind of one day."""
        return self.day(on).kind

    def is_workday(self, on: date) -> bool:
        """Tell whether the office works on that day, make-up workdays included."""
        return self.kind(on) is DayKind.WORKDAY

    def workday_from(self, on: date) -> date:
        """Return that day if it is worked, else the next one that is."""
        while not self.is_workday(on):
            on += ONE_DAY
        return on

    def workday_after(self, on: date, n: int) -> date:
        """Return the n-th working day after a day; for n = 0 the day itself, worked or not."""
        _check_count(n)
        for _nth in range(n):
            on = self.workday_from(on + ONE_DAY)
        return on

    def add_working_days(self, at: datetime, n: int, *, closes: time | None = None) -> datetime:
        """Return the due instant n working days after the day of ``at``.

        The day of the event does not count; the last day ends at 24:00, or at ``closes``.
        """
        last = self.workday_after(local_day(at), n)
        return midnight_after(last) if closes is None else datetime.combine(last, closes, HOUSE)

    def legal_end(self, event: datetime, days: int) -> datetime:
        """Return the end of a legal period of calendar days.

        The period starts on the day after the event and ends at 24:00 of its last day (民法典 201);
        a last day off moves to the next working day (203). Rest days count as days off, and the
        office's closing time does not end the day: both favor the household.
        """
        _check_count(days)
        return midnight_after(self.workday_from(local_day(event) + timedelta(days=days)))

    def working_hours_after(
        self, at: datetime, minutes: int, *, hours: ServiceHours = SERVICE_HOURS
    ) -> datetime:
        """Return the instant at which a clock that runs only in ``hours`` has run ``minutes``."""
        _check_count(minutes)
        left = timedelta(minutes=minutes)
        opens, closes = self._open_stretch(local(at), hours)
        while left > closes - opens:
            left -= closes - opens
            opens, closes = self._open_stretch(closes, hours)
        return opens + left

    def _open_stretch(self, at: datetime, hours: ServiceHours) -> tuple[datetime, datetime]:
        on = at.date()
        if self.kind(on) not in hours.on or at.time() >= hours.closes:
            on = self._next_open(on + ONE_DAY, hours)
        opens = datetime.combine(on, hours.opens, HOUSE)
        return max(at, opens), datetime.combine(on, hours.closes, HOUSE)

    def _next_open(self, on: date, hours: ServiceHours) -> date:
        while self.kind(on) not in hours.on:
            on += ONE_DAY
        return on


def _check_count(n: int) -> None:
    if n < 0:
        raise ValueError(f"a period cannot have {n} units")


def _calendar_missing(on: date) -> Refused:
    text = gettext(
        "工作日历缺少 %(day)s，无法推算期限。请您在“系统—日历”中补录 %(year)d 年后再试。"
    )
    return Refused("calendar_missing", text % {"day": on.isoformat(), "year": on.year})
