from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.foundation import pen
from teyue.foundation.actors import EVERYWHERE
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import owed
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Count
from teyue.procedure.cashier.models import Drawer, Method, Receipt
from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT, acting
from teyue.procedure.refund.tests.proof import facts, refused
from teyue.register.company.models import Office

pytestmark = [pytest.mark.clause("4.3.1"), pytest.mark.clause("3.5")]


def test_the_cashier_pays_what_is_owed(house):
    refund = house.approved("50.00")

    operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)

    refund.refresh_from_db()
    assert (refund.state, refund.paid_by) == (Refund.State.PAID, house.people["CA"].pk)
    assert refund.original_returned
    assert owed(Account.REFUND_DUE, refund.order) == NOTHING


def test_a_drawer_holds_what_came_in_less_what_went_back(house):
    house.shift()
    house.paid("170.00")
    refund = house.approved("131.60")
    house.paid("110.00")

    operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)

    assert till.cash_in_drawer(house.shift()) == Money.yuan("780.00")


@pytest.mark.parametrize(
    ("method", "account"),
    [("cash", Account.CASH), ("wechat", Account.CHANNEL), ("transfer", Account.BANK)],
)
def test_money_leaves_where_it_came_in(house, method, account):
    refund = house.approved("50.00", Method(method))
    payout = house.payout(channel_ref="" if method == "cash" else "RF1")

    operations.pay(refund, payout=payout, actor=house.who("CA"), at=AT)

    moved = Movement.objects.get(target=Account.REFUND_DUE, document_kind="refund.refund")
    assert (moved.source, moved.till) == (account, payout.shift.pk)


@pytest.mark.parametrize("name", ["OM", "CS"])
def test_who_decided_does_not_pay(house, name):
    refund = house.reviewed("300.00")
    operations.approve(refund, actor=house.who("OM"), at=AT)
    both = replace(house.who("CA"), id=house.people[name].pk)

    with refused("same_person"):
        operations.pay(refund, payout=house.payout(), actor=both, at=AT)


def test_who_keeps_no_drawer_does_not_pay(house):
    refund = house.approved()

    with refused("no_open_shift"):
        operations.pay(refund, payout=house.payout(), actor=house.who("CA2"), at=AT)


def test_a_counted_drawer_pays_nothing_more(house):
    refund, payout = house.approved(), house.payout()
    cashier.count(payout.shift, counted=Count(pieces={100: 0}), actor=house.who("CA"), at=AT)

    with refused("no_open_shift"):
        operations.pay(refund, payout=payout, actor=house.who("CA"), at=AT)


@pytest.fixture
def cashier_of_both(house):
    """A second cashier, who works in every office."""
    return acting(house.people["CA2"].pk, "CA", EVERYWHERE)


@pytest.fixture
def shift_elsewhere(house, cashier_of_both):
    """The open shift of that cashier in another office."""
    with pen.held(Office, Drawer):
        company = house.office.company
        other = Office.objects.create(company=company, code="LT02", name="兰亭", number="O2")
        drawer = Drawer.objects.create(office=other, name="一号")
    given = {"float_amount": Money.yuan("500.00"), "actor": cashier_of_both, "at": AT}
    return cashier.open_shift(drawer, **given)


def test_a_till_pays_for_its_own_office(house, cashier_of_both, shift_elsewhere):
    refund, payout = house.approved(), house.payout(shift=shift_elsewhere)
    before = facts()

    with pytest.raises(Refused) as caught:
        operations.pay(refund, payout=payout, actor=cashier_of_both, at=AT)

    assert (caught.value.code, caught.value.clause) == ("other_office", "4.3.1")
    assert "这笔退款属于云起苑" in str(caught.value)
    assert facts() == before


def test_the_original_receipt_comes_back_first(house):
    refund = house.approved()

    with refused("original_missing"):
        payout = house.payout(original_returned=False)
        operations.pay(refund, payout=payout, actor=house.who("CA"), at=AT)


def test_a_declared_loss_replaces_the_original(house):
    refund = house.approved()
    payout = house.payout(original_returned=False, loss_declared=True)

    operations.pay(refund, payout=payout, actor=house.who("CA"), at=AT)

    assert refund.loss_declared


def test_nobody_collects_for_a_payee_whose_receipt_is_lost(house):
    refund = house.approved()
    payout = house.payout(original_returned=False, loss_declared=True, authorization="WT-1")

    with refused("payee_absent"):
        operations.pay(refund, payout=payout, actor=house.who("CA"), at=AT)


def test_a_channel_names_its_number(house):
    refund = house.approved("50.00", Method.WECHAT)

    with refused("channel_ref_missing"):
        operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)


def test_a_transfer_of_what_was_cash_needs_an_account(house):
    refund = house.approved("600.00")

    with refused("account_missing"):
        payout = house.payout(channel_ref="B1")
        operations.pay(refund, payout=payout, actor=house.who("CA"), at=AT)


def test_a_transfer_goes_to_the_account_that_was_named(house):
    refund = house.approved("600.00", account="6222 0001")

    operations.pay(refund, payout=house.payout(channel_ref="B1"), actor=house.who("CA"), at=AT)

    assert refund.state == Refund.State.PAID


def test_large_sums_are_not_paid_in_cash(house):
    refund = house.approved("600.00", account="6222 0001")
    with pen.held(Refund):
        Refund.objects.filter(pk=refund.pk).update(method=Method.CASH)

    with refused("too_much_cash"):
        operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)


def test_cash_that_is_not_there_is_not_paid(house):
    refund, other = house.approved("50.00"), house.shift("CA2", float_amount="49.99")

    with refused("drawer_short"):
        payout = house.payout("CA2")
        operations.pay(refund, payout=payout, actor=house.who("CA2"), at=AT)
    assert till.cash_in_drawer(other) == Money.yuan("49.99")


def test_a_receipt_that_was_reversed_supports_no_payment(house):
    refund = house.approved("50.00")
    with pen.held(Receipt):
        Receipt.objects.update(state=Receipt.State.REVERSED)

    with refused("more_than_received"):
        operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)


def test_a_refund_is_paid_once(house):
    refund = house.approved()
    operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)

    with refused("wrong_state"):
        operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)
