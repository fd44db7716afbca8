from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import PAID_AT, fresh
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.cashier.tests.proof import refused

pytestmark = [pytest.mark.clause("4.3.1"), pytest.mark.clause("3.5")]


@pytest.fixture
def asked(receipt, ca) -> Receipt:
    """The receipt whose voiding was asked for."""
    return operations.request_void(
        receipt, reason="金额录错", original_returned=True, actor=ca, at=PAID_AT
    )


def test_finance_voids_and_the_order_waits_again(asked, fn):
    operations.void(asked, actor=fn, at=PAID_AT)

    asked.refresh_from_db()
    assert (asked.state, asked.void_approved_by) == ("voided", fn.id)
    assert fresh(asked.order).standing == Standing.AWAITING_PAYMENT
    assert balance(Account.CASH) == balance(Account.PREPAYMENT) == NOTHING


def test_a_voided_serial_is_never_used_again(asked, open_shift, ca, fn):
    operations.void(asked, actor=fn, at=PAID_AT)
    order = fresh(asked.order)

    again = Payment(amount=Money(3_000), method=Method.CASH)
    second = operations.receive(order, payment=again, shift=open_shift, actor=ca, at=PAID_AT)

    assert (asked.serial, second.serial) == (1, 2)


def test_nothing_is_voided_that_nobody_asked_for(receipt, fn):
    with refused("void_not_requested"):
        operations.void(receipt, actor=fn, at=PAID_AT)


def test_who_issued_a_receipt_does_not_approve_its_voiding(asked, fn, ca):
    with refused("issued_by_same"):
        operations.void(asked, actor=replace(fn, id=ca.id), at=PAID_AT)


def test_a_cashier_voids_nothing(asked, ca2):
    with refused("no_power"):
        operations.void(asked, actor=ca2, at=PAID_AT)


def test_the_next_day_is_too_late(asked, fn):
    with refused("day_is_over"):
        operations.void(asked, actor=fn, at=PAID_AT + timedelta(days=1))
