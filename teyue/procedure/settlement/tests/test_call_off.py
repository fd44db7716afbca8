from __future__ import annotations

import pytest

from tests.stories import PAID_AT, STARTED_AT
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations
from teyue.procedure.settlement.facts import Cancellation

pytestmark = pytest.mark.clause("4.3.1")


def call_off(order, actor, *, reason="师傅生病", at=PAID_AT):
    asked = Cancellation(reason=reason)
    return operations.call_off(order, cancellation=asked, actor=actor, at=at)


@pytest.mark.parametrize("login", ["cs", "om"])
def test_the_company_gives_everything_back(register, paid, login):
    order = call_off(paid(), register.actor(login))

    assert (order.standing, order.ended_because) == (Standing.CANCELLED, "by_company")
    assert (order.required, Refund.objects.get().amount) == (NOTHING, Money(3_000))


def test_what_nobody_paid_is_called_off_without_a_refund(booked, cs):
    order = call_off(booked(), cs)

    assert order.standing == Standing.CANCELLED
    assert not Refund.objects.exists()


def test_even_work_that_has_begun_costs_nothing(started, cs):
    call_off(started(), cs, at=STARTED_AT)

    assert Refund.objects.get().amount == Money(3_000)


def test_a_reason_is_given(paid, cs):
    order = paid()

    with refused("reason_missing", "reason"):
        call_off(order, cs, reason="")


def test_a_settled_order_is_not_called_off(settled, cs):
    order = settled()

    with refused("wrong_state"):
        call_off(order, cs)


@pytest.mark.parametrize("login", ["rc", "ca", "rs"])
def test_only_supervisors_and_managers_call_off(register, paid, login):
    order = paid()

    with refused("no_power"):
        call_off(order, register.actor(login))
