from __future__ import annotations

import pytest

from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import owed
from teyue.foundation.money import Money
from teyue.procedure.cashier.models import Method
from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


def test_a_payment_that_failed_is_still_owed(house):
    refund = house.approved("50.00", Method.WECHAT)

    operations.fail(refund, reason="账户已注销", actor=house.who("CA"), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.failed_because) == (Refund.State.FAILED, "账户已注销")
    assert owed(Account.REFUND_DUE, refund.order) == Money.yuan("50.00")


def test_a_failure_has_a_reason(house):
    refund = house.approved("50.00", Method.WECHAT)

    with refused("reason_missing"):
        operations.fail(refund, reason="", actor=house.who("CA"), at=AT)


def test_what_was_paid_has_not_failed(house):
    refund = house.approved()
    operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)

    with refused("wrong_state"):
        operations.fail(refund, reason="后悔", actor=house.who("CA"), at=AT)
