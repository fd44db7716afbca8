"""A service in a real browser: sent at the desk, done on a telephone, audited at the desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import seats
from tests.journeys.seats import DESK, PHONE, draw, now, photo, sit_down
from tests.stories import AFTERNOON, Builder, fresh
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.service.models import Confirmation, Record

__all__ = ["now", "sit_down"]

pytestmark = [pytest.mark.browser, pytest.mark.clause("4.3.1")]

WAY = ("接单", "出发", "我已到达")


def test_a_service_from_the_board_to_the_audit(
    live_server: Any, paid: Builder, sit_down: Any, now: Any
) -> None:
    order = paid()

    send(sit_down("rc", DESK), order)
    now(AFTERNOON)
    phone = sit_down("st", PHONE)
    go_there(phone)
    do_the_work(phone)
    now(AFTERNOON + timedelta(minutes=40))
    let_the_owner_sign(phone)
    now(AFTERNOON + timedelta(minutes=90))
    audit(sit_down("cs", DESK))

    assert fresh(order).standing == Standing.TO_SETTLE
    assert Record.objects.get().photos
    assert Confirmation.objects.get().rating == 5


def test_what_is_typed_survives_a_reload(
    live_server: Any, started: Builder, sit_down: Any, now: Any
) -> None:
    order = started()
    now(AFTERNOON + timedelta(minutes=20))
    phone = sit_down("st", PHONE)
    phone.goto(f"/jobs/{order.visits.get().number}/")

    phone.locator("[name=points]").first.check()
    phone.fill("[name=work_done]", "换好龙头")
    phone.reload()

    expect(phone.locator("[name=work_done]")).to_have_value("换好龙头")
    expect(phone.locator("[name=points]").first).to_be_checked()
    expect(phone.locator("[data-ty-why]")).to_contain_text("还差")


def send(desk: Page, order: Order) -> None:
    """Choose the order on the board, somebody who may go, and send."""
    desk.goto("/board/")
    desk.get_by_role("link", name=re.compile("3-2-1102")).click()
    expect(desk.locator("#who")).to_contain_text("不当班或请假")
    picture(desk, "1-assign")
    desk.get_by_role("radio", name="王磊").check()
    desk.get_by_role("button", name="派工").click()
    expect(desk.get_by_text("3-2-1102 已派给 王磊")).to_be_visible()
    assert fresh(order).standing == Standing.DISPATCHED
    picture(desk, "2-board")


def go_there(phone: Page) -> None:
    """Accept, set off, arrive, show the badge, begin: one button at a time."""
    phone.goto("/jobs/")
    phone.get_by_role("link", name="看单、接单").click()
    picture(phone, "3-job")
    for label in WAY:
        phone.get_by_role("button", name=label).click()
    phone.get_by_role("button", name="开工").click()
    expect(phone.get_by_role("alert")).to_contain_text("请先出示工牌")
    phone.get_by_label("已出示工牌").check()
    phone.get_by_role("button", name="开工").click()
    expect(phone.locator("[data-ty-why]")).to_contain_text("1 张完工照片")
    picture(phone, "4-working")


def do_the_work(phone: Page) -> None:
    """Tick the standard, take a photo, write down what was done."""
    finish = phone.get_by_role("button", name="完工登记")
    expect(finish).to_have_attribute("aria-disabled", "true")
    for box in phone.locator("[name=points]").all():
        box.check()
    phone.set_input_files("form[action*=photo] input[type=file]", photo())
    expect(phone.locator("#pictures img")).to_have_count(1)
    phone.fill("[name=work_done]", "更换龙头，试水 3 分钟无渗漏")
    phone.get_by_label("工完场清").check()
    picture(phone, "5-done")
    expect(finish).not_to_have_attribute("aria-disabled", "true")
    finish.click()
    expect(phone.get_by_role("heading", name="请业主看单")).to_be_visible()


def let_the_owner_sign(phone: Page) -> None:
    """Turn the telephone: the owner reads, signs and gives stars."""
    expect(phone.get_by_text("¥30.00").first).to_be_visible()
    draw(phone)
    phone.locator("label[for=star-5]").click()
    picture(phone, "6-signed")
    phone.get_by_role("button", name=re.compile("确认 ¥30.00")).click()
    expect(phone.get_by_text("业主已确认").first).to_be_visible()
    picture(phone, "7-confirmed")


def audit(desk: Page) -> None:
    """Look at everything side by side, make six ticks, pass."""
    desk.goto("/audits/")
    desk.get_by_role("link", name="审核", exact=True).last.click()
    passing = desk.get_by_role("button", name="审核通过")
    expect(passing).to_have_attribute("aria-disabled", "true")
    picture(desk, "8-audit")
    for box in desk.locator("[data-ty-check]").all():
        box.check()
    passing.click()
    expect(desk.get_by_text("已审核通过")).to_be_visible()


def picture(page: Page, name: str) -> None:
    """Keep what is on the screen."""
    seats.picture(page, f"service/{name}")
