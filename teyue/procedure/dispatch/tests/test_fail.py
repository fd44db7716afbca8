"""A visit that did not come about: nobody at home, nobody came, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import AFTERNOON, fresh, visit_of
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch import operations
from teyue.procedure.dispatch.facts import Absence
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import at_home, refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.5")]
TRIED = Absence(rings=2, calls=2, photo="file:7", note="邻居也不知道")
WAITED = AFTERNOON + timedelta(minutes=10)
OVERDUE = AFTERNOON + timedelta(hours=2, minutes=30)


@pytest.fixture
def arrived(dispatched, st):
    """王磊 stands at the door at two o'clock."""
    visit = visit_of(dispatched())
    operations.accept(visit, actor=st, at=AFTERNOON)
    operations.depart(visit, actor=st, at=AFTERNOON)
    return operations.arrive(visit, proof="门口", actor=st, at=AFTERNOON)


def test_nobody_at_home_after_ten_minutes(arrived, st):
    operations.report_absent(arrived, absence=TRIED, actor=st, at=WAITED)

    visit = visit_of(arrived.order)
    assert (visit.state, visit.failure) == (Visit.State.FAILED, Visit.Failure.HOUSEHOLD_ABSENT)
    assert fresh(arrived.order).standing == Standing.READY


@pytest.mark.parametrize(
    ("told", "minutes", "code"),
    [
        ({}, 9, "not_waited"),
        ({"calls": 1}, 10, "not_called"),
        ({"rings": 1}, 10, "not_called"),
        ({"photo": ""}, 10, "photo_missing"),
    ],
)
def test_a_visit_is_not_given_up_lightly(arrived, st, told, minutes, code):
    at = AFTERNOON + timedelta(minutes=minutes)

    with refused(code):
        operations.report_absent(arrived, absence=replace(TRIED, **told), actor=st, at=at)


def test_only_who_stands_at_the_door_gives_up(arrived, st2):
    with refused("not_performer"):
        operations.report_absent(arrived, absence=TRIED, actor=st2, at=WAITED)


def test_a_no_show_frees_the_household(dispatched, cs):
    order = dispatched()

    operations.report_no_show(visit_of(order), note="电话不通", actor=cs, at=OVERDUE)

    assert visit_of(order).failure == Visit.Failure.STAFF_NO_SHOW
    assert fresh(order).standing == Standing.READY


def test_nobody_is_late_before_the_grace_is_over(dispatched, cs):
    visit = visit_of(dispatched())

    with refused("not_overdue"):
        early = OVERDUE - timedelta(minutes=1)
        operations.report_no_show(visit, note="电话不通", actor=cs, at=early)


def test_a_no_show_at_home_is_for_a_colleague(dispatched, cs, household):
    visit = visit_of(dispatched())

    with refused("own_household"):
        lives_there = at_home(cs, household)
        operations.report_no_show(visit, note="电话不通", actor=lives_there, at=OVERDUE)


def test_a_job_is_taken_back_for_somebody_else(dispatched, ds):
    order = dispatched()

    operations.withdraw(visit_of(order), reason="改派李建军", actor=ds, at=AFTERNOON)

    assert (visit_of(order).state, fresh(order).standing) == ("scheduled", Standing.READY)


def test_a_job_is_not_taken_back_without_a_reason(dispatched, ds):
    visit = visit_of(dispatched())

    with refused("reason_missing"):
        operations.withdraw(visit, reason="", actor=ds, at=AFTERNOON)


def test_a_job_at_home_is_taken_back_by_a_colleague(dispatched, ds, household):
    visit = visit_of(dispatched())

    with refused("own_household"):
        operations.withdraw(visit, reason="改派", actor=at_home(ds, household), at=AFTERNOON)


def test_the_desk_takes_a_job_back_on_its_page(dispatched, signed_in):
    visit = visit_of(dispatched())
    page = f"/visits/{visit.number}/withdraw/"

    client = signed_in("ds")
    shown = client.get(page).content.decode()
    client.post(page, {"reason": "改派李建军", "row_version": visit.row_version})

    assert "收回派工" in shown
    assert visit_of(visit.order).state == Visit.State.SCHEDULED


def test_a_page_that_is_out_of_date_says_so(dispatched, signed_in):
    visit = visit_of(dispatched())

    answer = signed_in("ds").post(
        f"/visits/{visit.number}/withdraw/", {"reason": "改派", "row_version": 99}
    )

    assert answer.status_code == 409 and "刚刚被别人办理过" in answer.content.decode()
    assert visit_of(visit.order).state == Visit.State.ASSIGNED
