"""A session ends while somebody types: after signing in again the words stand in their form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.seats import DESK, PHONE, look, now, sit_down
from tests.stories import Builder
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.dispatch.models import Visit

__all__ = ["now", "sit_down"]

pytestmark = pytest.mark.browser

KEPT = "您填写的内容还在，请核对后再提交"
BOTH = pytest.mark.parametrize("lost", [("sessionid",), ("sessionid", "csrftoken")])


def end_session(page: Page, lost: tuple[str, ...]) -> None:
    """Forget cookies, as a session that ended does."""
    for name in lost:
        page.context.clear_cookies(name=name)


def sign_in(page: Page, login: str) -> None:
    """Sign in at the page to which the browser was led."""
    expect(page.get_by_text("刚才填写的内容会回到原来的页面")).to_be_visible()
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


@BOTH
def test_a_technician_finds_the_reason_again(
    live_server: Any, dispatched: Builder, sit_down: Any, now: Any, lost: Any
) -> None:
    visit = dispatched().visits.get()
    phone = sit_down("st", PHONE)
    phone.goto(f"/jobs/{visit.number}/decline/")
    end_session(phone, lost)

    phone.locator("[name=reason]").fill("家里漏水，走不开")
    phone.get_by_role("button", name="拒单").click()
    look(phone, f"ended-sign-in-{len(lost)}")
    sign_in(phone, "st")

    expect(phone).to_have_url(re.compile(f"/jobs/{visit.number}/decline/$"))
    expect(phone.locator("[name=reason]")).to_have_value("家里漏水，走不开")
    expect(phone.get_by_text(KEPT)).to_be_visible()
    look(phone, f"ended-decline-{len(lost)}")
    assert Visit.objects.get().state == Visit.State.ASSIGNED


def test_somebody_else_does_not_find_them(
    live_server: Any, dispatched: Builder, sit_down: Any, now: Any
) -> None:
    visit = dispatched().visits.get()
    phone = sit_down("st", PHONE)
    phone.goto(f"/jobs/{visit.number}/decline/")
    end_session(phone, ("sessionid",))

    phone.locator("[name=reason]").fill("家里漏水，走不开")
    phone.get_by_role("button", name="拒单").click()
    sign_in(phone, "rc")

    expect(phone).not_to_have_url(re.compile("/signin/"))
    assert phone.evaluate("sessionStorage.getItem('ty-interrupted')") is None


@BOTH
def test_a_cashier_finds_the_amount_again(
    live_server: Any, booked: Builder, open_shift: Any, sit_down: Any, now: Any, lost: Any
) -> None:
    booked()
    till = sit_down("ca", DESK)
    till.goto("/till/")
    till.get_by_role("link", name=re.compile("3-2-1102")).first.click()
    end_session(till, lost)

    till.locator("[name=tendered]").fill("500")
    till.get_by_role("button", name=re.compile("收款并打印")).click()
    sign_in(till, "ca")

    expect(till.locator("[name=tendered]")).to_have_value("500")
    expect(till.get_by_text(KEPT)).to_be_visible()
    look(till, f"ended-till-{len(lost)}")
    assert not Receipt.objects.exists()


@BOTH
def test_the_reception_finds_the_call_again(
    live_server: Any, register: Any, small_set: Any, sit_down: Any, now: Any, lost: Any
) -> None:
    desk = sit_down("rc", DESK)
    ask_for_a_tap(desk)
    end_session(desk, lost)

    desk.keyboard.press("F9")
    desk.get_by_role("link", name="重新登录").click()
    sign_in(desk, "rc")

    expect(desk.get_by_label("具体需求")).to_have_value("厨房水槽下")
    expect(desk.get_by_label("录音号或凭据")).to_have_value("0571")
    expect(desk.locator("#slots input:checked")).to_be_attached()
    expect(desk.get_by_text("时段在允许施工时间内")).to_be_visible()
    look(desk, f"ended-reception-{len(lost)}")
    assert not Order.objects.exists()


def ask_for_a_tap(desk: Page) -> None:
    """Open the household, choose the item and a slot, and write down the words."""
    desk.goto("/reception/")
    desk.keyboard.type("1102")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("combobox", name="服务项目")).to_be_focused()
    desk.keyboard.type("wx01")
    desk.keyboard.press("Tab")
    expect(desk.locator("#slots input").first).to_be_attached()
    for keys in ("Alt+2", "ArrowDown", "Enter"):
        desk.keyboard.press(keys)
    expect(desk.get_by_text("时段在允许施工时间内")).to_be_visible()
    desk.get_by_label("具体需求").fill("厨房水槽下")
    desk.get_by_label("录音号或凭据").fill("0571")
