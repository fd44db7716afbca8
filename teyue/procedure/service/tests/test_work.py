"""The work in the home: begun with the badge, broken off, gone on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import (
    AFTERNOON,
    CONFIRMED_AT,
    RECORDED_AT,
    STARTED_AT,
    fresh,
    record_of,
    visit_of,
)
from teyue.desks.demo import course
from teyue.foundation import pen
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Assignment
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import at_home, refused
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Broken, Cause, Report
from teyue.procedure.service.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
TOMORROW = AFTERNOON + timedelta(days=1)


@pytest.fixture
def arrived(dispatched, st):
    visit = visit_of(dispatched())
    dispatch.accept(visit, actor=st, at=STARTED_AT)
    dispatch.depart(visit, actor=st, at=STARTED_AT)
    return dispatch.arrive(visit, proof="门口", actor=st, at=STARTED_AT)


@pytest.fixture
def again(technician):
    """Whom to send tomorrow."""
    return Assignment(staff=technician, appoint_from=TOMORROW, appoint_to=TOMORROW)


def part_of(order: Order, done_x100: int, cause: Cause = Cause.COMPANY) -> Broken:
    points = {str(point["no"]): True for point in order.standard.steps}
    report = Report(
        work_done="做了一部分",
        minutes=30,
        qty_x100=max(done_x100, 1),
        checklist=points,
        photos=(1,),
    )
    return Broken(cause=cause, done_x100=done_x100, report=report)


def test_work_begins_with_the_badge(arrived, st):
    operations.start(arrived, identity_shown=True, actor=st, at=STARTED_AT)

    assert (arrived.state, arrived.started_at) == (Visit.State.WORKING, STARTED_AT)
    assert fresh(arrived.order).standing == Standing.IN_SERVICE


def test_without_the_badge_nothing_begins(arrived, st):
    with refused("identity_hidden"):
        operations.start(arrived, identity_shown=False, actor=st, at=STARTED_AT)


def test_somebody_else_does_not_begin(arrived, st2):
    with refused("not_performer"):
        operations.start(arrived, identity_shown=True, actor=st2, at=STARTED_AT)


def test_what_is_not_paid_is_not_begun(arrived, st):
    with pen.held(Order):
        Order.objects.update(required=Money(99_900))

    with refused("not_paid"):
        operations.start(arrived, identity_shown=True, actor=st, at=STARTED_AT)


def test_a_service_that_is_broken_off_is_recorded(started, ds):
    order = started(qty_x100=200)

    operations.terminate(visit_of(order), broken=part_of(order, 100), actor=ds, at=RECORDED_AT)

    record = record_of(order)
    assert (record.partial_cause, record.amount) == ("company", Money(3000))
    assert fresh(order).standing == Standing.TO_CONFIRM


@pytest.mark.parametrize(
    ("cause", "amount"),
    [
        (Cause.COMPANY, 9000),
        (Cause.HOUSEHOLD, 10_000),
    ],
)
def test_w_45_a_quarter_of_a_package_costs_what_the_cause_says(
    started, ds, cause, amount, register
):
    order = started(qty_x100=400)
    with pen.held(Order):
        Order.objects.update(agreed=Money(36_000), required=Money(3000))
    with pen.held(type(order.line)):
        type(order.line).objects.filter(pk=order.line_id).update(unit_price=Money(10_000))

    order = fresh(order)
    broken = part_of(order, 100, cause)
    operations.terminate(visit_of(order), broken=broken, actor=ds, at=RECORDED_AT)

    assert record_of(order).amount == Money(amount)


def test_all_of_it_is_not_a_part(started, ds):
    order = started()

    with refused("not_partial"):
        broken = part_of(order, 100)
        operations.terminate(visit_of(order), broken=broken, actor=ds, at=RECORDED_AT)


def test_nobody_breaks_off_at_home(started, ds, household):
    order = started(qty_x100=200)

    with refused("own_household"):
        broken, who = part_of(order, 100), at_home(ds, household)
        operations.terminate(visit_of(order), broken=broken, actor=who, at=RECORDED_AT)


@pytest.fixture
def half_done(started, st):
    """The first of two visits is confirmed."""
    order = started()
    visit = visit_of(order)
    points = {str(point["no"]): True for point in order.standard.steps}
    report = Report(
        work_done="拆旧", minutes=40, qty_x100=100, checklist=points, photos=(1,), more_visits=True
    )
    operations.record(visit, report=report, actor=st, at=RECORDED_AT)
    course.confirmed(record_of(order), actor=st, at=CONFIRMED_AT)
    return visit_of(order)


def test_a_service_goes_on_another_day(half_done, again, ds):
    visit = operations.continue_order(half_done, assignment=again, actor=ds, at=CONFIRMED_AT)

    assert (visit.no, visit.state) == (2, Visit.State.ASSIGNED)
    assert fresh(half_done.order).standing == Standing.DISPATCHED
    assert Reservation.objects.get(order=visit.order, freed_at=None).starts == TOMORROW


def test_nothing_goes_on_that_was_not_confirmed(started, again, ds):
    visit = visit_of(started())

    with refused("visit_not_confirmed"):
        operations.continue_order(visit, assignment=again, actor=ds, at=CONFIRMED_AT)


def test_nobody_continues_at_home(half_done, again, ds, household):
    with refused("own_household"):
        who = at_home(ds, household)
        operations.continue_order(half_done, assignment=again, actor=who, at=CONFIRMED_AT)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"staff": None}, "nobody_named"),
        ({"appoint_from": TOMORROW + timedelta(hours=9)}, "appointment_reversed"),
    ],
)
def test_who_goes_on_is_as_fit_as_the_first(half_done, again, ds, told, code):
    with refused(code):
        asked = replace(again, **told)
        operations.continue_order(half_done, assignment=asked, actor=ds, at=CONFIRMED_AT)


def test_who_goes_on_is_on_duty(half_done, again, ds):
    night = TOMORROW + timedelta(hours=9)

    with refused("not_on_duty"):
        asked = replace(again, appoint_from=night, appoint_to=night)
        operations.continue_order(half_done, assignment=asked, actor=ds, at=CONFIRMED_AT)


def test_the_api_breaks_off_and_goes_on(started, calling, at_time):
    order = started(qty_x100=200)
    at_time(RECORDED_AT)
    points = {str(point["no"]): True for point in order.standard.steps}
    worked = {"work_done": "做了一部分", "minutes": 30, "quantity": "1", "checklist": points}
    body = {"cause": "company", "done": "1", "worked": worked}

    answer = calling("ds").post(f"/visits/{visit_of(order).number}/terminate", **body)

    assert (answer.status_code, answer.json()["amount"]) == (201, "30.00")
    assert Record.objects.get().done_x100 == 100
