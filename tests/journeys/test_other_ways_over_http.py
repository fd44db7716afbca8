"""The other ways of an order, over the API: cancelled, refunded, disputed, served first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.over_http import (
    CALL,
    audited,
    begun,
    confirmed,
    paid,
    quoted,
    recorded,
    sent,
    settled,
)
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING
from teyue.procedure.dispatch.models import Override
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.refund.models import Refund

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

GIVEN_UP = {"for": "requester", "evidence": CALL, "reason": "住户临时出差"}
SOON = MORNING + timedelta(minutes=5)


@pytest.fixture
def given_up(house, household):
    """A paid order that the household gives up in time; its refund is asked for."""
    order = paid(house, household.pk)
    return house.post("rc", f"/orders/{order['number']}/give_up", **GIVEN_UP)


@pytest.fixture
def disputed(house, household, technician):
    """The owner refuses to confirm what was recorded."""
    order = paid(house, household.pk)
    visit = sent(house, order["number"], technician.pk)
    begun(house, visit["number"])
    record = recorded(house, order["number"], visit["number"])
    said = {"record": record["number"], "words": "龙头还在滴水，不签"}
    return record | house.post("rs", "/disputes", **said)


def test_the_fee_is_shown_before_an_order_is_given_up(house, household):
    order = paid(house, household.pk)

    fee = house.get("rc", f"/orders/{order['number']}/fee")
    ended = house.post("rc", f"/orders/{order['number']}/give_up", **GIVEN_UP)

    assert (fee["fee"], fee["held"], fee["refund"]) == ("0.00", "30.00", "30.00")
    assert (ended["standing"], ended["fee"]) == ("cancelled", fee["fee"])
    assert ended["refund_amount"] == fee["refund"]


def test_giving_up_after_departure_costs_what_was_shown(house, household, technician):
    number = paid(house, household.pk)["number"]
    visit = sent(house, number, technician.pk)["number"]
    house.post("st", f"/visits/{visit}/accept")
    house.at += timedelta(hours=3)
    house.post("st", f"/visits/{visit}/depart")

    fee = house.get("rc", f"/orders/{number}/fee")
    ended = house.post("rc", f"/orders/{number}/give_up", **GIVEN_UP)

    assert (fee["fee"], fee["refund"]) == ("6.00", "24.00")
    assert (ended["fee"], ended["refund_amount"]) == ("6.00", "24.00")


def test_a_refund_is_reviewed_approved_and_paid(house, given_up):
    address = f"/refunds/{given_up['refund']}"

    states = [
        house.post("cs", f"{address}/review")["state"],
        house.post("cs", f"{address}/approve")["state"],
        house.post("ca", f"{address}/pay", original_returned=True)["state"],
    ]

    assert states == ["reviewed", "approved", "paid"]
    assert balance(Account.CASH) == NOTHING == balance(Account.REFUND_DUE)


def test_a_refund_is_not_paid_before_it_is_approved(house, given_up):
    ca = house.caller("ca")

    answer = ca.post(f"/refunds/{given_up['refund']}/pay", original_returned=True)

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert answer.json()["clause"] == "4.3.1"
    assert (Refund.objects.get().state, Refund.objects.get().paid_at) == ("requested", None)


def test_a_dispute_ends_with_an_agreed_amount(house, disputed):
    decision = {"outcome": "to_audit", "text": "减收 10 元", "agreed_amount": "20.00"}

    decided = house.post("om", f"/disputes/{disputed['id']}/resolve", **decision)
    audited(house, house.get("cs", f"/records/{disputed['record']}"))
    slip = settled(house, disputed["order"])

    assert (decided["state"], decided["agreed_amount"]) == ("resolved", "20.00")
    assert (slip["actual"], slip["difference"], slip["standing"]) == ("20.00", "-10.00", "settled")


def test_a_dispute_is_not_decided_by_the_reception(house, disputed):
    decision = {"outcome": "cancelled", "text": "全额退款"}

    answer = house.caller("rc").post(f"/disputes/{disputed['id']}/resolve", **decision)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_power")
    assert Dispute.objects.get().state == Dispute.State.OPEN
    assert house.get("rc", f"/orders/{disputed['order']}")["standing"] == "disputed"


@pytest.fixture
def emergency(house, household):
    """A burst pipe that is served before it is paid (F-28)."""
    leak = {"item": "WX-07", "urgency": "urgent", "wish_from": None}
    order = quoted(house, household.pk, **leak)
    need = {"category": "flood", "reason": "水管爆裂，正在漏到楼下", "estimate": "80.00"}
    return house.post("ds", "/overrides", order=order["number"], **need)


def test_an_emergency_is_served_first_and_paid_afterwards(house, emergency, technician):
    number, house.at = emergency["order"], SOON
    visit = sent(house, number, technician.pk, starts=SOON)
    begun(house, visit["number"], starts=SOON + timedelta(minutes=15))
    record = recorded(house, number, visit["number"])
    confirmed(house, number, record)
    drawer = house.caller("ca").get("/drawers").json()[0]
    house.post("ca", "/shifts", drawer=drawer["id"], float="500.00")

    money = {"amount": "80.00", "method": "cash"}
    receipt = house.post("ca", f"/overrides/{emergency['number']}/redeem", **money)

    assert (receipt["amount"], receipt["order"]) == ("80.00", number)
    assert house.get("rc", f"/overrides/{emergency['number']}")["state"] == "paid"
    assert not house.get("rc", f"/orders/{number}")["in_arrears"]


def test_an_emergency_is_called_by_who_may(house, household):
    order = quoted(house, household.pk, item="WX-07", urgency="urgent", wish_from=None)
    need = {"category": "flood", "reason": "水管爆裂", "estimate": "80.00"}

    answer = house.caller("rc").post("/overrides", order=order["number"], **need)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_power")
    assert not Override.objects.exists()
