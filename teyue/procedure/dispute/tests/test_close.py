"""How an order ends for good: closed after seven days, or done again under warranty."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import CONFIRMED_AT, SETTLED_AT, fresh, record_of, visit_of
from teyue.desks.demo import course
from teyue.foundation import pen
from teyue.foundation.money import NOTHING
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.dispatch.tests.proof import at_home, refused, said_no
from teyue.procedure.dispute import operations
from teyue.procedure.dispute.facts import Redo
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.settlement.jobs import settle_free
from teyue.register.people.queries import system

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
WEEK = SETTLED_AT + timedelta(days=7)
LEAKS = Redo(reason="又滴水了")


def test_a_settled_order_is_closed_after_seven_days(settled):
    order = operations.close(settled(), actor=system(), at=WEEK)

    assert (order.state, order.standing) == (Order.State.CLOSED, Standing.CLOSED)


def test_an_order_rests_for_seven_days(settled):
    order = settled()

    with refused("too_early"):
        operations.close(order, actor=system(), at=WEEK - timedelta(minutes=1))


def test_an_order_with_an_open_dispute_stays_open(settled):
    order = settled()
    with pen.held(Dispute):
        Dispute.objects.create(
            order=order,
            record=record_of(order),
            office=order.office,
            words="滴水",
            opened_at=SETTLED_AT,
            taken_by=0,
            state=Dispute.State.OPEN,
        )

    with refused("unfinished"):
        operations.close(order, actor=system(), at=WEEK)


def test_an_order_that_is_held_stays_open(settled):
    order = settled()
    with pen.held(Order):
        Order.objects.update(held="settlement")

    with refused("held"):
        operations.close(fresh(order), actor=system(), at=WEEK)


def test_only_the_system_closes(settled, calling, at_time):
    order = settled()
    at_time(SETTLED_AT)

    answer = calling("cs").post(f"/orders/{order.number}/close")

    assert said_no(answer, 403, "no_power")
    assert fresh(order).standing == Standing.SETTLED


def test_under_warranty_it_is_done_again_for_nothing(settled, cs, rc, technician, st):
    source = settled()

    again = operations.rework(source, redo=LEAKS, actor=cs, at=WEEK)

    assert (again.standing, again.required, again.rework_of) == (Standing.READY, NOTHING, source)


def test_a_rework_costs_nothing_and_the_system_settles_it(settled, cs, om, rc, technician, st):
    again = operations.rework(settled(), redo=LEAKS, actor=cs, at=SETTLED_AT)
    starts = SETTLED_AT + timedelta(hours=1)
    course.dispatched(fresh(again), technician, starts=starts, actor=rc, at=SETTLED_AT)
    course.started(visit_of(again), actor=st, at=starts)
    course.recorded(visit_of(again), work_done="换垫片", photos=(1,), actor=st, at=starts)
    course.confirmed(record_of(again), actor=st, at=starts)
    # The supervisor registered it, so the manager audits by a written authorization (E-40).
    deputy = replace(om, grants=om.grants | cs.grants)
    course.audited(record_of(again), actor=deputy, at=starts)

    settle_free(starts)

    assert record_of(again).amount == NOTHING
    assert fresh(again).standing == Standing.SETTLED


def test_outside_the_warranty_it_is_paid_for(settled, cs):
    order = settled()
    after = CONFIRMED_AT + timedelta(days=order.item.warranty_days, minutes=1)

    with refused("no_warranty"):
        operations.rework(order, redo=LEAKS, actor=cs, at=after)


def test_the_same_work_is_done_again_once_at_a_time(settled, cs):
    order = settled()
    operations.rework(order, redo=LEAKS, actor=cs, at=WEEK)

    with refused("rework_under_way"):
        operations.rework(fresh(order), redo=LEAKS, actor=cs, at=WEEK)


def test_a_rework_has_a_reason(settled, cs):
    order = settled()

    with refused("reason_missing"):
        operations.rework(order, redo=Redo(reason=" "), actor=cs, at=WEEK)


def test_what_was_not_settled_is_not_done_again(audited, cs):
    order = audited()

    with refused("not_settled"):
        operations.rework(order, redo=LEAKS, actor=cs, at=SETTLED_AT)


def test_nobody_registers_a_rework_at_home(settled, cs, household):
    order = settled()

    with refused("own_household"):
        operations.rework(order, redo=LEAKS, actor=at_home(cs, household), at=WEEK)


def test_a_rework_is_registered_over_the_api(settled, calling, at_time):
    order = settled()
    at_time(SETTLED_AT)

    answer = calling("cs").post(f"/orders/{order.number}/rework", reason="又滴水了")

    assert (answer.status_code, answer.json()["standing"]) == (201, "ready")
