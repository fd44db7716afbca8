"""At the reception in a real browser: a booking by keys alone, in few requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, Request, expect

from tests.cast import MORNING
from teyue.foundation import clock
from teyue.procedure.booking import operations
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.models import Order, Standing
from teyue.register.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.clause("4.2.4")]

MOST_KEYS, MOST_REQUESTS = 30, 5
BACKEND = "django.contrib.auth.backends.ModelBackend"
PICTURES = Path("test-results") / "reception"


class Keys:
    """A keyboard that counts: every key of a chord is one key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, chord: str) -> None:
        """Press keys at once, such as ``Alt+2``."""
        self.pressed += len(chord.split("+"))
        self.page.keyboard.press(chord)

    def type(self, text: str) -> None:
        """Type characters one after the other."""
        self.pressed += len(text)
        self.page.keyboard.type(text)


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def desk(live_server: Any, register: Any, small_set: Any, page: Page) -> Iterator[Page]:
    """The reception, where 林小雨 is signed in."""
    client = Client()
    client.force_login(Account.objects.get(username="rc"), BACKEND)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/reception/")
    yield page


@pytest.fixture
def telephone(live_server: Any, register: Any, small_set: Any, page: Page) -> Iterator[Page]:
    """The telephone of 刘文博, who is signed in."""
    client = Client()
    client.force_login(Account.objects.get(username="rs"), BACKEND)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/services/")
    yield page


@pytest.fixture
def asked(desk: Page) -> list[Request]:
    """What the page asks of the server; files that are there already do not count."""
    seen: list[Request] = []
    desk.on("request", lambda one: seen.append(one) if "/static/" not in one.url else None)
    return seen


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def test_a_caller_is_booked_by_keys_alone(desk, asked):
    keys = Keys(desk)

    keys.type("1102")
    keys.press("Enter")
    expect(desk.get_by_role("heading", name="3 栋 2 单元 1102")).to_be_visible()
    expect(desk.get_by_role("combobox", name="服务项目")).to_be_focused()
    keys.type("wx01")
    keys.press("Tab")
    expect(desk.locator("#slots input").first).to_be_attached()
    keys.press("Alt+2")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(desk.get_by_text("时段在允许施工时间内")).to_be_visible()
    keys.type("0571")
    picture(desk, "asked")
    keys.press("F9")

    expect(desk.get_by_text(re.compile("已登记 3-2-1102"))).to_be_visible()
    expect(desk.locator("#call")).to_be_focused()
    order = Order.objects.get()
    assert order.standing == Standing.AWAITING_PAYMENT
    assert keys.pressed <= MOST_KEYS
    assert len(asked) <= MOST_REQUESTS
    picture(desk, "booked")


def test_a_duplicate_is_asked_about_without_losing_a_word(desk, booked):
    booked()
    keys = Keys(desk)
    keys.type("1102")
    keys.press("Enter")
    expect(desk.get_by_role("combobox", name="服务项目")).to_be_focused()

    keys.type("wx01")
    keys.press("Tab")
    desk.get_by_label("具体需求").fill("厨房水槽下")
    expect(desk.get_by_label("再登记的理由")).to_be_visible()
    desk.get_by_label("录音号或凭据").fill("0571")
    keys.press("F9")

    expect(desk.get_by_label("再登记的理由")).to_be_focused()
    expect(desk.get_by_label("具体需求")).to_have_value("厨房水槽下")
    assert Order.objects.count() == 1
    picture(desk, "duplicate")


def test_a_resident_books_and_accepts(telephone, rc):
    picture(telephone, "services")
    telephone.get_by_role("link", name="预约 水龙头/软管更换").click()
    telephone.locator("#sheet .ty-days label").nth(1).click()
    telephone.locator("#sheet input[name=wish_from]").first.wait_for(state="attached")
    telephone.locator("#sheet .ty-slots label").first.click()
    expect(telephone.locator("#sheet input[name=wish_from]:checked")).to_be_attached()
    picture(telephone, "book")
    telephone.get_by_role("button", name="预约").click()
    expect(telephone.get_by_text("等管理处报价。")).to_be_visible()
    order = Order.objects.get()
    operations.quote(order, pricing=Pricing(), actor=rc, at=MORNING)

    telephone.reload()
    telephone.get_by_label("我已看过报价").check()
    picture(telephone, "quote")
    telephone.get_by_role("button", name="确认报价").click()

    expect(telephone.get_by_text("请预交 ¥30.00。")).to_be_visible()
    order.refresh_from_db()
    assert order.standing == Standing.AWAITING_PAYMENT
