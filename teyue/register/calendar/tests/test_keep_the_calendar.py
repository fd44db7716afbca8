"""The calendar of an office"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.register.calendar import operations
from teyue.register.calendar.days import Day, DayKind
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.queries import calendar_of, closed_days, preset_of
from teyue.register.company import operations as companies
from teyue.register.company.models import Company, Office

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.4.3")]
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)
POWERS = (
    "company.found", "company.open_office", "calendar.seed", "calendar.set_day",
    "calendar.close_day", "calendar.reopen_day", "calendar.choose_preset",
)  # fmt: skip
MANAGER = Actor(id=7, login="om", grants=frozenset((power, 0) for power in POWERS))


@pytest.fixture
def office():
    company = companies.found(
        name="特约", kind=Company.Kind.REAL, legal_person="钱", actor=MANAGER, at=AT
    )
    operations.seed(company, year=2026, actor=MANAGER, at=AT)
    return companies.open_office(company, code="YXY1", name="云栖苑", actor=MANAGER, at=AT)


def test_knows_the_official_days(office):
    assert calendar_of(office.pk).kind(date(2026, 10, 1)) is DayKind.HOLIDAY


def test_is_seeded_for_a_year_that_is_not_announced(office):
    operations.seed(office.company, year=2027, actor=MANAGER, at=AT)

    assert calendar_of(office.pk).kind(date(2027, 2, 6)) is DayKind.HOLIDAY


def test_is_not_doubled_by_a_second_seeding(office):
    changed = operations.seed(office.company, year=2026, actor=MANAGER, at=AT)

    assert changed == 0
    assert CalendarDay.objects.count() == 365


def test_puts_an_own_day_before_the_official_one(office):
    day = Day(FRIDAY, DayKind.RESTDAY, "小区活动日")

    operations.set_day(office, day=day, actor=MANAGER, at=AT)

    assert calendar_of(office.pk).day(FRIDAY) == day


def test_does_not_move_deadlines_for_a_day_on_which_the_office_is_closed(office):
    operations.close_day(office, on=FRIDAY, name="盘点", actor=MANAGER, at=AT)

    assert closed_days(office.pk) == {FRIDAY}
    assert calendar_of(office.pk).is_workday(FRIDAY)


def test_does_not_change_a_day_that_is_past(office):
    with pytest.raises(Refused) as refused:
        operations.close_day(office, on=date(2026, 11, 1), name="", actor=MANAGER, at=AT)

    assert refused.value.code == "day_past"
    assert not closed_days(office.pk)


def test_keeps_the_quiet_hours_of_the_city(office):
    operations.choose_preset(office, preset="SHANGHAI", actor=MANAGER, at=AT)

    assert preset_of(office.pk).code == "SHANGHAI"
    assert Office.objects.get().preset == "SHANGHAI"


def test_knows_only_the_quiet_hours_that_are_offered(office):
    before = office.preset

    with pytest.raises(Refused) as refused:
        operations.choose_preset(office, preset="nowhere", actor=MANAGER, at=AT)

    assert (refused.value.code, refused.value.field) == ("preset_unknown", "preset")
    assert Office.objects.get(pk=office.pk).preset == before
