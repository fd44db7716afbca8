"""Money that comes when somebody has paid already is refused, so that it can be handed back."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.cast import MORNING
from teyue.desks.cashier.tests.test_till import burst
from teyue.foundation.money import Money
from teyue.procedure.booking.tests.doors import calling
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.cashier.tests.proof import facts
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation

__all__ = ["burst", "calling"]

pytestmark = pytest.mark.clause("4.3.1")
BACK = "钱如已收到手，请当面原数退还交款人"
CASH = {"method": "cash", "tendered": "100", "checked": "on"}
WECHAT = {"method": "wechat", "channel_ref": "4200009", "checked": "on"}


@pytest.fixture
def both_tills(open_shift, second_drawer, ca2):
    """Both cashiers are at work."""
    return open_shift, cashier.open_shift(
        second_drawer, float_amount=Money(0), actor=ca2, at=MORNING
    )


def opened(browser, address):
    """Return what the form of a window carries besides what is typed."""
    page = browser.get(address).content.decode()
    names = ("row_version", "idempotency_key")
    return {one: re.findall(rf'name="{one}" value="([^"]*)"', page)[0] for one in names}


def refused(answer):
    """Tell whether a page says that this money was not taken."""
    page = answer.content.decode()
    return answer.status_code == 409 and "这笔钱没有收" in page and BACK in page


@pytest.mark.parametrize("second", [CASH, WECHAT, CASH | {"tendered": "50"}])
def test_of_two_old_tabs_the_second_hands_the_money_back(signed_in, booked, open_shift, second):
    address, browser = reverse("cashier-receive", args=(booked().number,)), signed_in("ca")
    tabs = [opened(browser, address), opened(browser, address)]
    browser.post(address, tabs[0] | CASH)
    before = facts()

    answer = browser.post(address, tabs[1] | second)

    assert refused(answer)
    typed = second.get("tendered") or second["channel_ref"]
    assert f'value="{typed}"' in answer.content.decode()
    assert facts() == before


def test_a_second_cashier_hands_the_money_back(signed_in, booked, both_tills):
    address = reverse("cashier-receive", args=(booked().number,))
    first, second = signed_in("ca"), signed_in("ca2")
    theirs, mine = opened(first, address), opened(second, address)
    first.post(address, theirs | CASH)
    before = facts()

    answer = second.post(address, mine | WECHAT)

    assert refused(answer)
    assert facts() == before


def test_the_same_key_with_other_words_is_no_repetition(signed_in, booked, open_shift):
    address, browser = reverse("cashier-receive", args=(booked().number,)), signed_in("ca")
    tab = opened(browser, address)
    browser.post(address, tab | CASH)
    before = facts()

    answer = browser.post(address, tab | WECHAT)

    assert refused(answer)
    assert facts() == before


def test_a_true_repetition_lands_on_its_receipt(signed_in, booked, open_shift):
    address, browser = reverse("cashier-receive", args=(booked().number,)), signed_in("ca")
    tab = opened(browser, address)
    first = browser.post(address, tab | CASH)

    again = browser.post(address, tab | CASH)

    assert first.headers["Location"] == again.headers["Location"]
    assert Receipt.objects.count() == 1


def test_money_for_an_order_that_was_cancelled_meanwhile_goes_back(
    signed_in, booked, open_shift, cs
):
    order, browser = booked(), signed_in("ca")
    address = reverse("cashier-receive", args=(order.number,))
    tab = opened(browser, address)
    settlement.cancel(order, cancellation=Cancellation(reason="不做了"), actor=cs, at=MORNING)

    answer = browser.post(address, tab | CASH)

    assert refused(answer) and "已取消" in answer.content.decode()
    assert not Receipt.objects.exists()


def test_arrears_that_were_paid_meanwhile_are_not_paid_again(signed_in, burst, open_shift):
    address, browser = reverse("till-redeem", args=(burst.number,)), signed_in("ca")
    tabs = [opened(browser, address), opened(browser, address)]
    browser.post(address, tabs[0] | CASH | {"tendered": ""})
    before = facts()

    answer = browser.post(address, tabs[1] | WECHAT)

    assert refused(answer)
    assert facts() == before


def test_a_part_that_came_meanwhile_shows_what_is_left(signed_in, calling, booked, open_shift):
    order, browser = booked(), signed_in("ca")
    address = reverse("cashier-receive", args=(order.number,))
    tab = opened(browser, address)
    calling("ca").post("/receipts", order=order.number, method="cash", amount="10.00")

    answer = browser.post(address, tab | CASH)
    page = answer.content.decode()

    assert (answer.status_code, "这笔钱还没有收" in page, "¥20.00" in page) == (409, True, True)
    assert 'value="100"' in page
    assert Receipt.objects.count() == 1


def test_the_endpoint_says_that_the_money_goes_back(calling, paid):
    order, till = paid(), calling("ca")
    before = facts()

    answer = till.post("/receipts", order=order.number, method="cash")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert BACK in answer.json()["detail"]
    assert facts() == before
