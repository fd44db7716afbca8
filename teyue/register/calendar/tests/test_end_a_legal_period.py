from __future__ import annotations

from teyue.register.calendar.tests.moments import at


def test_a_week_ends_at_midnight_of_its_seventh_day(calendar):
    end = calendar.legal_end(at("2025-06-03 10:00"), 7)

    assert at("2025-06-10 23:59") < end
    assert end == at("2025-06-11 00:00")


def test_a_last_day_in_a_holiday_break_moves_behind_it(calendar):
    assert calendar.legal_end(at("2026-09-28 10:00"), 7) == at("2026-10-09 00:00")


def test_a_last_day_on_a_sunday_moves_to_monday(calendar):
    assert calendar.legal_end(at("2026-11-22 10:00"), 7) == at("2026-12-01 00:00")


def test_a_last_day_on_a_make_up_saturday_stays(calendar):
    assert calendar.legal_end(at("2026-10-03 10:00"), 7) == at("2026-10-11 00:00")


def test_days_off_inside_the_period_count(calendar):
    assert calendar.legal_end(at("2026-11-26 10:00"), 5) == at("2026-12-02 00:00")
