from __future__ import annotations

from datetime import time

import pytest

from teyue.register.calendar.days import DayKind, ServiceHours
from teyue.register.calendar.tests.moments import at

TILL = ServiceHours(time(9), time(17), frozenset({DayKind.WORKDAY}))


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23 10:00", 15, "2026-11-23 10:15"),
        ("2026-11-23 19:50", 15, "2026-11-24 08:05"),
        ("2026-11-23 19:45", 15, "2026-11-23 20:00"),
        ("2026-11-23 20:00", 5, "2026-11-24 08:05"),
        ("2026-11-23 03:00", 5, "2026-11-23 08:05"),
        ("2026-11-23 19:00", 24 * 60, "2026-11-25 19:00"),
        ("2026-11-27 19:50", 15, "2026-11-28 08:05"),
        ("2026-11-23 06:00", 0, "2026-11-23 08:00"),
    ],
)
def test_it_stands_still_outside_service_hours(calendar, start, minutes, due):
    assert calendar.working_hours_after(at(start), minutes) == at(due)


def test_it_can_stand_still_on_days_off(calendar):
    due = calendar.working_hours_after(at("2026-11-27 16:30"), 60, hours=TILL)

    assert due == at("2026-11-30 09:30")
