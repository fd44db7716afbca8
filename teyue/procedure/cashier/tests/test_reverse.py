from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import PAID_AT, fresh
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Count, Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.cashier.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")
NEXT_DAY = PAID_AT + timedelta(days=1)


def test_finance_reverses_a_receipt_of_an_earlier_day(receipt, fn):
    operations.reverse(receipt, reason="登记错户", actor=fn, at=NEXT_DAY)

    receipt.refresh_from_db()
    assert (receipt.state, receipt.void_reason) == ("reversed", "登记错户")
    assert fresh(receipt.order).standing == Standing.AWAITING_PAYMENT
    assert balance(Account.PREPAYMENT) == NOTHING


def test_a_reversal_is_a_movement_of_its_own(receipt, fn):
    operations.reverse(receipt, reason="登记错户", actor=fn, at=NEXT_DAY)

    there, back = Movement.objects.order_by("pk")
    assert (there.source, there.target) == (back.target, back.source)


def test_a_reason_is_given(receipt, fn):
    with refused("reason_missing", "reason"):
        operations.reverse(receipt, reason="", actor=fn, at=NEXT_DAY)


def test_who_issued_a_receipt_does_not_reverse_it(receipt, fn, ca):
    with refused("issued_by_same"):
        me = replace(fn, id=ca.id)
        operations.reverse(receipt, reason="登记错户", actor=me, at=NEXT_DAY)


def test_money_of_a_settled_order_is_in_use(settled, fn):
    receipt = settled().receipts.get()

    with refused("money_is_used"):
        operations.reverse(receipt, reason="登记错户", actor=fn, at=NEXT_DAY)


def test_a_receipt_is_reversed_once(receipt, fn):
    operations.reverse(receipt, reason="登记错户", actor=fn, at=NEXT_DAY)

    with refused("wrong_state"):
        operations.reverse(receipt, reason="登记错户", actor=fn, at=NEXT_DAY)


def test_cash_that_was_counted_leaves_only_by_a_refund(receipt, open_shift, ca, fn):
    operations.count(open_shift, counted=Count(pieces={100: 0}), actor=ca, at=PAID_AT)

    with refused("cash_was_counted"):
        operations.reverse(fresh_receipt(receipt), reason="登记错户", actor=fn, at=NEXT_DAY)


def test_a_payment_of_a_channel_is_reversed_after_the_close(booked, open_shift, ca, fn):
    order = booked()
    paid = Payment(amount=Money(3_000), method=Method.WECHAT, channel_ref="wx-1")
    receipt = operations.receive(order, payment=paid, shift=open_shift, actor=ca, at=PAID_AT)
    operations.count(open_shift, counted=Count(pieces={100: 0}), actor=ca, at=PAID_AT)

    operations.reverse(fresh_receipt(receipt), reason="登记错户", actor=fn, at=NEXT_DAY)

    assert balance(Account.PREPAYMENT) == NOTHING
    assert fresh(order).standing == Standing.AWAITING_PAYMENT


def fresh_receipt(receipt: Receipt) -> Receipt:
    return Receipt.objects.select_related("shift", "order").get(pk=receipt.pk)
