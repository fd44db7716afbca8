from __future__ import annotations

import pytest

from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import owed
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.refund import operations, queries
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


def test_a_rejected_refund_leaves_the_money_with_the_order(house):
    order = house.paid("100.00")
    refund = house.request(order, "40.00")

    operations.reject(refund, reason="重复申请", actor=house.who("CS2"), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.rejected_because) == (Refund.State.REJECTED, "重复申请")
    assert owed(Account.REFUND_DUE, order) == NOTHING
    assert cashier.held(order) == Money.yuan("100.00")


def test_what_was_rejected_may_be_asked_for_again(house):
    order = house.paid("100.00")
    operations.reject(house.request(order, "100.00"), reason="错", actor=house.who("CS"), at=AT)

    refund = house.request(order, "100.00")

    assert refund.state == Refund.State.REQUESTED
    assert queries.given_back(order) == Money.yuan("100.00")


def test_finance_may_reject_what_waits_for_its_signature(house):
    refund = operations.endorse(house.reviewed("600.00"), actor=house.who("OM"), at=AT)

    operations.reject(refund, reason="收据不符", actor=house.who("FN"), at=AT)

    assert refund.state == Refund.State.REJECTED


def test_a_rejection_has_a_reason(house):
    refund = house.request(house.paid())

    with refused("reason_missing"):
        operations.reject(refund, reason=" ", actor=house.who("CS"), at=AT)


def test_what_is_approved_is_not_rejected(house):
    refund = house.approved()

    with refused("wrong_state"):
        operations.reject(refund, reason="反悔", actor=house.who("GM"), at=AT)
