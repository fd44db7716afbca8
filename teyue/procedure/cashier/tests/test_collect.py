from __future__ import annotations

import pytest

from tests.stories import PAID_AT
from teyue.foundation.money import Money
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.cashier.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")
Purpose = Receipt.Purpose


def payment(purpose: Purpose, fen: int = 1_000) -> Payment:
    return Payment(amount=Money(fen), method=Method.CASH, purpose=purpose)


def test_a_top_up_is_collected_only_with_the_settlement(paid, open_shift, ca):
    order = paid()

    with refused("nothing_to_top_up"):
        asked = payment(Purpose.TOPUP)
        operations.collect(order, payment=asked, shift=open_shift, actor=ca, at=PAID_AT)


def test_arrears_are_collected_only_from_who_owes_them(booked, open_shift, ca):
    order = booked()

    with refused("nothing_in_arrears"):
        asked = payment(Purpose.ARREARS)
        operations.collect(order, payment=asked, shift=open_shift, actor=ca, at=PAID_AT)


def test_a_prepayment_is_received_never_collected(booked, open_shift, ca):
    order = booked()

    with refused("nothing_to_top_up"):
        asked = payment(Purpose.PREPAYMENT)
        operations.collect(order, payment=asked, shift=open_shift, actor=ca, at=PAID_AT)


def test_a_top_up_is_for_an_audited_order(audited, open_shift, ca):
    order = audited()
    asked = payment(Purpose.TOPUP)

    receipt = operations.collect(order, payment=asked, shift=open_shift, actor=ca, at=PAID_AT)

    assert (receipt.purpose, receipt.amount) == (Purpose.TOPUP, Money(1_000))


def test_never_more_is_collected_than_was_agreed(audited, open_shift, ca):
    order = audited()

    with refused("more_than_due", "amount"):
        asked = payment(Purpose.TOPUP, order.agreed.fen + 1)
        operations.collect(order, payment=asked, shift=open_shift, actor=ca, at=PAID_AT)
