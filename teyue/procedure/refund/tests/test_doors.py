"""One operation behind two doors: the page and the endpoint."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.stories import PAID_AT
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.proof import facts
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation

__all__ = ["calling", "morning", "signed_in"]

pytestmark = [pytest.mark.clause("4.3.1"), pytest.mark.clause("3.5")]


@pytest.fixture
def asked(paid, cs) -> Refund:
    """¥30.00 in cash that the company owes for an order that it called off."""
    sorry = Cancellation(reason="停水")
    settlement.call_off(paid(), cancellation=sorry, actor=cs, at=PAID_AT)
    return Refund.objects.get()


def press(browser, refund: Refund, verb: str, **said: str):
    return browser.post(reverse("refund-take", args=(refund.pk, verb)), said)


def test_a_refund_goes_its_way_over_the_api(calling, asked):
    path = f"/refunds/{asked.number}"
    calling("cs").post(f"{path}/review")
    calling("cs").post(f"{path}/approve")

    paid = calling("ca").post(f"{path}/pay", original_returned=True).json()
    closed = calling("fn").post(f"{path}/reconcile").json()

    assert (paid["state"], paid["amount"], paid["method"]) == ("paid", "30.00", "cash")
    assert closed["state"] == "closed"


def test_a_refund_goes_the_same_way_by_page(signed_in, asked):
    for login, verb in (("cs", "review"), ("cs", "approve")):
        press(signed_in(login), asked, verb)
    press(signed_in("ca"), asked, "pay", original="returned")
    done = press(signed_in("fn"), asked, "reconcile")

    asked.refresh_from_db()
    assert (done.status_code, asked.state) == (302, Refund.State.CLOSED)
    assert (asked.original_returned, asked.loss_declared) == (True, False)


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_ask_for_the_original_receipt(calling, signed_in, asked, door):
    press(signed_in("cs"), asked, "review")
    press(signed_in("cs"), asked, "approve")
    cashier, before = calling("ca"), facts()

    if door == "page":
        answer = press(signed_in("ca"), asked, "pay")
    else:
        answer = cashier.post(f"/refunds/{asked.number}/pay")

    assert answer.status_code == 422
    assert "原收据" in answer.content.decode()
    assert facts() == before


def test_a_rejection_keeps_what_was_typed_wrong_beside_its_field(signed_in, asked):
    before = facts()

    page = press(signed_in("cs"), asked, "reject", reason="")

    assert (page.status_code, facts()) == (422, before)


def test_a_refund_that_somebody_moved_is_not_approved_blindly(signed_in, asked):
    version = str(asked.row_version)
    press(signed_in("cs"), asked, "review")

    page = press(signed_in("cs"), asked, "approve", row_version=version)

    asked.refresh_from_db()
    assert (page.status_code, asked.state) == (409, Refund.State.REVIEWED)
    assert "刚刚被别人办理过" in page.content.decode()


def test_the_account_is_never_shown_whole(calling, asked):
    path = f"/refunds/{asked.number}"

    shown = calling("cs").post(f"{path}/review", payee_account="6222021234567890").json()

    assert shown["account_tail"] == "7890"
    assert "6222021234567890" not in str(shown)


def test_the_queue_of_the_cashier_shows_only_what_is_approved(signed_in, asked):
    empty = signed_in("ca").get(reverse("refund-payments")).content.decode()
    press(signed_in("cs"), asked, "review")
    press(signed_in("cs"), asked, "approve")

    filled = signed_in("ca").get(reverse("refund-payments")).content.decode()

    assert asked.number not in empty
    assert asked.number in filled


def test_strangers_find_no_refund(calling, signed_in, asked):
    answer = calling("neighbor").get(f"/refunds/{asked.number}")

    assert answer.status_code == 404
    assert signed_in("neighbor").get(reverse("refund", args=(asked.pk,))).status_code == 404


def test_the_desk_asks_for_a_refund_of_what_is_left(calling, signed_in, paid):
    order = paid()
    page = signed_in("rc").get(reverse("refund-request", args=(order.number,)))

    body = {"order": order.number, "source": "overpayment", "amount": "30.01"}
    answer = calling("rc").post("/refunds", **body)

    assert (page.status_code, answer.status_code) == (200, 422)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_keep_what_must_be_prepaid(calling, signed_in, paid, door):
    order, desk = paid(), calling("rc")
    before = facts()

    if door == "page":
        address = reverse("refund-request", args=(order.number,))
        typed = {"source": "overpayment", "amount": "29.00", "note": "想先拿回"}
        answer = signed_in("rc").post(address, typed)
        kept = 'value="29.00"' in answer.content.decode()
    else:
        body = {"order": order.number, "source": "overpayment", "amount": "29.00"}
        answer = desk.post("/refunds", **body)
        kept = (answer.json()["code"], answer.json()["field"]) == ("still_needed", "amount")

    assert (answer.status_code, kept) == (422, True)
    assert "请先取消本单" in answer.content.decode()
    assert facts() == before
