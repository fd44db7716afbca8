from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teyue.foundation.refusal import Refused
from teyue.register.calendar.days import Calendar
from teyue.register.calendar.official import official_days
from teyue.register.calendar.quiet import (
    DEFAULT_PRESET,
    PRESETS,
    Disturbance,
    allowed_windows,
    forbidden,
)
from teyue.register.calendar.tests.moments import at

pytestmark = pytest.mark.clause("4.4.3")

TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)
MAKE_UP_SATURDAY, HOLIDAY = date(2026, 10, 10), date(2026, 10, 1)


def breaks(calendar, preset, disturbance, on, clock):
    start, end = (at(f"{on} {side}") for side in clock.split("-"))
    return [str(w) for w in forbidden(PRESETS[preset], disturbance, start, end, calendar)]


def hours(calendar, preset, disturbance, on):
    return [str(w) for w in allowed_windows(PRESETS[preset], disturbance, on, calendar)]


def test_drilling_into_noon_is_refused_in_hangzhou(calendar):
    found = breaks(calendar, "HANGZHOU", Disturbance.D3, TUESDAY, "11:30-12:30")

    assert found == ["午间静音 12:00–14:00"]


def test_drilling_after_noon_is_allowed_in_hangzhou(calendar):
    assert not breaks(calendar, "HANGZHOU", Disturbance.D3, TUESDAY, "14:00-15:00")


@pytest.mark.parametrize("clock", ["00:00-01:00", "09:00-10:00"])
def test_drilling_on_saturday_is_refused_all_day_in_beijing(calendar, clock):
    found = breaks(calendar, "BEIJING", Disturbance.D3, SATURDAY, clock)

    assert found == ["休息日静音 00:00–24:00"]
    assert hours(calendar, "BEIJING", Disturbance.D3, SATURDAY) == []


def test_a_make_up_saturday_is_a_workday_in_beijing(calendar):
    allowed = hours(calendar, "BEIJING", Disturbance.D3, MAKE_UP_SATURDAY)

    assert allowed == ["08:00–12:00", "14:00–18:00"]
    assert not breaks(calendar, "BEIJING", Disturbance.D3, MAKE_UP_SATURDAY, "08:00-12:00")


@pytest.mark.parametrize(
    ("preset", "on", "allowed"),
    [
        ("NATIONAL_MIN", HOLIDAY, ["06:00–22:00"]),
        ("SHANDONG", SATURDAY, ["06:00–12:00", "14:00–22:00"]),
        ("HANGZHOU", HOLIDAY, ["08:00–12:00", "14:00–20:00"]),
        ("SHENZHEN", TUESDAY, ["08:00–12:00", "14:00–18:00"]),
        ("SHENZHEN", HOLIDAY, []),
        ("SHANGHAI", SATURDAY, ["08:00–18:00"]),
        ("SHANGHAI", HOLIDAY, []),
    ],
)
def test_drilling_keeps_the_hours_of_the_city(calendar, preset, on, allowed):
    assert hours(calendar, preset, Disturbance.D3, on) == allowed


@pytest.mark.parametrize(
    ("disturbance", "on", "allowed"),
    [
        (Disturbance.D0, SATURDAY, ["00:00–24:00"]),
        (Disturbance.D1, SATURDAY, ["08:00–21:00"]),
        (Disturbance.D2, TUESDAY, ["08:00–12:00", "14:00–20:00"]),
        (Disturbance.D2, SATURDAY, ["09:00–12:00", "14:00–20:00"]),
        (Disturbance.D4, HOLIDAY, ["09:00–12:00", "14:00–20:00"]),
        (Disturbance.D4, MAKE_UP_SATURDAY, ["08:00–12:00", "14:00–20:00"]),
    ],
)
def test_the_other_classes_keep_their_own_hours(calendar, disturbance, on, allowed):
    assert hours(calendar, DEFAULT_PRESET.code, disturbance, on) == allowed


def test_a_night_that_the_work_crosses_is_told_once(calendar):
    stretch = at("2026-11-24 21:30"), at("2026-11-25 09:00")

    found = forbidden(PRESETS["NATIONAL_MIN"], Disturbance.D3, *stretch, calendar)

    assert [str(window) for window in found] == ["夜间静音 22:00–次日06:00"]


def test_silent_work_crosses_a_night_freely(calendar):
    stretch = at("2026-11-24 21:30"), at("2026-11-25 09:00")

    assert forbidden(DEFAULT_PRESET, Disturbance.D0, *stretch, calendar) == ()


def test_every_broken_window_is_told(calendar):
    found = breaks(calendar, "BEIJING", Disturbance.D3, FRIDAY, "07:30-19:00")

    assert found == ["夜间静音 00:00–08:00", "午间静音 12:00–14:00", "夜间静音 18:00–24:00"]


def test_work_that_ends_at_midnight_does_not_need_the_next_day():
    calendar = Calendar(official_days(2026))
    stretch = at("2026-12-31 23:00"), at("2027-01-01 00:00")

    assert forbidden(PRESETS["SHANGHAI"], Disturbance.D1, *stretch, calendar)


def test_a_day_outside_the_calendar_is_refused():
    stretch = at("2027-01-04 09:00"), at("2027-01-04 10:00")

    with pytest.raises(Refused) as refusal:
        forbidden(DEFAULT_PRESET, Disturbance.D1, *stretch, Calendar(official_days(2026)))

    assert refusal.value.code == "calendar_missing"


def test_work_that_ends_before_it_starts_is_an_error(calendar):
    with pytest.raises(ValueError, match="ends before"):
        breaks(calendar, "BEIJING", Disturbance.D1, TUESDAY, "10:00-10:00")


@given(
    preset=st.sampled_from(sorted(PRESETS)),
    disturbance=st.sampled_from([kind for kind in Disturbance if kind != Disturbance.D0]),
    on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_an_allowed_window_breaks_nothing_and_never_reaches_the_night(preset, disturbance, on):
    calendar = Calendar(official_days(on.year))

    for window in allowed_windows(PRESETS[preset], disturbance, on, calendar):
        stretch: tuple[datetime, datetime] = window.starts, window.ends
        assert not forbidden(PRESETS[preset], disturbance, *stretch, calendar)
        assert at(f"{on} 06:00") <= window.starts < window.ends <= at(f"{on} 22:00")
