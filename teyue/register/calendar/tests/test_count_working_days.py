from __future__ import annotations

from datetime import UTC, date, time

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.calendar.days import Calendar, Day, DayKind
from teyue.register.calendar.tests.moments import at


def test_the_day_of_the_event_does_not_count(calendar):
    due = calendar.add_working_days(at("2026-11-23 09:00"), 1)

    assert due == at("2026-11-25 00:00")


def test_a_weekend_is_stepped_over(calendar):
    assert calendar.add_working_days(at("2026-11-27 18:00"), 2) == at("2026-12-02 00:00")


def test_a_make_up_saturday_counts(calendar):
    assert calendar.is_workday(date(2026, 10, 10))
    assert calendar.add_working_days(at("2026-10-09 10:00"), 1) == at("2026-10-11 00:00")


def test_a_whole_holiday_break_is_stepped_over(calendar):
    assert calendar.add_working_days(at("2026-09-30 10:00"), 1) == at("2026-10-09 00:00")


def test_no_days_end_with_the_day_of_the_event(calendar):
    assert calendar.add_working_days(at("2026-11-28 10:00"), 0) == at("2026-11-29 00:00")


def test_the_last_day_can_end_at_closing_time(calendar):
    due = calendar.add_working_days(at("2026-11-23 09:00"), 5, closes=time(17, 30))

    assert due == at("2026-11-30 17:30")


def test_the_day_is_that_of_the_house_not_of_utc(calendar):
    event = at("2026-11-24 07:00").astimezone(UTC)

    assert event.date() == date(2026, 11, 23)
    assert calendar.add_working_days(event, 1) == at("2026-11-26 00:00")


def test_a_missing_day_is_refused_by_name():
    calendar = Calendar([Day(date(2026, 12, 31), DayKind.WORKDAY)])

    with pytest.raises(Refused) as refusal:
        calendar.add_working_days(at("2026-12-31 10:00"), 1)

    assert refusal.value.code == "calendar_missing"
    assert "2027" in str(refusal.value)


def test_a_negative_count_is_an_error(calendar):
    with pytest.raises(ValueError, match="-1"):
        calendar.add_working_days(at("2026-11-23 09:00"), -1)
