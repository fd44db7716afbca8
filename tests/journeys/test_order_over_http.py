"""One paid order whole, over the API (clauses 4.2.3 to 4.2.5, 4.3.1, 3.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.test_order_through_operations import CHAIN
from tests.over_http import (
    AFTERNOON,
    CALL,
    audited,
    booked,
    quoted,
    registered,
    served,
    settled,
    work,
)
from teyue.foundation.journal.models import Entry
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
MONEY = re.compile(r"-?\d+\.\d\d")
AMOUNTS = {"amount", "agreed", "required", "total", "prepay", "actual", "prepaid", "difference"}
SAID_OF_A_STEP = {"operation", "label", "clause", "allowed", "reason"}


def leaves(shown: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Walk through all that an answer says, by the name of the field."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            yield from leaves(value, key)
    elif isinstance(shown, list):
        for value in shown:
            yield from leaves(value, name)
    else:
        yield name, shown


def test_goes_from_the_call_to_the_settlement(house, household, technician):
    order = served(house, household.pk, technician.pk)

    slip = settled(house, order["number"])

    assert (slip["actual"], slip["difference"], slip["result"]) == ("30.00", "0.00", "even")
    shown = house.get("rc", f"/orders/{order['number']}")
    assert (shown["standing"], shown["number"]) == ("settled", order["number"])
    entries = Entry.objects.filter(case_id=Order.objects.get().pk).order_by("pk")
    assert list(entries.values_list("step", flat=True)) == CHAIN


def test_every_paper_says_what_may_be_done_next(house, household, technician):
    settled(house, served(house, household.pk, technician.pk)["number"])

    for paper in house.answers:
        assert all(set(step) == SAID_OF_A_STEP for step in paper["allowed_steps"])
        assert all(step["allowed"] == (step["reason"] is None) for step in paper["allowed_steps"])


def test_money_and_instants_are_written_in_one_way(house, household, technician):
    settled(house, served(house, household.pk, technician.pk)["number"])

    said = [leaf for paper in house.answers for leaf in leaves(paper)]
    instants = [text for _, text in said if isinstance(text, str) and INSTANT.match(text)]
    amounts = [text for name, text in said if name in AMOUNTS and text is not None]
    assert all(text.endswith("+08:00") for text in instants) and instants
    assert all(MONEY.fullmatch(text) for text in amounts) and amounts
    assert not [name for name, value in said if isinstance(value, float)]
    assert {paper["currency"] for paper in house.answers} == {"CNY"}


def test_a_large_order_pays_the_other_half_at_the_end(house, household, cleaner):
    order = served(house, household.pk, cleaner.pk, item="BJ-02", quantity="80", by="st4")

    slip = settled(house, order["number"])

    assert Receipt.objects.order_by("pk").first().amount.fen == 15_200
    assert (slip["prepaid"], slip["actual"], slip["difference"]) == ("152.00", "304.00", "152.00")
    receipt = house.get("ca", f"/receipts/{slip['receipt']}")
    assert (slip["result"], receipt["amount"], receipt["standing"]) == (
        "topup",
        "152.00",
        "settled",
    )


def test_what_was_paid_too_much_comes_back(house, household, technician):
    order = served(house, household.pk, technician.pk, quantity="2", done="1")

    slip = settled(house, order["number"])
    paid = house.post("ca", f"/refunds/{slip['refund']}/pay", original_returned=True)

    assert (slip["result"], slip["difference"]) == ("refund", "-30.00")
    assert (paid["state"], paid["amount"]) == ("paid", "30.00")


def test_the_slots_offer_what_may_be_booked(house, household):
    found = house.get("rc", "/households", query="1102")["items"]
    cells = [
        cell
        for window in house.get("rc", "/slots", item="WX-01", days=2)["windows"]
        for cell in window["cells"]
        if not cell["reason"]
    ]

    order = booked(house, found[0]["id"], wish_from=cells[-1]["starts"])

    assert (order["wish_from"], order["standing"]) == (cells[-1]["starts"], "awaiting_payment")


def test_six_calls_are_enough(house, household, technician):
    desk = house.caller("ca").get("/drawers").json()[0]
    house.post("ca", "/shifts", drawer=desk["id"], float="500.00")
    order = house.post(
        "rc", "/orders/book", household=household.pk, item="WX-01", evidence="录音 7"
    )
    number = order["number"]

    house.post("ca", "/receipts", order=number, method="cash")
    window = {"appoint_from": AFTERNOON.isoformat(), "appoint_to": AFTERNOON.isoformat()}
    house.post("rc", "/visits", order=number, staff=technician.pk, **window)
    record = keyed(house, number)
    audited(house, record)
    settled(house, number)

    assert house.get("rc", f"/orders/{number}")["standing"] == "settled"


def keyed(house, number):
    """Type the paper that technician and owner signed."""
    house.at = AFTERNOON.replace(hour=15)
    times = {"arrived_at": AFTERNOON.isoformat(), "finished_at": house.at.isoformat()}
    paper = {"evidence": {"reference": "F12 扫描 7"}, **times}
    return house.post("rc", "/records/keyed", order=number, worked=work(number), **paper)


def test_a_refusal_says_why_and_by_which_clause(house, household):
    order = quoted(house, household.pk)
    drawer = house.caller("ca").get("/drawers").json()[0]
    house.post("ca", "/shifts", drawer=drawer["id"], float="500.00")
    entries = Entry.objects.count()

    answer = house.caller("ca").post("/receipts", order=order["number"], method="cash", amount="30")

    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, problem["code"], problem["clause"]) == (409, "wrong_state", "4.3.1")
    assert problem["detail"]
    assert (Entry.objects.count(), Receipt.objects.count()) == (entries, 0)


def test_nobody_speaks_for_the_household_without_evidence(house, household):
    order = quoted(house, household.pk)
    said = {"for": "requester", "method": "call_recorded"}

    answer = house.caller("rc").post(f"/orders/{order['number']}/accept", **said)

    assert (answer.status_code, answer.json()["code"]) == (422, "evidence_missing")
    assert Order.objects.get().standing == "quoted"


def test_what_was_shown_is_not_overtaken(house, household):
    order = quoted(house, household.pk)
    said = {"for": "requester", "method": "call_recorded", "evidence": CALL}

    answer = house.caller("rc").post(
        f"/orders/{order['number']}/accept", **said, row_version=order["row_version"] - 1
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "moved_meanwhile")
    assert Order.objects.get().standing == "quoted"


def test_the_same_request_twice_is_done_once(house, household):
    rc = house.caller("rc")

    first = rc.post("/orders", key="call-7", household=household.pk, item="WX-01")
    again = rc.post("/orders", key="call-7", household=household.pk, item="WX-01")

    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert Order.objects.count() == 1


def test_a_key_does_not_serve_two_requests(house, household):
    rc = house.caller("rc")
    rc.post("/orders", key="call-7", household=household.pk, item="WX-01")

    answer = rc.post("/orders", key="call-7", household=household.pk, item="WX-07")

    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    assert Order.objects.count() == 1


def test_pages_show_every_order_once(house, household):
    told = {"wish_from": None, "duplicate_reason": "另一处"}
    known = [registered(house, household.pk, **told)["number"] for _ in range(5)]

    seen, words = [], {"limit": 2}
    while words:
        page = house.get("rc", "/orders", **words)
        seen += [line["number"] for line in page["items"]]
        words = {"limit": 2, "after": page["next"]} if page["next"] else {}

    assert sorted(seen) == sorted(known)
