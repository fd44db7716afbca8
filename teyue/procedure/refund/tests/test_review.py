from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


def test_the_supervisor_reviews_a_request(house):
    refund = house.request(house.paid(), by="RC")

    operations.review(refund, payee_account=" 6222 0001 ", actor=house.who("CS"), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.payee_account) == (Refund.State.REVIEWED, "6222 0001")
    assert refund.reviewed_by == house.people["CS"].pk


def test_the_desk_does_not_review(house):
    refund = house.request(house.paid(), by="RC")

    with refused("no_power"):
        operations.review(refund, actor=house.who("RC"), at=AT)


def test_a_refund_is_reviewed_once(house):
    refund = house.reviewed()

    with refused("wrong_state"):
        operations.review(refund, actor=house.who("CS"), at=AT)


def test_nobody_reviews_for_the_own_household(house):
    refund = house.request(house.paid(), by="RC")
    neighbor = replace(house.who("CS"), ties=frozenset({("household", house.home.pk)}))

    with refused("own_household"):
        operations.review(refund, actor=neighbor, at=AT)
