from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import AFTERNOON, DISPATCHED_AT, fresh, visit_of
from teyue.foundation import pen
from teyue.procedure.booking.models import Reservation, Standing
from teyue.procedure.dispatch import operations
from teyue.procedure.dispatch.facts import Postponement
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import at_home, refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.5")]
TOMORROW = AFTERNOON + timedelta(days=1)
LATER = Postponement(
    appoint_from=TOMORROW,
    appoint_to=TOMORROW + timedelta(hours=2),
    by_household=True,
    reason="住户临时外出",
)


def test_a_visit_moves_to_another_day_and_is_sent_again(dispatched, rc):
    order = dispatched()

    operations.reschedule(visit_of(order), to=LATER, actor=rc, at=DISPATCHED_AT)

    order = fresh(order)
    assert (order.standing, order.wish_from) == (Standing.READY, TOMORROW)
    assert (visit_of(order).state, visit_of(order).moved_by_household) == ("scheduled", 1)
    assert not Reservation.objects.filter(order=order, freed_at=None).exists()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"appoint_from": DISPATCHED_AT}, "appointment_past"),
        ({"appoint_to": TOMORROW - timedelta(hours=1)}, "appointment_past"),
    ],
)
def test_a_new_time_needs_a_reason_and_lies_ahead(dispatched, rc, told, code):
    visit = visit_of(dispatched())

    with refused(code):
        operations.reschedule(visit, to=replace(LATER, **told), actor=rc, at=DISPATCHED_AT)


def test_a_household_moves_a_visit_twice_at_most(dispatched, rc):
    visit = visit_of(dispatched())
    with pen.held(Visit):
        Visit.objects.update(moved_by_household=2)

    with refused("moved_too_often"):
        operations.reschedule(visit, to=LATER, actor=rc, at=DISPATCHED_AT)


def test_the_company_may_still_move_it_then(dispatched, rc):
    visit = visit_of(dispatched())
    with pen.held(Visit):
        Visit.objects.update(moved_by_household=2)

    by_us = replace(LATER, by_household=False)
    operations.reschedule(visit, to=by_us, actor=rc, at=DISPATCHED_AT)

    assert visit_of(visit.order).moved_by_household == 2


def test_nobody_moves_the_visit_at_home(dispatched, rc, household):
    visit = visit_of(dispatched())

    with refused("own_household"):
        operations.reschedule(visit, to=LATER, actor=at_home(rc, household), at=DISPATCHED_AT)
