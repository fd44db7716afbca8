from __future__ import annotations

from datetime import date

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.calendar.days import Day, DayKind
from teyue.register.calendar.official import MOVING_HOLIDAYS, official_days


def facts(year):
    return {day.date: day for day in official_days(year)}


@pytest.mark.parametrize(("year", "length"), [(2026, 365), (2027, 365), (2028, 366)])
def test_every_day_of_the_year_has_one_fact(year, length):
    assert len(facts(year)) == len(official_days(year)) == length


def test_an_announced_year_has_its_breaks_and_make_up_days():
    year = facts(2026)

    assert year[date(2026, 10, 6)] == Day(date(2026, 10, 6), DayKind.HOLIDAY, "国庆节")
    assert year[date(2026, 10, 10)].kind is DayKind.WORKDAY
    assert year[date(2026, 10, 10)].name == "国庆节调休上班"
    assert year[date(2026, 11, 28)] == Day(date(2026, 11, 28), DayKind.RESTDAY)


@pytest.mark.parametrize("year", sorted(MOVING_HOLIDAYS))
def test_a_year_not_announced_has_the_thirteen_days_of_the_law(year):
    holidays = [day for day in official_days(year) if day.kind is DayKind.HOLIDAY]

    shared = year == 2028
    assert len(holidays) == 13 - shared
    assert all(day.name.endswith("（暂定）") for day in holidays)


def test_a_provisional_new_year_begins_on_its_eve():
    year = facts(2027)

    spring = [on for on, day in year.items() if day.name.startswith("春节")]
    assert spring == [date(2027, 2, day) for day in (5, 6, 7, 8)]
    assert year[date(2027, 2, 9)].kind is DayKind.WORKDAY


def test_two_holidays_on_one_day_share_its_name():
    assert facts(2028)[date(2028, 10, 3)].name == "国庆节、中秋（暂定）"


def test_a_year_beyond_the_tables_is_refused():
    with pytest.raises(Refused) as refusal:
        official_days(2031)

    assert refusal.value.code == "calendar_unknown"
