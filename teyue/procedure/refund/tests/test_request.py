from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.foundation.journal.models import Entry
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import owed
from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.models import Method
from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT

pytestmark = pytest.mark.clause("4.3.1")


def test_a_request_owes_the_money_as_a_refund(house):
    order = house.paid("100.00")

    refund = house.request(order, "40.00")

    assert (refund.state, refund.payee) == (Refund.State.REQUESTED, house.owner)
    assert owed(Account.REFUND_DUE, order) == Money.yuan("40.00")
    assert cashier.held(order) == Money.yuan("60.00")


def test_a_request_takes_a_number_and_an_entry(house):
    refund = house.request(house.paid())

    entry = Entry.objects.get(step="refund.request")

    assert refund.number == "F14-YXY1-20261124-0001"
    assert (entry.document_id, entry.after) == (refund.pk, "requested")


@pytest.mark.parametrize("method", Method.values)
def test_money_goes_back_as_it_was_paid(house, method):
    order = house.paid("100.00", Method(method))

    refund = house.request(order)

    assert refund.method == method
    assert refund.original_receipt == order.receipts.get()


def test_cash_above_the_limit_goes_back_by_transfer(house):
    order = house.paid("500.01")

    refund = house.request(order, "500.01")

    assert refund.method == Method.TRANSFER


def test_more_than_one_channel_took_goes_back_by_transfer(house):
    order = house.order("100.00")
    house.receive(order, "60.00", Method.WECHAT)
    house.receive(order, "40.00", Method.CASH)

    refund = house.request(order, "70.00")

    assert refund.method == Method.TRANSFER


def test_a_channel_that_can_carry_it_is_preferred(house):
    order = house.order("100.00")
    house.receive(order, "40.00", Method.CASH)
    house.receive(order, "60.00", Method.WECHAT)

    refund = house.request(order, "50.00")

    assert refund.method == Method.WECHAT


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_nothing_cannot_be_given_back(house, amount):
    order = house.paid()

    assert refused(house, order, amount) == "amount_not_positive"
    untouched(order)


def test_no_more_goes_back_than_came_in(house):
    order = house.paid("100.00")

    assert refused(house, order, "100.01") == "more_than_received"
    untouched(order)


def test_what_must_be_prepaid_stays_while_the_order_goes_on(house):
    order = house.paid("100.00")

    with pytest.raises(Refused) as caught:
        overpaid = Refund.Source.OVERPAYMENT
        amount, who = Money.yuan("50.00"), house.who("CS")
        operations.request(order, source=overpaid, amount=amount, actor=who, at=AT)

    said = caught.value
    assert (said.code, said.field, said.clause) == ("still_needed", "amount", "4.3.1")
    assert "请先取消本单" in str(said)
    untouched(order)


def test_what_is_asked_for_already_counts(house):
    order = house.paid("100.00")
    house.request(order, "60.00")

    assert refused(house, order, "40.01") == "more_than_received"
    assert Refund.objects.count() == 1


def test_a_receipt_of_another_order_supports_nothing(house):
    order, other = house.paid(), house.paid()

    assert refused(house, order, "10.00", receipt=other.receipts.get()) == "receipt_unsound"
    untouched(order)


def test_the_cashier_never_requests(house):
    order = house.paid()

    assert refused(house, order, "10.00", by=house.who("CA")) == "no_power"
    untouched(order)


def test_nobody_asks_for_the_own_household(house):
    order = house.paid()
    neighbor = replace(house.who("CS"), ties=frozenset({("household", house.home.pk)}))

    assert refused(house, order, "10.00", by=neighbor) == "own_household"
    untouched(order)


def refused(house, order, amount, *, by=None, receipt=None):
    with pytest.raises(Refused) as refusal:
        operations.request(
            order,
            source=Refund.Source.OVERPAYMENT,
            amount=Money.yuan(amount),
            original_receipt=receipt,
            actor=by or house.who("CS"),
            at=AT,
        )
    return refusal.value.code


def untouched(order):
    assert not Refund.objects.exists()
    assert not owed(Account.REFUND_DUE, order)
    assert not Entry.objects.filter(step="refund.request").exists()
