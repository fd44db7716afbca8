from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.procedure.refund import operations, queries
from teyue.procedure.refund.tests.conftest import AT

pytestmark = pytest.mark.clause("4.3.1")


def test_the_office_sees_its_refunds(house):
    refund = house.request(house.paid())

    assert list(queries.seen_by(house.who("CS"))) == [refund]


def test_another_office_does_not_see_them(house):
    house.request(house.paid())
    stranger = replace(house.who("CS"), grants=frozenset({("orders.read", 99)}))

    assert not queries.seen_by(stranger)


def test_a_household_sees_its_own(house):
    refund = house.request(house.paid())
    resident = Actor(id=house.owner.pk, login="", ties=frozenset({("household", house.home.pk)}))

    assert list(queries.seen_by(resident)) == [refund]
    assert not queries.seen_by(replace(resident, ties=frozenset()))


def test_an_order_is_pending_until_its_refund_is_paid(house):
    refund = house.approved()

    assert queries.pending(refund.order)
    operations.pay(refund, payout=house.payout(), actor=house.who("CA"), at=AT)
    assert not queries.pending(refund.order)


def test_exposure_is_of_the_order_or_the_payee_whichever_is_more(house):
    tenant = house.people["tenant"]
    house.request(house.paid("80.00"), "80.00")
    order = house.order("100.00", payer=tenant)
    house.receive(order, "100.00")
    house.request(order, "30.00")

    assert queries.exposure(order, tenant.pk, at=AT) == Money.yuan("30.00")
    assert queries.exposure(order, house.owner.pk, at=AT) == Money.yuan("80.00")


def test_a_refund_is_paid_within_five_working_days_of_its_approval(house):
    refund = house.approved()

    assert queries.due(refund) == datetime.fromisoformat("2026-12-02T00:00:00+08:00")


def test_a_request_is_paid_within_fifteen_days(house):
    refund = house.request(house.paid())

    assert queries.due(refund) == datetime.fromisoformat("2026-12-10T00:00:00+08:00")


def test_what_nobody_fetches_stays_a_liability_on_a_list(house):
    refund = house.approved()

    assert not queries.unclaimed(house.office.pk, at=AT + timedelta(days=89))
    assert list(queries.unclaimed(house.office.pk, at=AT + timedelta(days=90))) == [refund]
