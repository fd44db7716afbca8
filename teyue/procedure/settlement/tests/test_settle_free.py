from __future__ import annotations

import pytest

from tests.stories import (
    AUDITED_AT,
    CONFIRMED_AT,
    DISPATCHED_AT,
    PHOTOS,
    RECORDED_AT,
    SETTLED_AT,
    STARTED_AT,
    fresh,
    record_of,
    visit_of,
)
from teyue.desks.demo import course
from teyue.foundation import pen
from teyue.foundation.ledger.models import Movement
from teyue.foundation.money import NOTHING
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.settlement import operations

pytestmark = pytest.mark.clause("4.3.1")


@pytest.fixture
def free(booked, technician, register) -> Order:
    """An order that costs nothing, audited."""
    rc, st, cs = (register.actor(login) for login in ("rc", "st", "cs"))
    order = booked()
    with pen.held(Order, PriceLine):
        PriceLine.objects.filter(pk=order.line_id).update(unit_price=NOTHING, min_charge=NOTHING)
        free = Order.objects.filter(pk=order.pk)
        free.update(agreed=NOTHING, required=NOTHING, standing=Standing.READY)
    course.dispatched(fresh(order), technician, starts=STARTED_AT, actor=rc, at=DISPATCHED_AT)
    course.started(visit_of(order), actor=st, at=STARTED_AT)
    visit = visit_of(order)
    course.recorded(visit, work_done="返工", photos=PHOTOS, actor=st, at=RECORDED_AT)
    course.confirmed(record_of(order), actor=st, at=CONFIRMED_AT)
    course.audited(record_of(order), actor=cs, at=AUDITED_AT)
    return fresh(order)


def test_the_system_settles_what_moves_no_money(free):
    slip = operations.settle_free(free, at=SETTLED_AT)

    assert (slip.actual, slip.prepaid, slip.receipt, slip.refund) == (NOTHING, NOTHING, None, None)
    assert fresh(free).standing == Standing.SETTLED
    assert not Movement.objects.exists()


def test_the_system_settles_nothing_that_money_was_paid_for(audited):
    order = audited()

    with refused("cashier_settles"):
        operations.settle_free(order, at=SETTLED_AT)


def test_the_system_settles_nothing_before_the_audit(confirmed):
    order = confirmed()

    with refused("not_audited"):
        operations.settle_free(order, at=SETTLED_AT)
