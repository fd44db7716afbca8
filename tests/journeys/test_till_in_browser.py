"""A cashier's day in a real browser: open, receive, settle, pay back, count blind, close."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import MORNING
from teyue.desks.demo import course
from teyue.foundation import clock
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation
from teyue.procedure.settlement.tests.conftest import cleaned, done
from teyue.register.people.models import Account

__all__ = ["cleaned", "done"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clause("3.5"),
    pytest.mark.clause("4.3.1"),
]

BACKEND = "django.contrib.auth.backends.ModelBackend"
PICTURES = Path("test-results") / "till"


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def window(live_server: Any, register: Any, small_set: Any, page: Page) -> Iterator[Page]:
    """The till, where 陈静 is signed in; printing is left to the other tests."""
    client = Client()
    client.force_login(Account.objects.get(username="ca"), BACKEND)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.add_init_script("window.open = () => null")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/till/")
    yield page


@pytest.fixture
def to_give_back(booked: Callable[..., Order], register: Any) -> Callable[[Shift], Refund]:
    """Return an approved refund of ¥30.00 in cash."""
    ca, cs = register.actor("ca"), register.actor("cs")

    def build(shift: Shift) -> Refund:
        order = booked(wish_from=None, household=register.households["5-1-803"])
        course.paid(order, shift=shift, actor=ca, at=MORNING)
        sorry = Cancellation(reason="停水")
        settlement.call_off(order, cancellation=sorry, actor=cs, at=MORNING)
        back = Refund.objects.get()
        refund.review(back, actor=cs, at=MORNING)
        return refund.approve(back, actor=cs, at=MORNING)

    return build


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def count(page: Page, **pieces: int) -> None:
    """Fill in how many of each face there are."""
    for face, number in pieces.items():
        page.fill(f"[name={face}]", str(number))


def test_a_shift_is_opened_with_the_float_that_was_counted(window):
    expect(window.get_by_text("您还没有开班")).to_be_visible()
    window.get_by_role("link", name="去开班").click()
    expect(window.get_by_role("heading", name="清点备用金")).to_be_visible()
    count(window, face_10000=4, face_5000=2)

    expect(window.locator("[data-till-total]")).to_have_text("¥500.00")
    picture(window, "1-open")
    window.keyboard.press("F9")

    expect(window.get_by_text("本班 10:42 开")).to_be_visible()
    assert str(Shift.objects.get().float_amount) == "500.00"


def test_cash_is_received_with_change_by_keys(window, booked, open_shift):
    order = booked()
    window.keyboard.press("F2")
    window.keyboard.type("3-2-1102")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="收预交款")).to_be_visible()
    window.fill("[name=tendered]", "50")

    expect(window.locator("[data-till-change]")).to_have_text("¥20.00")
    expect(window.locator("[data-till-pieces]")).to_have_text("20 元 1 张")
    window.get_by_label("已核对姓名和房号").check()
    picture(window, "2-receive")
    window.keyboard.press("F9")

    expect(window.get_by_text("不会再收第二次")).to_be_visible()
    picture(window, "3-received")
    receipt = Receipt.objects.get()
    assert (receipt.order_id, str(receipt.amount)) == (order.pk, "30.00")


def test_a_payment_by_phone_asks_for_its_number_and_keeps_what_was_typed(
    window, booked, open_shift
):
    booked()
    window.reload()
    window.locator("a.ty-q").first.click()
    window.get_by_label("微信").check(force=True)
    window.get_by_label("已核对姓名和房号").check()
    window.keyboard.press("F9")

    expect(window.get_by_text("请填写支付流水号")).to_be_visible()
    expect(window.get_by_label("微信")).to_be_checked()
    expect(window.get_by_label("已核对姓名和房号")).to_be_checked()
    picture(window, "4-refused")
    assert not Receipt.objects.exists()


def test_the_list_comes_before_the_top_up(window, live_server, cleaned, open_shift):
    order = cleaned()
    window.goto(f"{live_server.url}/settlements/{order.number}/")
    window.keyboard.press("F9")

    expect(window.get_by_text("补收前请先把结算清单")).to_be_visible()
    window.get_by_label("已把结算清单打印或出示给住户核对").check()
    window.get_by_role("button", name=re.compile("刚好")).click()
    picture(window, "5-settle")
    window.keyboard.press("F9")

    expect(window.get_by_text("已结算，补收 ¥169.61。")).to_be_visible()
    picture(window, "6-settled")
    assert order.settlements.get().receipt.amount.fen == 16_961


def test_a_refund_is_paid_against_the_original(window, to_give_back, open_shift):
    back = to_give_back(open_shift)
    window.reload()
    window.locator("a.ty-q", has_text="5-1-803").click()
    expect(window.get_by_role("button", name="付退款 ¥30.00")).to_be_visible()
    window.keyboard.press("F9")
    expect(window.get_by_text("请您先收回原收据")).to_be_visible()

    window.get_by_label("已收回原收据").check()
    window.keyboard.press("F9")

    expect(window.get_by_text("已付 ¥30.00，现金。")).to_be_visible()
    picture(window, "7-paid-back")
    back.refresh_from_db()
    assert back.state == Refund.State.PAID


def test_the_drawer_is_counted_blind_then_closed(window, paid):
    paid()
    window.get_by_role("link", name="日结").first.click()
    expect(window.get_by_role("heading", name="点钱箱里的现金")).to_be_visible()
    expect(window.get_by_text("530.00")).to_have_count(0)
    count(window, face_10000=5, face_2000=1, face_500=1)
    picture(window, "8-count")
    window.on("dialog", lambda dialog: dialog.accept())
    window.keyboard.press("F9")

    expect(window.get_by_text("530.00")).to_be_visible()
    picture(window, "9-variance")
    window.keyboard.press("F9")
    expect(window.get_by_text("请写明长短款原因")).to_be_visible()
    window.get_by_label("长短款原因").fill("找零多付 5 元")
    window.get_by_label("缴款单号").fill("ICBC-1")
    window.keyboard.press("F9")

    expect(window.get_by_role("heading", name="收银日结单")).to_be_visible()
    picture(window, "10-closed")
    shift = Shift.objects.get()
    assert (shift.state, shift.variance) == ("closed", Money(-500))
    assert shift.banked == Money(2_500)
