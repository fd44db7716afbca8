from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


@pytest.fixture
def refund(house):
    return operations.endorse(house.reviewed("500.00"), actor=house.who("OM"), at=AT)


def test_finance_signs_as_well(house, refund):
    operations.cosign(refund, actor=house.who("FN"), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.cosigned_by) == (Refund.State.APPROVED, house.people["FN"].pk)


def test_the_manager_does_not_sign_for_finance(house, refund):
    with refused("no_power"):
        operations.cosign(refund, actor=house.who("OM"), at=AT)


@pytest.mark.clause("3.5")
@pytest.mark.parametrize("name", ["CS", "OM"])
def test_who_signed_before_does_not_sign_again(house, refund, name):
    both = replace(house.who("FN"), id=house.people[name].pk)

    with refused("same_person"):
        operations.cosign(refund, actor=both, at=AT)
