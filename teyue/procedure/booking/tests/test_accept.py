from __future__ import annotations

import pytest

from tests.cast import MORNING, offer
from teyue.foundation import pen
from teyue.foundation.journal.models import Entry
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking import operations
from teyue.procedure.booking.models import Quote, Standing
from teyue.procedure.pricing.models import PriceLine
from teyue.register.people import queries as people

pytestmark = pytest.mark.clause("4.2.4")

CALL = {"kind": "call_recorded", "reference": "录音 0571"}


def waiting(order):
    order.refresh_from_db()
    return (order.standing, order.quotes.get().state) == (Standing.QUOTED, Quote.State.OFFERED)


def test_a_recorded_call_accepts_for_the_household(calling, quoted, register):
    order = quoted()
    told = {"method": "call_recorded", "for": "requester", "evidence": CALL}

    answer = calling("rc").post(f"/orders/{order.number}/accept", **told)

    assert (answer.status_code, answer.json()["standing"]) == (200, "awaiting_payment")
    quote = order.quotes.get()
    assert (quote.accepted_by, quote.evidence) == (register.people["rs"], "录音 0571")


def test_a_resident_accepts_with_the_own_account(calling, quoted):
    order = quoted()

    answer = calling("rs").post(f"/orders/{order.number}/accept", method="otp")

    assert answer.json()["required"] == "30.00"
    assert order.quotes.get().accept_method == Quote.Method.CODE


def test_a_free_service_goes_on_without_payment(calling, quoted, small_set):
    line = PriceLine.objects.select_related("item").filter(unit_price=NOTHING).earliest("pk")
    order = quoted(offer=offer(small_set.office_id, line.item.code, line.variant), wish_from=None)

    answer = calling("rs").post(f"/orders/{order.number}/accept", method="otp")

    assert (answer.json()["standing"], answer.json()["required"]) == ("ready", "0.00")


@pytest.mark.clause("4.3.1")
def test_what_costs_something_does_not_go_on_without_payment(booked):
    order, before = booked(), Entry.objects.count()

    with pytest.raises(Refused) as caught:
        operations.waive(order, actor=people.system(), at=MORNING)

    assert (caught.value.code, caught.value.clause) == ("prepayment_required", "4.3.1")
    assert "请住户到收银台交款" in str(caught.value)
    order.refresh_from_db()
    assert (order.standing, Entry.objects.count()) == (Standing.AWAITING_PAYMENT, before)


@pytest.mark.parametrize(
    ("login", "told", "code"),
    [
        ("rc", {"for": "requester"}, "evidence_missing"),
        ("rc", {}, "no_power"),
        ("ca", {"for": "requester", "evidence": CALL}, "may_not_key"),
        ("rc", {"for": 999_999, "evidence": CALL}, "not_found"),
        ("rc", {"for": "nobody", "evidence": CALL}, "invalid"),
        ("neighbor", {}, "not_found"),
        ("rs", {"row_version": 99}, "moved_meanwhile"),
    ],
)
def test_nobody_accepts_without_right_and_proof(calling, quoted, login, told, code):
    order = quoted()

    answer = calling(login).post(
        f"/orders/{order.number}/accept", **{"method": "call_recorded", **told}
    )

    assert answer.json()["code"] == code
    assert waiting(order)


def test_an_expired_quote_is_not_accepted(calling, quoted):
    order = quoted()
    with pen.held(Quote):
        Quote.objects.update(valid_until=MORNING)

    answer = calling("rs").post(f"/orders/{order.number}/accept", method="otp")

    assert answer.json()["code"] == "quote_expired"
    assert waiting(order)


def test_what_was_never_offered_is_not_accepted(calling, wished, rc):
    number = calling("rc").post("/orders", household=wished().requester.household_id, item="WX-01")

    answer = calling("rs").post(f"/orders/{number.json()['number']}/accept", method="otp")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert not Quote.objects.exists()


def test_the_page_writes_down_a_yes(signed_in, quoted):
    order = quoted()
    told = {"person": order.requester_id, "method": "sign", "reference": "签字扫描 7"}

    answer = signed_in("rc").post(f"/orders/{order.number}/accept/", told)

    assert answer.status_code == 302
    order.refresh_from_db()
    assert order.standing == Standing.AWAITING_PAYMENT


@pytest.mark.parametrize("told", [{"reference": ""}, {"person": 999_999}, {"method": "nod"}])
def test_the_page_refuses_a_yes_without_proof(signed_in, quoted, told):
    order = quoted()
    whole = {"person": order.requester_id, "method": "sign", "reference": "扫描 7"}

    answer = signed_in("rc").post(f"/orders/{order.number}/accept/", whole | told)

    assert answer.status_code == 422
    assert waiting(order)
