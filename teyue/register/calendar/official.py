"""Seed the calendar table: the announced days of a year, or a provisional year by law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar
from django.utils.translation import gettext

from teyue.foundation.refusal import Refused
from teyue.register.calendar.days import Day, DayKind

PROVISIONAL = "（暂定）"
MAKE_UP = "调休上班"
SATURDAY = 5

# 全国年节及纪念日放假办法, as revised in 2024: the days that have a fixed date.
FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}

# Days that move with the moon or the sun: month and day of 正月初一, 清明, 端午, 中秋.
MOVING_HOLIDAYS = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
}


def official_days(year: int) -> tuple[Day, ...]:
    """Return every day of a year, in order, as seeds of the calendar table.

    Announced years carry the whole holiday break and the make-up workdays. A year that is not
    announced yet carries the days that the law fixes, named as provisional, and no make-up days.

    :raises Refused: ``calendar_unknown`` for a year that can be neither read nor computed.
    """
    try:
        return tuple(_announced(on) for on in _days_of(year))
    except NotImplementedError:
        holidays = _holidays_by_law(year)
        return tuple(_provisional(on, holidays) for on in _days_of(year))


def _days_of(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return tuple(first + timedelta(days=n) for n in range(length))


def _announced(on: date) -> Day:
    off, english = chinese_calendar.get_holiday_detail(on)
    name = str(chinese_calendar.Holiday(english).chinese) if english else ""
    if not off:
        return Day(on, DayKind.WORKDAY, name + MAKE_UP if name else "")
    return Day(on, DayKind.HOLIDAY if name else DayKind.RESTDAY, name)


def _holidays_by_law(year: int) -> Mapping[date, str]:
    if year not in MOVING_HOLIDAYS:
        text = gettext(
            "系统中没有 %(year)d 年的节假日资料，请您在“系统—日历”中逐日录入该年度日历。"
        )
        raise Refused("calendar_unknown", text % {"year": year})
    new_year, qingming, dragon, moon = (date(year, *day) for day in MOVING_HOLIDAYS[year])
    moving = {new_year + timedelta(days=n): "春节" for n in range(-1, 3)}
    moving |= {qingming: "清明", dragon: "端午", moon: "中秋"}
    fixed = {date(year, *day): name for day, name in FIXED_HOLIDAYS.items()}
    shared = {on: f"{fixed[on]}、{moving[on]}" for on in fixed.keys() & moving.keys()}
    return fixed | moving | shared


def _provisional(on: date, holidays: Mapping[date, str]) -> Day:
    if on in holidays:
        return Day(on, DayKind.HOLIDAY, holidays[on] + PROVISIONAL)
    kind = DayKind.RESTDAY if on.weekday() >= SATURDAY else DayKind.WORKDAY
    return Day(on, kind)
