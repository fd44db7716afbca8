"""A whole day in one drawer (C-22, W-39)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.stories import fresh
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Closing, Count, Payment
from teyue.procedure.cashier.models import Method
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.facts import Payout
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations
from teyue.procedure.settlement.facts import Cancellation

pytestmark = pytest.mark.clause("3.5")
EVENING = MORNING + timedelta(hours=7)
PIECES = {10_000: 7, 5_000: 1, 2_000: 1, 500: 1, 100: 4, 50: 1, 10: 3}


@pytest.fixture
def pay(open_shift, ca):
    """Let a household hand over so much in cash."""

    def receive(order: Order, fen: int) -> Order:
        payment = Payment(amount=Money(fen), method=Method.CASH)
        cashier.receive(order, payment=payment, shift=open_shift, actor=ca, at=MORNING)
        return fresh(order)

    return receive


@pytest.fixture
def day(pay, booked, neighbors, cleaning, open_shift, cs, ca) -> None:
    """¥411.60 came in, of which ¥131.60 went back to who could not be served."""
    large = {"offer": cleaning, "qty_x100": 8937, "wish_from": None}
    pay(booked(**large), 17_000)
    pay(pay(booked(household=neighbors, qty_x100=600), 2_000), 9_000)
    given_up = pay(booked(qty_x100=500), 13_160)
    sorry = Cancellation(reason="师傅生病")
    operations.call_off(given_up, cancellation=sorry, actor=cs, at=MORNING)
    back = Refund.objects.get()
    refund.review(back, actor=cs, at=MORNING)
    refund.approve(back, actor=cs, at=MORNING)
    payout = Payout(shift=open_shift, original_returned=True)
    refund.pay(back, payout=payout, actor=ca, at=MORNING)


def test_w39_twenty_fen_are_missing_in_the_evening(day, open_shift, ca):
    cashier.count(open_shift, counted=Count(pieces=PIECES), actor=ca, at=EVENING)

    assert open_shift.expected == Money(78_000)
    assert (open_shift.counted, open_shift.variance) == (Money(77_980), Money(-20))


def test_w39_the_float_stays_and_the_rest_goes_to_the_bank(day, open_shift, ca):
    cashier.count(open_shift, counted=Count(pieces=PIECES), actor=ca, at=EVENING)
    closing = Closing(reason="找零多付 2 角", banked=Money(27_980), bank_slip="ICBC-20261124")

    shift = cashier.close_shift(open_shift, closing=closing, actor=ca, at=EVENING)

    assert shift.banked == Money(27_980)
    assert till.cash_in_drawer(shift) == Money(50_000)
