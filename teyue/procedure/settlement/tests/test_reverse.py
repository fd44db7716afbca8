from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import SETTLED_AT, fresh
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.dispute import operations as dispute
from teyue.procedure.settlement import operations, worklist
from teyue.procedure.settlement.facts import Closing
from teyue.procedure.settlement.models import Settlement
from teyue.register.people import queries as people

pytestmark = pytest.mark.clause("4.3.1")


@pytest.fixture
def slip(settled) -> Settlement:
    """The settlement of an order that was paid in full."""
    slip: Settlement = settled().settlements.get()
    return slip


@pytest.fixture
def asked(slip, fn) -> Settlement:
    """The same, which finance wants reversed."""
    return operations.request_reversal(slip, reason="数量记错", actor=fn, at=SETTLED_AT)


@pytest.fixture
def om(register):
    """The manager."""
    return register.actor("om")


def test_what_was_earned_is_held_again(asked, om):
    operations.reverse(asked, actor=om, at=SETTLED_AT)

    order = fresh(asked.order)
    assert (order.standing, till.held(order)) == (Standing.TO_SETTLE, Money(3_000))
    assert balance(Account.REVENUE) == balance(Account.TAX) == NOTHING


def test_both_hands_stand_on_the_slip(asked, om, fn):
    slip = operations.reverse(asked, actor=om, at=SETTLED_AT)

    assert (slip.reversal_asked_by_id, slip.reversed_by_id) == (fn.id, om.id)
    assert slip.reversed_because == "数量记错"


def test_a_settlement_stands_until_the_manager_answers(asked):
    order = fresh(asked.order)

    assert (asked.state, order.standing, till.held(order)) == ("settled", "settled", NOTHING)
    assert asked.waits_for_reversal


def test_a_request_waits_for_the_manager_alone(asked, om, fn):
    waiting = {who: worklist.waiting(who, SETTLED_AT) for who in (om, fn)}

    assert [(one.queue, one.number) for one in waiting[om]] == [
        ("settlement.reverse", asked.number)
    ]
    assert waiting[fn] == []


def test_a_request_that_is_declined_leaves_the_settlement_and_may_be_made_again(asked, om, fn):
    slip = operations.decline_reversal(asked, reason="金额无误", actor=om, at=SETTLED_AT)
    declined = (slip.state, slip.waits_for_reversal, slip.reversal_declined_because)

    operations.request_reversal(slip, reason="单价也错", actor=fn, at=SETTLED_AT)

    assert declined == ("settled", False, "金额无误")
    assert slip.waits_for_reversal and slip.reversal_declined_because == ""


def test_an_order_is_not_closed_while_a_request_waits(asked):
    later = SETTLED_AT + timedelta(days=30)

    with refused("unfinished"):
        dispute.close(fresh(asked.order), actor=people.system(), at=later)


def test_a_reversed_settlement_makes_room_for_another(asked, om, ca):
    operations.reverse(asked, actor=om, at=SETTLED_AT)
    closing = Closing(itemized=True)

    again = operations.settle(
        fresh(asked.order), closing=closing, shift=None, actor=ca, at=SETTLED_AT
    )

    assert (again.number, again.state) == ("F13-YXY1-20261124-0002", "settled")


def test_finance_gives_a_reason(slip, fn):
    with refused("reason_missing", "reason"):
        operations.request_reversal(slip, reason=" ", actor=fn, at=SETTLED_AT)


def test_the_manager_declines_with_a_reason(asked, om):
    with refused("reason_missing", "reason"):
        operations.decline_reversal(asked, reason=" ", actor=om, at=SETTLED_AT)


def test_a_reversal_is_asked_for_once(asked, fn):
    with refused("reversal_waits"):
        operations.request_reversal(asked, reason="数量记错", actor=fn, at=SETTLED_AT)


def test_nothing_is_reversed_that_nobody_asked_for(slip, om):
    with refused("reversal_not_asked"):
        operations.reverse(slip, actor=om, at=SETTLED_AT)


def test_nothing_is_declined_that_nobody_asked_for(slip, om):
    with refused("reversal_not_asked"):
        operations.decline_reversal(slip, reason="金额无误", actor=om, at=SETTLED_AT)


def test_who_asked_does_not_reverse(asked, om, fn):
    me = replace(om, id=fn.id)

    with refused("same_person"):
        operations.reverse(asked, actor=me, at=SETTLED_AT)


def test_who_asked_does_not_decline(asked, om, fn):
    me = replace(om, id=fn.id)

    with refused("same_person"):
        operations.decline_reversal(asked, reason="金额无误", actor=me, at=SETTLED_AT)


def test_who_settled_does_not_ask(slip, fn, ca):
    me = replace(fn, id=ca.id)

    with refused("own_settlement"):
        operations.request_reversal(slip, reason="数量记错", actor=me, at=SETTLED_AT)


def test_who_settled_does_not_reverse(asked, om, ca):
    me = replace(om, id=ca.id)

    with refused("own_settlement"):
        operations.reverse(asked, actor=me, at=SETTLED_AT)


def test_finance_does_not_ask_for_the_own_home(slip, fn, household):
    me = replace(fn, ties=fn.ties | {("home", household.pk), ("household", household.pk)})

    with refused("own_household"):
        operations.request_reversal(slip, reason="数量记错", actor=me, at=SETTLED_AT)


def test_the_manager_does_not_reverse_for_the_own_home(asked, om, household):
    me = replace(om, ties=om.ties | {("home", household.pk), ("household", household.pk)})

    with refused("own_household"):
        operations.reverse(asked, actor=me, at=SETTLED_AT)


def test_a_settlement_with_a_refund_under_way_stands(hourly, open_shift, ca, fn):
    order = hourly(190)
    closing = Closing(itemized=True)
    slip = operations.settle(order, closing=closing, shift=open_shift, actor=ca, at=SETTLED_AT)

    with refused("refund_under_way"):
        operations.request_reversal(slip, reason="数量记错", actor=fn, at=SETTLED_AT)


@pytest.mark.parametrize("login", ["ca2", "om", "cs"])
def test_only_finance_asks(register, slip, login):
    somebody = register.actor(login)

    with refused("no_power"):
        operations.request_reversal(slip, reason="数量记错", actor=somebody, at=SETTLED_AT)


@pytest.mark.parametrize("login", ["ca2", "fn", "cs"])
def test_only_the_manager_reverses(register, asked, login):
    somebody = register.actor(login)

    with refused("no_power"):
        operations.reverse(asked, actor=somebody, at=SETTLED_AT)
