from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teyue.procedure.booking.queries import slots
from teyue.procedure.booking.queries.slots import Status
from teyue.procedure.booking.tests.roster import TUESDAY, at, change, estate, kept
from teyue.procedure.planning.models import Item
from teyue.register.calendar.models import CalendarDay
from teyue.register.company import edition

pytestmark = [pytest.mark.clause("4.2.4"), pytest.mark.django_db]

WEDNESDAY = date(2026, 11, 25)
FOUR_DAYS = [TUESDAY + timedelta(days=n) for n in range(4)]


def offered(place, days=(TUESDAY, WEDNESDAY), *, minutes=45, now="10:42"):
    return slots.offered(place.item, office=place.office.pk, days=days, minutes=minutes, at=at(now))


def column(grid, day):
    return {line.opens: line.cells[grid.days.index(day)] for line in grid.lines}


def test_the_day_is_cut_into_two_hour_windows():
    grid = offered(estate())

    windows = [f"{line.opens}–{line.closes}" for line in grid.lines]
    assert windows[0] == "08:00–10:00"
    assert windows[-1] == "18:00–20:00"
    assert len(windows) == 6


def test_each_window_says_what_it_is():
    place = estate()
    place.staff("王磊", "low_voltage")
    place.reserve(at("14:00"), at("16:00"))

    told = {opens: cell.status for opens, cell in column(offered(place), TUESDAY).items()}

    assert told == {
        "08:00": Status.PAST,
        "10:00": Status.FREE,
        "12:00": Status.QUIET,
        "14:00": Status.FULL,
        "16:00": Status.FREE,
        "18:00": Status.FREE,
    }


def test_a_free_window_counts_people_and_gives_the_earliest_reservation():
    place = estate()
    for name in ("王磊", "赵明"):
        place.staff(name, "low_voltage")

    cell = column(offered(place), TUESDAY)["10:00"]

    assert cell.people == 2
    assert (cell.starts, cell.ends) == (at("10:45"), at("11:45"))


def test_a_window_that_is_free_later_is_offered_from_then():
    place = estate()
    place.staff("王磊", "low_voltage")
    place.reserve(at("16:00"), at("16:20"))

    cell = column(offered(place), TUESDAY)["16:00"]

    assert cell.starts == at("16:30")


@pytest.mark.clause("4.4.3")
def test_quiet_hours_are_told_with_their_reason():
    cell = column(offered(estate()), TUESDAY)["12:00"]

    assert cell.reason == "午间静音 12:00–14:00"


def test_a_silent_service_is_offered_at_noon():
    place = estate(disturbance="D0")
    place.staff("王磊", "low_voltage")

    assert column(offered(place), TUESDAY)["12:00"].status == Status.FREE


def test_a_closed_day_offers_nothing():
    place = estate()
    place.staff("王磊", "low_voltage")
    kept(CalendarDay, office=place.office, date=WEDNESDAY, kind="workday", closed=True)

    told = {cell.status for cell in column(offered(place), WEDNESDAY).values()}

    assert told == {Status.CLOSED}


def test_a_certificate_that_runs_out_ends_the_offer():
    place = estate()
    change(place.staff("王磊", "low_voltage").certificates.get(), valid_to=TUESDAY)
    grid = offered(place)

    assert column(grid, TUESDAY)["16:00"].status == Status.FREE
    assert column(grid, WEDNESDAY)["16:00"].status == Status.FULL


def test_department_and_firms_are_counted_together():
    place = estate(provider_kind=Item.Provider.BOTH)
    place.staff("王磊", "low_voltage")
    place.worker(place.firm("安达"), "钱五", "low_voltage")

    assert column(offered(place), TUESDAY)["16:00"].people == 2


def test_a_job_too_long_for_the_evening_is_not_offered():
    place = estate(disturbance="D0")
    place.staff("王磊", "low_voltage")

    cell = column(offered(place, minutes=240), TUESDAY)["18:00"]

    assert (cell.status, cell.reason) == (Status.CLOSED, "超出服务时段")


@pytest.mark.parametrize("days", [FOUR_DAYS[:1], FOUR_DAYS])
def test_the_statements_do_not_grow_with_the_days(days):
    place = estate(provider_kind=Item.Provider.BOTH)
    place.staff("王磊", "low_voltage")
    place.worker(place.firm("安达"), "钱五", "low_voltage")
    edition.replace()
    offered(place, days)

    with edition.known(edition.current()), CaptureQueriesContext(connection) as asked:
        offered(place, days)

    assert len(asked) == 3
