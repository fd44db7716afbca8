from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.procedure.refund import operations, queries
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("3.5")


@pytest.fixture
def refund(house):
    approved = house.approved()
    return operations.pay(approved, payout=house.payout(), actor=house.who("CA"), at=AT)


def test_finance_closes_what_agrees_with_the_books(house, refund):
    operations.reconcile(refund, actor=house.who("FN"), at=AT)

    refund.refresh_from_db()
    assert refund.state == Refund.State.CLOSED
    assert not queries.pending(refund.order)


def test_who_paid_does_not_reconcile(house, refund):
    both = replace(house.who("FN"), id=house.people["CA"].pk)

    with refused("same_person"):
        operations.reconcile(refund, actor=both, at=AT)


def test_what_is_unpaid_is_not_reconciled(house):
    approved = house.approved()

    with refused("wrong_state"):
        operations.reconcile(approved, actor=house.who("FN"), at=AT)
