"""What the till shows: who is next, what is asked, and why something cannot be done."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import MORNING, offer
from tests.stories import AFTERNOON, PAID_AT, fresh
from teyue.desks.cashier import desk
from teyue.foundation.money import Money
from teyue.procedure.booking.facts import Acceptance, Pricing
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.facts import Count
from teyue.procedure.cashier.models import Printing, Receipt
from teyue.procedure.cashier.tests.proof import facts
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation
from teyue.register.people.queries import resident

pytestmark = pytest.mark.clause("4.3.1")


@pytest.fixture
def burst(quoted, small_set, household, cs, rc, rs) -> Order:
    """A burst pipe that was let through before it was paid, and accepted on the telephone."""
    order = quoted(offer=offer(small_set.office_id, "WX-07"), urgency="urgent", wish_from=AFTERNOON)
    flood = Override.Category.FLOOD
    asked = Emergency(category=flood, reason="厨房水管爆裂，水已漫到客厅", estimate=Money(30_000))
    dispatch.override(order, emergency=asked, actor=cs, at=MORNING)
    price = dispatch.quote_late(fresh(order), pricing=Pricing(), actor=rc, at=MORNING)
    yes = Acceptance(method=Quote.Method.CALL, evidence="录音 1")
    owner = resident(price.order.requester, household=household.pk)
    dispatch.accept_late(price, acceptance=yes, actor=owner, at=MORNING)
    return fresh(order)


def test_the_queue_is_in_the_order_in_which_orders_lapse(booked, neighbors, ca, open_shift):
    later, sooner = booked(wish_from=None), booked(household=neighbors)

    looked = desk.look(ca)

    assert [one.order.pk for one in looked.queue] == [sooner.pk, later.pk]


def test_a_search_with_one_answer_opens_it(signed_in, booked, open_shift):
    order = booked()

    answer = signed_in("ca").get(reverse("till"), {"q": "3栋2单元1102"})

    assert answer.headers["Location"] == reverse("cashier-receive", args=(order.number,))


@pytest.mark.parametrize("typed", ["0001", "3-2", "刘文博", "F07-YXY1-20261124-0001"])
def test_people_are_found_as_they_are_called(booked, ca, open_shift, typed):
    booked()

    assert len(desk.look(ca, typed=typed).queue) == 1


def test_nobody_is_found_who_does_not_wait(signed_in, booked, open_shift):
    booked()

    page = signed_in("ca").get(reverse("till"), {"q": "9-9-999"}).content.decode()

    assert "没有找到“9-9-999”的待收款" in page


def test_the_button_says_that_no_shift_is_open(signed_in, booked):
    order = booked()

    page = signed_in("ca").get(reverse("cashier-receive", args=(order.number,))).content.decode()

    assert "您还没有开班，不能收款" in page
    assert 'form="pay"' not in page


def test_after_the_count_nothing_is_received(signed_in, booked, open_shift, ca):
    order = booked()
    cashier.count(open_shift, counted=Count(pieces={100: 0}), actor=ca, at=PAID_AT)

    page = signed_in("ca").get(reverse("cashier-receive", args=(order.number,))).content.decode()

    assert "盘点后不能再收付款" in page


def test_name_and_room_are_checked_first(signed_in, booked, open_shift):
    order, before = booked(), facts()

    address = reverse("cashier-receive", args=(order.number,))
    page = signed_in("ca").post(address, {"method": "cash", "tendered": "50"})

    assert (page.status_code, "核对姓名和房号" in page.content.decode()) == (422, True)
    assert 'value="50"' in page.content.decode()
    assert facts() == before


def test_an_emergency_is_paid_up_at_the_window(signed_in, burst, open_shift):
    address = reverse("till-redeem", args=(burst.number,))
    browser = signed_in("ca")

    shown = browser.get(reverse("till")).content.decode()
    browser.post(address, {"method": "cash", "checked": "on"})

    receipt = Receipt.objects.get()
    assert "应急欠款" in shown
    assert (receipt.purpose, receipt.amount) == (Receipt.Purpose.ARREARS, burst.required)
    assert not fresh(burst).in_arrears


def test_a_paid_order_says_so_and_leads_to_its_receipt(signed_in, paid):
    order = paid()

    page = signed_in("ca").get(reverse("cashier-receive", args=(order.number,))).content.decode()

    assert "没有要收的款" in page and "款项已齐，等待派工" in page
    assert reverse("receipt", args=("F11-YXY1-0000001",)) in page
    assert "这笔钱没有收" not in page


@pytest.mark.parametrize(
    ("name", "page", "told"),
    [
        ("quoted", "cashier-receive", "住户还没有接受报价"),
        ("dispatched", "till-redeem", "已经派工，现在不用再交"),
        ("audited", "cashier-receive", "请到“待结算”"),
        ("settled", "cashier-receive", "已经结算，款项两清"),
    ],
)
def test_an_order_that_waits_for_no_money_says_where_it_goes_on(
    request, signed_in, name, page, told
):
    order = request.getfixturevalue(name)()

    answer = signed_in("ca").get(reverse(page, args=(order.number,)))

    assert told in answer.content.decode()
    assert reverse("case", args=(order.number,)) in answer.content.decode()


def test_a_cancelled_order_says_that_it_is_cancelled(signed_in, booked, cs):
    order = booked()
    settlement.cancel(order, cancellation=Cancellation(reason="不做了"), actor=cs, at=MORNING)

    page = signed_in("ca").get(reverse("cashier-receive", args=(order.number,))).content.decode()

    assert "已经取消，不再收款" in page and 'form="pay"' not in page


def test_orders_of_nobody_are_not_found(signed_in, register):
    answer = signed_in("ca").get(reverse("cashier-receive", args=("F07-YXY1-20261124-9999",)))

    assert answer.status_code == 404


@pytest.mark.parametrize("login", ["rc", "cs", "rs", "st", "ad"])
def test_the_till_is_for_the_till(signed_in, register, login):
    assert signed_in(login).get(reverse("till")).status_code == 403


@pytest.mark.parametrize("login", ["fn", "om"])
def test_who_may_only_look_is_not_sent_to_open_a_shift(signed_in, register, login):
    page = signed_in(login).get(reverse("till")).content.decode()

    assert "您在查看收银台" in page
    assert "您还没有开班" not in page


def test_looking_at_a_receipt_prints_nothing(signed_in, paid):
    receipt, browser = paid().receipts.get(), signed_in("ca")

    pages = [
        browser.get("/till/", {"receipt": receipt.number}).content.decode(),
        browser.get(f"/receipts/{receipt.number}/").content.decode(),
    ]

    assert not any("data-till-print" in page for page in pages)
    assert not Printing.objects.exists()
