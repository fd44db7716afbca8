from __future__ import annotations

from typing import Any

import pytest

from tests.stories import PAID_AT
from teyue.foundation import pen
from teyue.foundation.money import Money
from teyue.foundation.pen import WrittenWithoutPen
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.cashier.tests.proof import facts, refused

pytestmark = pytest.mark.clause("4.3.1")
Purpose = Receipt.Purpose
DUE = Money(1_000)


@pytest.fixture
def collect(open_shift, ca):
    """Collect as a later step does, which names receipts among its writes."""

    def build(order, purpose: Purpose, amount: Money = DUE, **pens: Any) -> Receipt:
        payment = Payment(amount=amount, method=Method.CASH, purpose=purpose)
        with pen.held(*pens.get("held", (Receipt,))):
            return operations.collect(
                order, payment=payment, due=DUE, shift=open_shift, actor=ca, at=PAID_AT
            )

    return build


@pytest.mark.parametrize("purpose", [Purpose.TOPUP, Purpose.ARREARS])
def test_no_door_reaches_the_till_past_the_step_that_computes_what_is_due(
    audited, collect, purpose
):
    order = audited()
    before = facts()

    with pytest.raises(WrittenWithoutPen):
        collect(order, purpose, held=())

    assert facts() == before


def test_a_top_up_is_collected_only_with_the_settlement(paid, collect):
    order = paid()

    with refused("nothing_to_top_up"):
        collect(order, Purpose.TOPUP)


def test_arrears_are_collected_only_from_who_owes_them(booked, collect):
    order = booked()

    with refused("nothing_in_arrears"):
        collect(order, Purpose.ARREARS)


def test_a_prepayment_is_received_never_collected(booked, collect):
    order = booked()

    with refused("nothing_to_top_up"):
        collect(order, Purpose.PREPAYMENT)


def test_a_top_up_is_for_an_audited_order(audited, collect):
    receipt = collect(audited(), Purpose.TOPUP)

    assert (receipt.purpose, receipt.amount) == (Purpose.TOPUP, DUE)


def test_never_more_is_collected_than_the_step_computed(audited, collect):
    order = audited()

    with refused("more_than_due", "amount"):
        collect(order, Purpose.TOPUP, Money(1_001))
