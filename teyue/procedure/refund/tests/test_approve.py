from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation.refusal import Refused
from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


@pytest.mark.parametrize(("amount", "who"), [("200.00", "CS2"), ("499.99", "OM"), ("0.01", "GM")])
def test_a_sum_within_the_own_limit_is_approved(house, amount, who):
    refund = house.reviewed(amount)

    operations.approve(refund, actor=house.who(who), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.approved_by) == (Refund.State.APPROVED, house.people[who].pk)


def test_a_sum_above_the_own_limit_is_refused(house):
    refund = house.reviewed("200.01")

    with refused("above_your_limit"):
        operations.approve(refund, actor=house.who("CS2"), at=AT)


@pytest.mark.parametrize(("amount", "name"), [("200.01", "管理处经理"), ("2000.01", "公司总经理")])
def test_the_refusal_names_who_can(house, amount, name):
    refund = house.reviewed(amount)

    with pytest.raises(Refused) as refusal:
        operations.decide(refund, actor=house.who("CS2"), at=AT)

    assert name in str(refusal.value.message)


def test_refunds_of_one_payee_count_together(house):
    house.reviewed("150.00")
    refund = house.reviewed("50.01")

    with refused("above_your_limit"):
        operations.approve(refund, actor=house.who("CS2"), at=AT)


def test_refunds_of_one_order_count_together(house):
    order = house.paid("300.00")
    house.request(order, "150.00")
    second = house.request(order, "60.00")
    operations.review(second, actor=house.who("CS"), at=AT)

    with refused("above_your_limit"):
        operations.approve(second, actor=house.who("CS2"), at=AT)


def test_a_rejected_refund_does_not_count(house):
    other = house.reviewed("150.00")
    operations.reject(other, reason="重复", actor=house.who("CS"), at=AT)
    refund = house.reviewed("60.00")

    operations.approve(refund, actor=house.who("CS2"), at=AT)

    assert refund.state == Refund.State.APPROVED


def test_what_was_paid_before_the_window_does_not_count(house):
    earlier = house.approved("150.00")
    operations.pay(earlier, payout=house.payout(), actor=house.who("CA"), at=AT)
    later = AT + timedelta(days=31)
    refund = house.request(house.paid("60.00"), "60.00", at=later)
    operations.review(refund, actor=house.who("CS"), at=later)

    operations.approve(refund, actor=house.who("CS2"), at=later)

    assert refund.state == Refund.State.APPROVED


def test_an_old_refund_under_way_still_counts(house):
    house.reviewed("150.00")
    refund = house.reviewed("60.00")

    with refused("above_your_limit"):
        operations.approve(refund, actor=house.who("CS2"), at=AT + timedelta(days=60))


@pytest.mark.clause("3.5")
def test_the_requester_approves_only_small_sums(house):
    house.reviewed("150.00")
    refund = house.reviewed("60.00")
    manager = house.who("CS", limit_of="OM")

    with refused("same_person"):
        operations.approve(refund, actor=manager, at=AT)


@pytest.mark.clause("3.5")
def test_the_requester_may_approve_a_small_sum(house):
    refund = house.reviewed("200.00")

    operations.approve(refund, actor=house.who("CS"), at=AT)

    assert refund.approved_by == refund.requested_by


def test_a_sum_for_two_signatures_is_not_approved_with_one(house):
    refund = house.reviewed("500.00")

    with refused("needs_cosign"):
        operations.approve(refund, actor=house.who("OM"), at=AT)


def test_what_was_not_reviewed_is_not_approved(house):
    refund = house.request(house.paid())

    with refused("wrong_state"):
        operations.approve(refund, actor=house.who("GM"), at=AT)
