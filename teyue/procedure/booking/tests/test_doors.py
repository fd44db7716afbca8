from __future__ import annotations

import pytest

from tests.cast import MORNING
from teyue.procedure.booking import worklist
from teyue.procedure.booking.models import Order, Standing

pytestmark = pytest.mark.clause("4.2.4")


def test_both_doors_register_the_same(calling, signed_in, household, tap, members):
    wish = {"household": household.pk, "wish_from": "2026-11-25T14:00:00+08:00"}
    calling("rc").post("/orders", **wish, item="WX-01", quantity="2")
    form = {"item": "WX-01|", "quantity": "2", "urgency": "normal", "channel": "phone"}
    form |= {"requester": members["owner"].person_id, "answer": "", "duplicate_reason": "另一处"}

    signed_in("rc").post("/reception/", form | wish | {"wish_from": "2026-11-25T14:00"})

    same = ("household", "item", "line", "qty_x100", "wish_from", "wish_to", "requester")
    first, second = Order.objects.order_by("pk").values(*same)
    assert first == second


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ({}, 1),
        ({"standing": "quoted"}, 1),
        ({"standing": "ready"}, 0),
        ({"item": "WX-01"}, 1),
        ({"household": "3-2-1102"}, 1),
        ({"overdue": "yes"}, 0),
        ({"mine": "yes"}, 1),
        ({"q": "3栋2单元1102"}, 1),
        ({"q": "刘文博"}, 1),
        ({"q": "0001"}, 1),
        ({"q": "陈立群"}, 0),
    ],
)
def test_orders_are_found_by_words(calling, quoted, words, count):
    quoted()

    answer = calling("rc").get("/orders", **words)

    assert len(answer.json()["items"]) == count


@pytest.mark.parametrize("words", [{"standing": "lost"}, {"overdue": "maybe"}, {"sort": "luck"}])
def test_a_word_that_nobody_knows_is_refused(calling, quoted, words):
    quoted()

    answer = calling("rc").get("/orders", **words)

    assert answer.status_code == 422


def test_lists_turn_pages(calling, quoted, booked):
    quoted()
    rc = calling("rc")

    first = rc.get("/orders", limit=1).json()

    assert (len(first["items"]), first["previous"]) == (1, None)


def test_residents_list_only_their_own(calling, quoted):
    quoted()

    assert calling("neighbor").get("/orders").json()["items"] == []


def test_an_order_of_others_is_not_found(calling, quoted):
    order = quoted()

    answer = calling("neighbor").get(f"/orders/{order.number}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_button_of_the_list_quotes(signed_in, wished, calling):
    rc = calling("rc")
    number = rc.post("/orders", household=wished().requester.household_id, item="WX-01").json()

    answer = signed_in("rc").post(f"/orders/{number['number']}/quote/")

    assert answer.status_code == 302
    assert Order.objects.get().standing == Standing.QUOTED


@pytest.mark.parametrize("page", ["registrations", "awaiting-prepayment", "site-quotes"])
def test_lists_open_empty_and_full(signed_in, quoted, page):
    empty = signed_in("rc").get(f"/{page}/")
    quoted()

    full = signed_in("rc").get(f"/{page}/", {"q": "没有这个人"})

    assert (empty.status_code, full.status_code) == (200, 200)


def test_a_quote_waits_for_its_household(quoted, rs, neighbor, rc):
    quoted()

    assert [work.queue for work in worklist.waiting(rs, MORNING)] == ["booking.accept"]
    assert worklist.waiting(neighbor, MORNING) == []
    assert worklist.waiting(rc, MORNING) == []


def test_a_wish_without_price_waits_for_the_desk(calling, wished, rc):
    calling("rc").post("/orders", household=wished().requester.household_id, item="WX-01")

    works = worklist.waiting(rc, MORNING)

    assert [(work.queue, work.allowed) for work in works] == [("booking.quote", True)]
