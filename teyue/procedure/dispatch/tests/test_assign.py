from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import offer
from tests.stories import AFTERNOON, DISPATCHED_AT, visit_of
from teyue.desks.demo import course
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.dispatch import operations
from teyue.procedure.dispatch.facts import Assignment
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import at_home, refused, said_no
from teyue.register.people.models import Staff

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.5")]
TWO_HOURS = timedelta(hours=2)


@pytest.fixture
def sent(technician):
    """What is asked when 王磊 is sent this afternoon."""
    return Assignment(staff=technician, appoint_from=AFTERNOON, appoint_to=AFTERNOON + TWO_HOURS)


def test_the_first_visit_is_given_to_somebody(paid, sent, rc):
    order = paid()

    visit = operations.assign(order, assignment=sent, actor=rc, at=DISPATCHED_AT)

    assert (visit.no, visit.state, visit.performer.name) == (1, Visit.State.ASSIGNED, "王磊")
    assert (order.standing, order.due_at) == (Standing.DISPATCHED, sent.appoint_to)
    booked = Reservation.objects.get(order=order, freed_at=None)
    assert (booked.staff, booked.starts) == (sent.staff, AFTERNOON)
    assert booked.ends == AFTERNOON + timedelta(minutes=45)


def test_somebody_of_a_listed_firm_may_be_sent(paid, worker, rc, small_set):
    order = paid(offer=_wash(small_set))

    visit = course.dispatched(order, worker, starts=AFTERNOON, actor=rc, at=DISPATCHED_AT)

    assert (visit.firm, visit.worker, visit.staff) == (worker.firm, worker, None)


def test_a_visit_that_was_taken_back_is_given_again(dispatched, sent, st, rc):
    order = dispatched()
    operations.decline(visit_of(order), reason="工具坏了", actor=st, at=DISPATCHED_AT)

    order = Order.objects.get(pk=order.pk)
    operations.assign(order, assignment=sent, actor=rc, at=DISPATCHED_AT)

    assert Visit.objects.get(order=order).state == Visit.State.ASSIGNED


def test_who_holds_no_post_of_a_technician_is_not_sent(paid, sent, rc):
    order = paid()
    desk = Staff.objects.get(person=rc.id)

    with refused("not_a_technician"):
        operations.assign(order, assignment=replace(sent, staff=desk), actor=rc, at=DISPATCHED_AT)

    assert not Visit.objects.filter(order=order).exists()


def test_nobody_is_sent_by_somebody_who_lives_there(paid, sent, rc, household):
    order = paid()

    with refused("own_household"):
        operations.assign(order, assignment=sent, actor=at_home(rc, household), at=DISPATCHED_AT)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"staff": None}, "nobody_named"),
        ({"appoint_to": AFTERNOON - TWO_HOURS}, "appointment_reversed"),
        (
            {"appoint_from": DISPATCHED_AT - TWO_HOURS, "appoint_to": DISPATCHED_AT - TWO_HOURS},
            "appointment_past",
        ),
        (
            {
                "appoint_from": AFTERNOON + timedelta(hours=9),
                "appoint_to": AFTERNOON + timedelta(hours=9),
            },
            "not_on_duty",
        ),
    ],
)
def test_an_assignment_that_cannot_be_kept_is_refused(paid, sent, rc, told, code):
    order = paid()

    with refused(code):
        asked = replace(sent, **told)
        operations.assign(order, assignment=asked, actor=rc, at=DISPATCHED_AT)


def test_two_people_are_not_one_visit(paid, sent, worker, rc):
    order = paid()

    with refused("nobody_named"):
        asked = replace(sent, worker=worker)
        operations.assign(order, assignment=asked, actor=rc, at=DISPATCHED_AT)


def test_what_is_not_paid_is_not_dispatched(booked, sent, rc):
    order = booked()

    with refused("wrong_state"):
        operations.assign(order, assignment=sent, actor=rc, at=DISPATCHED_AT)


def test_page_and_endpoint_take_the_same_step(
    paid, technician, calling, signed_in, household, neighbors
):
    first, second = paid(), paid(household=neighbors, wish_from=AFTERNOON + TWO_HOURS)
    body = {"order": first.number, "staff": technician.pk}

    answer = calling("rc").post("/visits", **body, appoint_from=AFTERNOON.isoformat())
    page = signed_in("rc").post(
        f"/board/{second.number}/",
        {"who": f"staff-{technician.pk}", "starts": "2026-11-24T16:00", "minutes": "120"},
    )

    assert (answer.status_code, page.status_code) == (201, 302)
    assert [visit.state for visit in Visit.objects.order_by("pk")] == ["assigned", "assigned"]


def test_both_doors_say_no_with_the_reason(paid, cleaner, calling, signed_in):
    order = paid()
    body = {"order": order.number, "staff": cleaner.pk, "appoint_from": AFTERNOON.isoformat()}
    form = {"who": f"staff-{cleaner.pk}", "starts": "2026-11-24T14:00", "minutes": "0"}

    answer = calling("cs").post("/visits", **body | {"staff": 999})
    page = signed_in("cs").post(f"/board/{order.number}/", {**form, "who": "staff-999"})

    assert said_no(answer, 422, "nobody_named")
    assert page.status_code == 422 and "没有找到这位服务人员" in page.content.decode()
    assert not Visit.objects.exists()


def _wash(small_set):
    return offer(small_set.office_id, "QX-03")
