"""One operation behind two doors: the page and the endpoint."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.stories import fresh
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.tests.proof import facts
from teyue.procedure.settlement.models import Settlement

pytestmark = pytest.mark.clause("4.3.1")


def test_both_doors_settle_alike(calling, signed_in, audited, ca):
    order = audited()
    page = signed_in("ca").post(
        reverse("settlement-settle", args=(order.number,)), {"itemized": "on", "method": "cash"}
    )

    slip = Settlement.objects.get()
    shown = calling("ca").get(f"/settlements/{slip.number}").json()
    assert page.headers["Location"].startswith(reverse("settlement", args=(slip.number,)))
    assert (shown["difference"], shown["standing"]) == ("0.00", Standing.SETTLED)


def test_money_for_an_order_that_was_settled_meanwhile_goes_back(signed_in, cleaned, open_shift):
    order, browser = cleaned(measured_x100=8750), signed_in("ca")
    address = reverse("settlement-settle", args=(order.number,))
    form = {"itemized": "on", "method": "cash", "idempotency_key": "first"}
    first = browser.post(address, form)
    before = facts()

    again = browser.post(address, form)
    other = browser.post(address, form | {"tendered": "500", "idempotency_key": "second"})

    assert again.headers["Location"] == first.headers["Location"]
    assert other.status_code == 409 and "请当面原数退还交款人" in other.content.decode()
    assert facts() == before


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_ask_for_the_list_first(calling, signed_in, cleaned, door):
    order, cashier = cleaned(), calling("ca")
    before = facts()

    if door == "page":
        address = reverse("settlement-settle", args=(order.number,))
        answer = signed_in("ca").post(address, {"method": "cash"})
    else:
        answer = cashier.post("/settlements", order=order.number)

    assert answer.status_code == 422
    assert "清单" in answer.content.decode()
    assert facts() == before


def test_the_account_is_read_before_anything_is_collected(calling, cleaned):
    order = cleaned(measured_x100=8750)

    shown = calling("ca").get("/settlements/preview", order=order.number).json()

    assert (shown["actual"], shown["prepaid"]) == ("332.50", "170.00")
    assert (shown["difference"], shown["result"]) == ("162.50", "topup")


def test_the_same_key_settles_once(calling, cleaned):
    order, cashier = cleaned(), calling("ca")
    body = {"order": order.number, "itemized": True}

    first, second = (cashier.post("/settlements", "k1", **body) for _ in range(2))

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert order.receipts.count() == 2


def test_an_order_that_somebody_moved_is_not_settled_blindly(calling, cleaned):
    order, cashier = cleaned(), calling("ca")
    before = facts()

    body = {"order": order.number, "itemized": True, "row_version": order.row_version - 1}
    answer = cashier.post("/settlements", **body)

    assert (answer.status_code, answer.json()["code"]) == (409, "moved_meanwhile")
    assert facts() == before


def test_the_fee_is_shown_before_an_order_is_given_up(calling, paid):
    order, desk = paid(), calling("cs")
    number = order.number

    fee = desk.get(f"/orders/{number}/fee").json()
    ended = desk.post(f"/orders/{number}/give_up", reason="临时出差").json()

    assert (fee["fee"], fee["refund"]) == ("0.00", "30.00")
    assert (ended["standing"], ended["refund_amount"]) == ("cancelled", "30.00")
    assert fresh(order).standing == Standing.CANCELLED


def test_a_reversal_over_the_api_leads_back_to_the_till(calling, settled):
    slip = settled().settlements.get()
    address = f"/settlements/{slip.number}"

    asked = calling("fn").post(f"{address}/request_reversal", reason="数量记错").json()
    answer = calling("om").post(f"{address}/reverse").json()

    assert (asked["state"], asked["waits_for_reversal"]) == ("settled", True)
    assert (answer["state"], answer["standing"]) == ("reversed", Standing.TO_SETTLE)


def test_a_reversal_on_the_pages_leads_back_to_the_till(signed_in, settled):
    slip = settled().settlements.get()
    names = ("settlement-request-reversal", "settlement-reverse-post", "settlement")
    ask, approve, page = (reverse(name, args=(slip.number,)) for name in names)

    signed_in("fn").post(ask, {"reason": "数量记错"})
    manager = signed_in("om")
    shown = manager.get(page).content.decode()
    done = manager.post(approve)

    assert "待冲销" in shown and "数量记错" in shown
    assert (done.status_code, fresh(slip.order).standing) == (302, Standing.TO_SETTLE)


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_decline_a_reversal_alike(calling, signed_in, settled, door):
    slip = settled().settlements.get()
    calling("fn").post(f"/settlements/{slip.number}/request_reversal", reason="数量记错")

    if door == "page":
        address = reverse("settlement-decline-reversal", args=(slip.number,))
        signed_in("om").post(address, {"reason": "金额无误"})
    else:
        calling("om").post(f"/settlements/{slip.number}/decline_reversal", reason="金额无误")

    kept = Settlement.objects.get()
    assert (kept.state, kept.reversal_declined_because) == ("settled", "金额无误")


@pytest.mark.parametrize("page", ["cancel", "call-off", "void"])
def test_the_ways_out_have_their_pages(signed_in, paid, page):
    order, browser = paid(), signed_in("cs")
    address = reverse(f"settlement-{page}", args=(order.number,))

    shown = browser.get(address)
    done = browser.post(address, {"reason": "登记错户", "mistake": "wrong_household"})

    assert (shown.status_code, done.status_code) == (200, 302)
    assert fresh(order).standing in (Standing.CANCELLED, Standing.VOID)
