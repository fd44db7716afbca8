from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation import pen
from teyue.foundation.journal.models import Entry
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT, HOUR
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.2.4")


def test_an_order_that_nobody_paid_is_cancelled(house):
    order = house.order()

    operations.lapse(order, actor=house.system, at=AT + HOUR)

    order.refresh_from_db()
    assert (order.state, order.standing) == (Order.State.CANCELLED, Standing.CANCELLED)
    assert order.ended_because == "unpaid"
    assert not Refund.objects.exists()


def test_its_capacity_is_free_again(house):
    order = house.order()
    with pen.held(Reservation):
        Reservation.objects.create(order=order, starts=AT, ends=AT + HOUR)

    operations.lapse(order, actor=house.system, at=AT + HOUR)

    assert Reservation.objects.get().freed_at == AT + HOUR


def test_a_part_payment_goes_back(house):
    order = house.order("100.00")
    house.receive(order, "30.00")

    operations.lapse(order, actor=house.system, at=AT + HOUR)

    refund = Refund.objects.get(order=order)
    assert (refund.amount, refund.state) == (Money.yuan("30.00"), Refund.State.REQUESTED)
    assert refund.source == Refund.Source.CANCELLATION


def test_an_order_whose_time_is_not_over_waits(house):
    order = house.order()

    with refused("not_due_yet"):
        operations.lapse(order, actor=house.system, at=AT + HOUR - timedelta(seconds=1))


def test_a_paid_order_does_not_lapse(house):
    order = house.paid()

    with refused("wrong_state"):
        operations.lapse(order, actor=house.system, at=AT + HOUR)
    assert not Entry.objects.filter(step="refund.lapse").exists()


def test_nobody_lapses_an_order_by_hand(house):
    order = house.order()

    with refused("no_power"):
        operations.lapse(order, actor=house.who("CS"), at=AT + HOUR)
