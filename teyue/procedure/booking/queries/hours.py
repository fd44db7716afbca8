"""When an item may be served by the clock: service hours, closed days, the till, quiet hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.clock import HOUSE, local, local_day
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order
from teyue.procedure.planning.models import Item
from teyue.register.calendar import quiet
from teyue.register.calendar.days import Calendar, ServiceHours
from teyue.register.calendar.queries import calendar_of, closed_days, preset_of
from teyue.register.calendar.quiet import Disturbance, Preset, Window
from teyue.register.parameters.queries import value

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ONE_DAY = timedelta(days=1)
SEARCHED_DAYS = 14

SLOT_PAST, OFFICE_CLOSED, OUT_OF_HOURS = "slot_past", "office_closed", "out_of_hours"
SLOT_TOO_EARLY, QUIET = "slot_too_early", "quiet_hours"
NEIGHBORS_UNTOLD = "neighbor_notice_short"

NO_BOOKING = gettext_lazy("不能约 %(time)s。%(quiet)s 静音，%(item)s不能施工。可约 %(next)s。")
NO_SENDING = gettext_lazy("不能派到 %(time)s。%(quiet)s 静音，%(item)s不能施工。可派 %(next)s。")
SENTENCES: dict[str, StrOrPromise] = {
    SLOT_PAST: gettext_lazy("不能约 %(time)s，这个时间已过。请您改约稍后的时段。"),
    OFFICE_CLOSED: gettext_lazy("不能约 %(time)s，本处当天停业。请您改约其他日期。"),
    OUT_OF_HOURS: gettext_lazy(
        "不能约 %(time)s。服务时段为 %(opens)s–%(closes)s，这时开始做不完。请您改约其他时段。"
    ),
    SLOT_TOO_EARLY: gettext_lazy(
        "不能约 %(time)s，之前收银台开门不足 %(minutes)d 分钟，来不及预交。"
        "请您改约 %(payable)s 以后的时段。"
    ),
    NEIGHBORS_UNTOLD: gettext_lazy(
        "不能约 %(time)s，“%(item)s”须提前 %(hours)d 小时告知邻里。请您改约 %(told)s 以后的时段。"
    ),
}
REASONS: dict[str, StrOrPromise] = {
    SLOT_PAST: gettext_lazy("已过"),
    OFFICE_CLOSED: gettext_lazy("停业"),
    OUT_OF_HOURS: gettext_lazy("超出服务时段"),
    SLOT_TOO_EARLY: gettext_lazy("来不及预交"),
    NEIGHBORS_UNTOLD: gettext_lazy("须先告知邻里"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands against a time, in a code; for quiet hours with the window that is broken."""

    code: str
    window: Window | None = None

    @property
    def reason(self) -> str:
        """Return the reason in a few words."""
        return str(self.window or REASONS[self.code])


@dataclass(frozen=True, slots=True)
class Clock:
    """What an office's clock and calendar say at an instant.

    ``till`` is how long the till must have been open before a slot, ``notice`` how long before it
    the neighbors are told.
    """

    at: datetime
    calendar: Calendar
    preset: Preset
    hours: ServiceHours
    till: timedelta
    notice: timedelta
    closed: frozenset[date]

    def bar(
        self, item: Item, starts: datetime, ends: datetime, checks: Sequence[Check]
    ) -> Bar | None:
        """Return the first thing that stands against serving an item from starts to ends."""
        return next(filter(None, (check(self, item, starts, ends) for check in checks)), None)

    def opening(self, day: date) -> tuple[datetime, datetime]:
        """Return when service begins and ends on a day."""
        opens = datetime.combine(day, self.hours.opens, HOUSE)
        return opens, datetime.combine(day, self.hours.closes, HOUSE)

    def payable_from(self) -> datetime:
        """Return the first instant of a slot that can be paid for: now, while the till stays open.

        Else when the till, which keeps the service hours, has been open long enough (order.lapse).
        """
        left, day = self.till, local_day(self.at)
        while True:
            opens, closes = self.opening(day)
            begins = max(self.at, opens)
            if day not in self.closed and begins < closes:
                if begins + left <= closes:
                    return self.at if begins == self.at else begins + left
                left -= closes - begins
            day += ONE_DAY

    def next_quiet_free(self, item: Item, starts: datetime, ends: datetime) -> datetime | None:
        """Return when as long a job could next keep the quiet hours, within two weeks."""
        return next(self._quiet_starts(item, starts, ends - starts), None)

    def _quiet_starts(self, item: Item, since: datetime, length: timedelta) -> Iterator[datetime]:
        loud = Disturbance(item.disturbance)
        days = (local_day(since) + n * ONE_DAY for n in range(SEARCHED_DAYS))
        for day in (day for day in days if day not in self.closed):
            opens, closes = self.opening(day)
            for window in quiet.allowed_windows(self.preset, loud, day, self.calendar):
                begins = max(window.starts, opens, since)
                if begins + length <= min(window.ends, closes):
                    yield begins


Check = Callable[[Clock, Item, datetime, datetime], Bar | None]


def past(clock: Clock, item: Item, starts: datetime, ends: datetime) -> Bar | None:
    """What has begun can no longer be booked; the minute under way still can."""
    return Bar(SLOT_PAST) if starts < clock.at.replace(second=0, microsecond=0) else None


def closed(clock: Clock, item: Item, starts: datetime, ends: datetime) -> Bar | None:
    """A closed day has no slots, and a job is done within the service hours."""
    if local_day(starts) in clock.closed:
        return Bar(OFFICE_CLOSED)
    opens, closes = clock.opening(local_day(starts))
    return None if opens <= starts and ends <= closes else Bar(OUT_OF_HOURS)


def unpayable(clock: Clock, item: Item, starts: datetime, ends: datetime) -> Bar | None:
    """A slot before the till opens cannot be paid in time (order.lapse)."""
    return Bar(SLOT_TOO_EARLY) if starts < clock.payable_from() else None


def neighbors_untold(clock: Clock, item: Item, starts: datetime, ends: datetime) -> Bar | None:
    """Neighbors are told a day before smells and chemicals (D4)."""
    told = item.needs_neighbor_notice or item.disturbance == Disturbance.D4
    return Bar(NEIGHBORS_UNTOLD) if told and starts < clock.at + clock.notice else None


def noisy(clock: Clock, item: Item, starts: datetime, ends: datetime) -> Bar | None:
    """I-43: no work in the quiet hours."""
    broken = quiet.forbidden(
        clock.preset, Disturbance(item.disturbance), starts, ends, clock.calendar
    )
    return Bar(QUIET, broken[0]) if broken else None


COVERED: tuple[Check, ...] = (past, closed, neighbors_untold, noisy)
PREPAID: tuple[Check, ...] = (past, closed, unpayable, neighbors_untold, noisy)
EMERGENCY: tuple[Check, ...] = (past, neighbors_untold)


def checks(coverage: Order.Coverage) -> tuple[Check, ...]:
    """Return what is asked of a time, by whether the order must be prepaid."""
    return COVERED if coverage == Order.Coverage.FULL else PREPAID


def clock_of(office: int, *, at: datetime) -> Clock:
    """Return the clock of an office; all that it reads is remembered with the edition."""
    opens, closes = (value(f"service.{side}", office=office, at=at) for side in ("opens", "closes"))
    till = timedelta(minutes=value("order.lapse.till_min", office=office, at=at))
    notice = timedelta(hours=value("quiet.neighbor_notice_h", office=office, at=at))
    return Clock(
        at,
        calendar_of(office),
        preset_of(office),
        ServiceHours(_time(opens), _time(closes)),
        till,
        notice,
        closed_days(office),
    )


def refusal(bar: Bar, clock: Clock, item: Item, *, starts: datetime, ends: datetime) -> Refused:
    """Say in a sentence why a time cannot be booked and what to do next."""
    if bar.window:
        return too_loud(bar.window, clock, item, starts=starts, ends=ends, sentence=NO_BOOKING)
    opens, closes = clock.opening(local_day(starts))
    facts = {
        "time": _shown(starts, clock.at),
        "item": item.name,
        "opens": f"{opens:%H:%M}",
        "closes": f"{closes:%H:%M}",
        "minutes": clock.till // timedelta(minutes=1),
        "payable": _shown(clock.payable_from(), clock.at),
        "hours": clock.notice // timedelta(hours=1),
        "told": _shown(clock.at + clock.notice, clock.at),
    }
    code = OFFICE_CLOSED if bar.code == OUT_OF_HOURS else bar.code
    return Refused(code, str(SENTENCES[bar.code]) % facts, field="wish_from")


def too_loud(
    window: Window,
    clock: Clock,
    item: Item,
    *,
    starts: datetime,
    ends: datetime,
    sentence: StrOrPromise,
) -> Refused:
    """Say which quiet hours a time breaks and when the work could be done instead (4.4.3)."""
    instead = clock.next_quiet_free(item, starts, ends)
    facts = {
        "time": _shown(starts, clock.at),
        "quiet": replace(window, reason=None),
        "item": item.name,
        "next": _shown(instead, clock.at) if instead else _("其他日期"),
    }
    return Refused(QUIET, str(sentence) % facts, clause="4.4.3", field="wish_from")


def _shown(instant: datetime, at: datetime) -> str:
    same_day = local_day(instant) == local_day(at)
    return f"{local(instant):%H:%M}" if same_day else f"{local(instant):%m-%d %H:%M}"


def _time(minute: int) -> time:
    hour, left = divmod(minute, 60)
    return time(hour, left) if hour < 24 else time.max
