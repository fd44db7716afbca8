"""One operation behind two doors: the page and the endpoint."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.stories import fresh
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.cashier.tests.proof import facts

pytestmark = pytest.mark.clause("4.3.1")


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_receive_what_is_due(calling, signed_in, booked, open_shift, door):
    order = booked()

    if door == "page":
        address = reverse("cashier-receive", args=(order.number,))
        form = {"method": "cash", "tendered": "50", "checked": "on"}
        answer = signed_in("ca").post(address, form)
    else:
        body = {"order": order.number, "method": "cash", "tendered": "50.00"}
        answer = calling("ca").post("/receipts", **body)

    receipt = Receipt.objects.get()
    assert answer.status_code in (201, 302)
    assert (str(receipt.amount), str(receipt.tendered)) == ("30.00", "50.00")
    assert fresh(order).standing == Standing.READY


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_refuse_without_a_shift(calling, signed_in, booked, door):
    order, cashier = booked(), calling("ca")
    before = facts()

    if door == "page":
        address = reverse("cashier-receive", args=(order.number,))
        answer = signed_in("ca").post(address, {"method": "cash", "checked": "on"})
    else:
        answer = cashier.post("/receipts", order=order.number, method="cash")

    assert answer.status_code == 422
    assert "还没有开班" in answer.content.decode()
    assert facts() == before


def test_the_answer_says_what_was_paid_and_what_may_follow(calling, booked, open_shift):
    order = booked()

    body = {"order": order.number, "method": "cash", "tendered": "100"}
    shown = calling("ca").post("/receipts", **body).json()

    assert (shown["amount"], shown["change"], shown["currency"]) == ("30.00", "70.00", "CNY")
    assert (shown["capitals"], shown["standing"]) == ("叁拾元整", "ready")
    steps = {one["operation"]: one["allowed"] for one in shown["allowed_steps"]}
    assert steps == {
        "cashier.request_void": True,
        "cashier.void": False,
        "cashier.refuse_void": False,
        "cashier.reverse": False,
        "cashier.reprint": True,
    }


def test_a_price_is_no_part_of_the_form(signed_in, booked, open_shift):
    order = booked()
    address = reverse("cashier-receive", args=(order.number,))

    signed_in("ca").post(address, {"method": "cash", "checked": "on", "amount": "1.00"})

    assert str(Receipt.objects.get().amount) == "30.00"


def test_a_double_click_pays_once(signed_in, booked, open_shift):
    order, browser = booked(), signed_in("ca")
    address = reverse("cashier-receive", args=(order.number,))
    form = {"method": "cash", "checked": "on", "idempotency_key": "a1b2"}

    first, second = (browser.post(address, form) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Receipt.objects.count() == 1


def test_after_a_reload_the_page_says_that_it_was_paid(signed_in, booked, open_shift):
    address, browser = reverse("cashier-receive", args=(booked().number,)), signed_in("ca")
    form = {"method": "cash", "checked": "on", "idempotency_key": "once"}
    browser.post(address, form)

    answer = browser.post(address, form)
    page = browser.get(answer.headers["Location"]).content.decode()

    assert "不会再收第二次" in page
    assert "F11-YXY1-0000001" in page
    assert Receipt.objects.count() == 1


def test_the_blind_count_shows_no_books(signed_in, calling, receipt):
    page = signed_in("ca").get(reverse("shift-close")).content.decode()
    shift = Shift.objects.get()
    shown = calling("fn").get(f"/shifts/{shift.number}").json()

    assert "30.00" not in page  # neither the 530.00 expected nor the 30.00 received
    assert (shown["expected"], shown["variance"]) == (None, None)


@pytest.mark.clause("3.5")
def test_w39_a_day_is_closed_over_the_api(calling, open_shift):
    cashier, number = calling("ca"), open_shift.number
    pieces = {"100": 4, "50": 1, "20": 2, "5": 1, "1": 4, "0.5": 1, "0.1": 3}

    counted = cashier.post(f"/shifts/{number}/count", pieces=pieces).json()
    closed = cashier.post(f"/shifts/{number}/close_shift", reason="找零少收 2 角").json()
    verified = calling("fn").post(f"/shifts/{number}/verify").json()

    assert (counted["expected"], counted["counted"]) == ("500.00", "499.80")
    assert (counted["variance"], closed["state"]) == ("-0.20", "closed")
    assert (verified["state"], verified["verified_by"]) == ("verified", "方慧")


@pytest.mark.clause("3.5")
def test_a_shift_is_opened_counted_and_closed_by_page(signed_in, drawer):
    browser = signed_in("ca")
    browser.post(reverse("shift-open"), {"drawer": drawer.pk, "face_10000": "5"})

    browser.post(reverse("shift-close"), {"face_10000": "4", "face_5000": "1"})
    asked = browser.post(reverse("shift-close"), {"banked": "", "reason": ""})
    done = browser.post(reverse("shift-close"), {"banked": "", "reason": "丢了一张 50"})

    assert "原因" in asked.content.decode() and asked.status_code == 422
    assert done.headers["Location"] == reverse("shift", args=("F25-YXY1-20261124-0001",))
    assert Shift.objects.get().state == Shift.State.CLOSED


def test_half_a_note_is_explained_beside_its_field(signed_in, open_shift):
    before = facts()

    page = signed_in("ca").post(reverse("shift-close"), {"face_10000": "1.5"})

    assert (page.status_code, facts()) == (422, before)
    assert "只填写整数" in page.content.decode()


def test_receipts_of_others_are_not_found(calling, receipt):
    answer = calling("neighbor").get(f"/receipts/{receipt.number}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_resident_sees_the_own_receipt(calling, receipt):
    shown = calling("rs").get(f"/receipts/{receipt.number}").json()

    assert shown["number"] == receipt.number
    assert not any(one["allowed"] for one in shown["allowed_steps"])


def test_a_list_is_narrowed_by_words(calling, receipt):
    cashier = calling("ca")

    found = cashier.get("/receipts", q="3-2-1102", method="cash").json()
    none = cashier.get("/receipts", method="wechat").json()
    unknown = cashier.get("/receipts", method="barter")

    assert [one["number"] for one in found["items"]] == [receipt.number]
    assert (none["items"], unknown.json()["code"]) == ([], "filter_unknown")


@pytest.mark.parametrize("name", ["till", "receipts", "reprints", "remittances", "shift-open"])
def test_the_pages_of_the_till_are_for_the_till(signed_in, register, name):
    assert signed_in("ca").get(reverse(name)).status_code == 200
    assert signed_in("rc").get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["shift-verifications", "reversals", "refund-cosigns"])
def test_the_pages_of_finance_are_for_finance(signed_in, register, name):
    assert signed_in("fn").get(reverse(name)).status_code == 200
    assert signed_in("ca").get(reverse(name)).status_code == 403


def test_finance_voids_what_was_asked_for_by_page(signed_in, receipt, morning):
    address = reverse("receipt-request-void", args=(receipt.number,))
    signed_in("ca").post(address, {"reason": "金额录错", "original_returned": "on"})

    done = signed_in("fn").post(reverse("receipt-void", args=(receipt.number,)))

    receipt.refresh_from_db()
    assert (done.status_code, receipt.state) == (302, "voided")


def test_a_word_that_is_not_known_is_answered_in_one_language(calling, booked, open_shift):
    order, teller = booked(), calling("ca")
    before = facts()

    answer = teller.post("/receipts", order=order.number, method="barter")

    (fault,) = answer.json()["errors"]
    said = "只能是 cash、wechat、alipay、pos、transfer 中的一个，请您改正。"
    assert (fault["field"], fault["message"]) == ("method", said)
    assert facts() == before
