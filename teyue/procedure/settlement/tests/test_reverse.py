from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories import SETTLED_AT, fresh
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.settlement import operations
from teyue.procedure.settlement.facts import Closing
from teyue.procedure.settlement.models import Settlement

pytestmark = pytest.mark.clause("4.3.1")


@pytest.fixture
def slip(settled) -> Settlement:
    """The settlement of an order that was paid in full."""
    slip: Settlement = settled().settlements.get()
    return slip


def test_what_was_earned_is_held_again(slip, fn):
    operations.reverse(slip, reason="数量记错", actor=fn, at=SETTLED_AT)

    order = fresh(slip.order)
    assert (order.standing, till.held(order)) == (Standing.TO_SETTLE, Money(3_000))
    assert balance(Account.REVENUE) == balance(Account.TAX) == NOTHING


def test_a_reversed_settlement_makes_room_for_another(slip, fn, ca):
    operations.reverse(slip, reason="数量记错", actor=fn, at=SETTLED_AT)
    closing = Closing(itemized=True)

    again = operations.settle(
        fresh(slip.order), closing=closing, shift=None, actor=ca, at=SETTLED_AT
    )

    assert (again.number, again.state) == ("F13-YXY1-20261124-0002", "settled")


def test_a_reason_is_given(slip, fn):
    with refused("reason_missing", "reason"):
        operations.reverse(slip, reason=" ", actor=fn, at=SETTLED_AT)


def test_who_settled_does_not_reverse(slip, fn, ca):
    with refused("own_settlement"):
        me = replace(fn, id=ca.id)
        operations.reverse(slip, reason="数量记错", actor=me, at=SETTLED_AT)


def test_finance_does_not_reverse_for_the_own_home(slip, fn, household):
    me = replace(fn, ties=fn.ties | {("home", household.pk), ("household", household.pk)})

    with refused("own_household"):
        operations.reverse(slip, reason="数量记错", actor=me, at=SETTLED_AT)


def test_a_settlement_with_a_refund_under_way_stands(hourly, open_shift, ca, fn):
    order = hourly(190)
    closing = Closing(itemized=True)
    slip = operations.settle(order, closing=closing, shift=open_shift, actor=ca, at=SETTLED_AT)

    with refused("refund_under_way"):
        operations.reverse(slip, reason="数量记错", actor=fn, at=SETTLED_AT)


@pytest.mark.parametrize("login", ["ca2", "om", "cs"])
def test_only_finance_reverses(register, slip, login):
    with refused("no_power"):
        somebody = register.actor(login)
        operations.reverse(slip, reason="数量记错", actor=somebody, at=SETTLED_AT)
