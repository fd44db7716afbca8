from __future__ import annotations

import pytest

from tests.stories import PAID_AT, STARTED_AT, fresh
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations
from teyue.procedure.settlement.facts import Mistake, Voiding

pytestmark = pytest.mark.clause("4.2.4")


def void(order, actor, *, mistake=Mistake.WRONG_HOUSEHOLD, reason="登记错户", at=PAID_AT, **told):
    asked = Voiding(mistake=mistake, reason=reason, **told)
    return operations.void(order, voiding=asked, actor=actor, at=at)


def test_money_of_an_order_that_should_not_be_goes_back(paid, cs):
    order = void(paid(), cs)

    refund = Refund.objects.get()
    assert (order.standing, order.ended_because) == (Standing.VOID, "wrong_household")
    assert (refund.amount, refund.source) == (Money(3_000), Refund.Source.WRONG_HOUSEHOLD)


def test_a_duplicate_names_the_order_that_stays(booked, quoted, cleaning, cs):
    kept = quoted(offer=cleaning, qty_x100=8937, wish_from=None)
    order = booked()

    void(order, cs, mistake=Mistake.DUPLICATE, duplicate_of=kept)

    assert fresh(order).duplicate_of_id == kept.pk


def test_a_duplicate_without_its_original_stands(booked, cs):
    order = booked()

    with refused("duplicate_of_missing", "duplicate_of"):
        void(order, cs, mistake=Mistake.DUPLICATE)


def test_an_order_is_no_duplicate_of_itself(booked, cs):
    order = booked()

    with refused("duplicate_of_missing", "duplicate_of"):
        void(order, cs, mistake=Mistake.DUPLICATE, duplicate_of=order)


def test_a_duplicate_is_of_the_same_household(booked, neighbors, cs):
    order, other = booked(), booked(household=neighbors)

    with refused("duplicate_of_missing", "duplicate_of"):
        void(order, cs, mistake=Mistake.DUPLICATE, duplicate_of=other)


def test_a_reason_is_given(paid, cs):
    order = paid()

    with refused("reason_missing", "reason"):
        void(order, cs, reason="")


def test_work_that_has_begun_is_not_voided(started, cs):
    order = started()

    with refused("wrong_state"):
        void(order, cs, at=STARTED_AT)


@pytest.mark.parametrize("login", ["rc", "om", "ca", "rs"])
def test_only_the_supervisor_voids(register, paid, login):
    order = paid()

    with refused("no_power"):
        void(order, register.actor(login))
