from __future__ import annotations

import pytest

from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


@pytest.mark.parametrize(
    ("amount", "who"), [("500.00", "OM"), ("2000.00", "OM"), ("2000.01", "GM")]
)
def test_a_large_sum_waits_for_finance(house, amount, who):
    refund = house.reviewed(amount)

    operations.endorse(refund, actor=house.who(who), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.approved_by) == (Refund.State.COSIGNING, house.people[who].pk)


def test_a_sum_above_the_own_limit_is_refused(house):
    refund = house.reviewed("2000.01")

    with refused("above_your_limit"):
        operations.endorse(refund, actor=house.who("OM"), at=AT)


def test_a_small_sum_needs_no_second_signature(house):
    refund = house.reviewed("499.99")

    with refused("needs_no_cosign"):
        operations.endorse(refund, actor=house.who("OM"), at=AT)


@pytest.mark.parametrize(("amount", "state"), [("499.99", "approved"), ("500.00", "cosigning")])
def test_deciding_takes_the_step_that_the_sum_asks_for(house, amount, state):
    refund = house.reviewed(amount)

    operations.decide(refund, actor=house.who("OM"), at=AT)

    assert refund.state == state
