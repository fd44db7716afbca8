from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.procedure.cashier.models import Method
from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


@pytest.fixture
def refund(house):
    failed = house.approved("50.00", Method.WECHAT)
    return operations.fail(failed, reason="账户已注销", actor=house.who("CA"), at=AT)


def test_a_failed_refund_is_transferred_to_a_corrected_account(house, refund):
    operations.retry(refund, payee_account="6222 0002", actor=house.who("FN"), at=AT)

    operations.pay(refund, payout=house.payout(channel_ref="B1"), actor=house.who("CA"), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.method) == (Refund.State.PAID, Method.TRANSFER)
    assert refund.payee_account == "6222 0002"


def test_an_account_is_named(house, refund):
    with refused("account_missing"):
        operations.retry(refund, payee_account="", actor=house.who("FN"), at=AT)


@pytest.mark.clause("3.5")
def test_who_names_the_account_does_not_pay(house, refund):
    operations.retry(refund, payee_account="6222 0002", actor=house.who("FN"), at=AT)
    both = replace(house.who("CA"), id=house.people["FN"].pk)

    with refused("same_person"):
        payout = house.payout(channel_ref="B1")
        operations.pay(refund, payout=payout, actor=both, at=AT)


def test_what_did_not_fail_is_not_tried_again(house):
    approved = house.approved()

    with refused("wrong_state"):
        operations.retry(approved, payee_account="6222", actor=house.who("FN"), at=AT)
    assert approved.state == Refund.State.APPROVED
