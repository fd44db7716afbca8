"""Quiet hours: the stretches of a day in which a service may not disturb the neighbors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from teyue.foundation.clock import HOUSE, local
from teyue.register.calendar.days import ONE_DAY, Calendar, DayKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WHOLE_DAY = 24 * 60


class Disturbance(TextChoices):
    """How much a service disturbs the neighbors (clause 4.4.3)."""

    D0 = "D0", _("D0 无声")
    D1 = "D1", _("D1 轻微")
    D2 = "D2", _("D2 机械、吸尘、用水声")
    D3 = "D3", _("D3 钻孔、敲击、切割")
    D4 = "D4", _("D4 气味、药剂")


class QuietReason(TextChoices):
    """Why a stretch is quiet."""

    NIGHT = "night", _("夜间静音")
    NOON = "noon", _("午间静音")
    RESTDAY = "restday", _("休息日静音")
    HOLIDAY = "holiday", _("法定节假日静音")


@dataclass(frozen=True, slots=True)
class QuietRule:
    """A closed stretch of one kind of day, in minutes from its midnight, end exclusive."""

    day_kind: DayKind
    starts: int
    ends: int
    reason: QuietReason


@dataclass(frozen=True, slots=True)
class Preset:
    """The quiet hours that a city sets for noisy work in finished dwellings."""

    code: str
    name: StrOrPromise
    rules: tuple[QuietRule, ...]
    basis: StrOrPromise


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, end exclusive; ``reason`` is empty when the stretch is open."""

    starts: datetime
    ends: datetime
    reason: QuietReason | None = None

    def __str__(self) -> str:
        reason = f"{self.reason.label} " if self.reason else ""
        return f"{reason}{self.starts:%H:%M}–{_closing(self)}"


def _closing(window: Window) -> str:
    nights = (window.ends.date() - window.starts.date()).days
    if window.ends.time() == time():
        return "24:00" if nights == 1 else f"{window.ends - ONE_DAY:%m-%d} 24:00"
    closing = f"{window.ends:%H:%M}"
    return closing if nights == 0 else _("次日%(time)s") % {"time": closing}


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _closed(
    kinds: Iterable[DayKind], starts: str, ends: str, reason: QuietReason
) -> tuple[QuietRule, ...]:
    """Return the rules of a daily stretch, cut at midnight where it runs over it."""
    first, last = _minute(starts), _minute(ends)
    pieces = [(first, last)] if first < last else [(0, last), (first, WHOLE_DAY)]
    return tuple(QuietRule(kind, a, b, reason) for kind in kinds for a, b in pieces)


_DAILY = tuple(DayKind)
_WORKDAYS = (DayKind.WORKDAY,)
_DAYS_OFF = (DayKind.RESTDAY, DayKind.HOLIDAY)
_HOLIDAYS = (DayKind.HOLIDAY,)
_NOON = _closed(_DAILY, "12:00", "14:00", QuietReason.NOON)
_BEIJING = (
    *_closed((DayKind.RESTDAY,), "00:00", "24:00", QuietReason.RESTDAY),
    *_closed(_HOLIDAYS, "00:00", "24:00", QuietReason.HOLIDAY),
    *_closed(_WORKDAYS, "12:00", "14:00", QuietReason.NOON),
    *_closed(_WORKDAYS, "18:00", "08:00", QuietReason.NIGHT),
)

# 噪声污染防治法 88: night holds everywhere, whatever the city says.
NATIONAL_NIGHT = _closed(_DAILY, "22:00", "06:00", QuietReason.NIGHT)

PRESETS: Mapping[str, Preset] = {
    preset.code: preset
    for preset in (
        Preset("NATIONAL_MIN", _("全国最低要求"), NATIONAL_NIGHT, _("噪声污染防治法 88")),
        Preset("SHANDONG", _("山东"), (*_NOON, *NATIONAL_NIGHT), _("山东省噪声规定")),
        Preset(
            "HANGZHOU",
            _("杭州"),
            (*_NOON, *_closed(_DAILY, "20:00", "08:00", QuietReason.NIGHT)),
            _("杭州市噪声规定 37"),
        ),
        Preset("BEIJING", _("北京"), _BEIJING, _("北京市噪声规定 35")),
        Preset("SHENZHEN", _("深圳"), _BEIJING, _("与北京同型（公开资料）")),
        Preset(
            "SHANGHAI",
            _("上海"),
            (
                *_closed(_HOLIDAYS, "00:00", "24:00", QuietReason.HOLIDAY),
                *_closed((DayKind.WORKDAY, DayKind.RESTDAY), "18:00", "08:00", QuietReason.NIGHT),
            ),
            _("公开资料"),
        ),
    )
}

DEFAULT_PRESET = PRESETS["BEIJING"]

_MACHINES = (
    *_closed(_WORKDAYS, "20:00", "08:00", QuietReason.NIGHT),
    *_closed(_DAYS_OFF, "20:00", "09:00", QuietReason.NIGHT),
    *_NOON,
)

# The classes that keep the same hours in every city; D3 keeps the hours of the city's preset.
CLASS_RULES: Mapping[Disturbance, tuple[QuietRule, ...]] = {
    Disturbance.D0: (),
    Disturbance.D1: _closed(_DAILY, "21:00", "08:00", QuietReason.NIGHT),
    Disturbance.D2: _MACHINES,
    Disturbance.D4: _MACHINES,
}

# Hours that the neighbors must be told before the work starts.
NEIGHBOR_NOTICE_H: Mapping[Disturbance, int] = {Disturbance.D4: 24}


def forbidden(
    preset: Preset, disturbance: Disturbance, start: datetime, end: datetime, calendar: Calendar
) -> tuple[Window, ...]:
    """Return the quiet windows that the stretch from start to end (exclusive) would break.

    Windows are cut to the days that the stretch touches; none means the work may take place.
    Clause 4.4.3; 噪声污染防治法 66, 88. An emergency override (form F-28) is the caller's to judge.

    :raises Refused: ``calendar_missing`` when a touched day is not in the calendar.
    """
    if start >= end:
        raise ValueError("the work ends before it starts")
    start, end = local(start), local(end)
    on, windows = start.date(), list[Window]()
    while datetime.combine(on, time(), HOUSE) < end:
        windows.extend(quiet_windows(preset, disturbance, on, calendar))
        on += ONE_DAY
    return tuple(w for w in _joined(windows) if w.starts < end and start < w.ends)


def quiet_windows(
    preset: Preset, disturbance: Disturbance, on: date, calendar: Calendar
) -> tuple[Window, ...]:
    """Return the quiet windows of one day, in order."""
    rules = _rules_of(preset, disturbance)
    kind = calendar.kind(on)
    todays = sorted((r for r in rules if r.day_kind is kind), key=lambda r: (r.starts, r.ends))
    return tuple(Window(_at(on, r.starts), _at(on, r.ends), r.reason) for r in todays)


def allowed_windows(
    preset: Preset, disturbance: Disturbance, on: date, calendar: Calendar
) -> tuple[Window, ...]:
    """Return the stretches of one day in which the work may take place, in order."""
    free_from, day_ends = _at(on, 0), _at(on, WHOLE_DAY)
    allowed: list[Window] = []
    for quiet in quiet_windows(preset, disturbance, on, calendar):
        if free_from < quiet.starts:
            allowed.append(Window(free_from, quiet.starts))
        free_from = max(free_from, quiet.ends)
    if free_from < day_ends:
        allowed.append(Window(free_from, day_ends))
    return tuple(allowed)


def _rules_of(preset: Preset, disturbance: Disturbance) -> tuple[QuietRule, ...]:
    if disturbance is Disturbance.D0:
        return ()
    rules = CLASS_RULES.get(disturbance, preset.rules)
    night = tuple(n for n in NATIONAL_NIGHT if not any(_covers(rule, n) for rule in rules))
    return rules + night


def _covers(rule: QuietRule, other: QuietRule) -> bool:
    same_day = rule.day_kind is other.day_kind
    return same_day and rule.starts <= other.starts and other.ends <= rule.ends


def _at(on: date, minute: int) -> datetime:
    return datetime.combine(on, time(), HOUSE) + timedelta(minutes=minute)


def _joined(windows: list[Window]) -> list[Window]:
    """Join the two halves of a night that midnight cut."""
    joined: list[Window] = []
    for window in windows:
        last = joined[-1] if joined else None
        if last and last.ends == window.starts and last.reason is window.reason:
            window = Window(joined.pop().starts, window.ends, window.reason)
        joined.append(window)
    return joined
