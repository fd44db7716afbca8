from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Closing, Count
from teyue.procedure.cashier.models import Shift
from teyue.procedure.cashier.tests.conftest import EVENING
from teyue.procedure.cashier.tests.proof import facts, refused

pytestmark = pytest.mark.clause("3.5")


@pytest.fixture
def closed(open_shift, ca) -> Shift:
    counted = Count(pieces={10_000: 5})
    operations.count(open_shift, counted=counted, actor=ca, at=EVENING)
    return operations.close_shift(open_shift, closing=Closing(), actor=ca, at=EVENING)


def test_finance_verifies_a_day_close(closed, fn):
    operations.verify(closed, actor=fn, at=EVENING)

    closed.refresh_from_db()
    assert (closed.state, closed.verified_by_id, closed.verified_at) == ("verified", fn.id, EVENING)


def test_nobody_verifies_the_own_shift(closed, fn, ca):
    both = replace(fn, id=ca.id)

    with refused("own_shift"):
        operations.verify(closed, actor=both, at=EVENING)


def test_a_cashier_verifies_nothing(closed, ca2):
    with refused("no_power"):
        operations.verify(closed, actor=ca2, at=EVENING)


def test_an_open_shift_is_not_verified(open_shift, fn):
    with refused("wrong_state"):
        operations.verify(open_shift, actor=fn, at=EVENING)


def test_a_page_that_came_back_damaged_verifies_nothing(closed, signed_in):
    before = facts()

    address = reverse("cashier-verify", args=(closed.number,))
    answer = signed_in("fn").post(address, {"row_version": "3a"})

    said = answer.context["refusal"]
    assert (answer.status_code, said.code, said.field) == (422, "malformed", "row_version")
    assert "刷新后再办" in answer.content.decode() and "3.5" in answer.content.decode()
    assert facts() == before
