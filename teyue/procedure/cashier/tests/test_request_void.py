from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories import PAID_AT
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Count
from teyue.procedure.cashier.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


def ask(receipt, actor, *, reason="金额录错", returned=True, at=PAID_AT):
    return operations.request_void(
        receipt, reason=reason, original_returned=returned, actor=actor, at=at
    )


def test_the_cashier_asks_with_the_reason_and_the_original(receipt, ca):
    ask(receipt, ca)

    receipt.refresh_from_db()
    assert (receipt.state, receipt.void_requested_by) == ("issued", ca.id)
    assert (receipt.void_reason, receipt.original_returned) == ("金额录错", True)


def test_a_reason_is_given(receipt, ca):
    with refused("reason_missing", "reason"):
        ask(receipt, ca, reason=" ")


def test_the_original_comes_back_first(receipt, ca):
    with refused("original_missing", "original_returned"):
        ask(receipt, ca, returned=False)


def test_another_cashier_does_not_ask(receipt, ca2):
    with refused("not_your_receipt"):
        ask(receipt, ca2)


def test_the_next_day_is_too_late(receipt, ca):
    with refused("day_is_over"):
        ask(receipt, ca, at=PAID_AT + timedelta(days=1))


def test_after_the_count_it_is_too_late(receipt, open_shift, ca):
    operations.count(open_shift, counted=Count(pieces={100: 0}), actor=ca, at=PAID_AT)

    with refused("day_is_over"):
        ask(receipt, ca)


def test_money_of_a_dispatched_order_is_in_use(dispatched, ca):
    receipt = dispatched().receipts.get()

    with refused("money_is_used"):
        ask(receipt, ca)
