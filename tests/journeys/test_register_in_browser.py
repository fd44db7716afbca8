"""A cashier takes office in a real browser: proposed, signed, signed in, at the till."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import MORNING, PASSWORD, Register
from teyue.foundation import clock
from teyue.procedure.cashier.models import Shift
from teyue.register.people import operations as people
from teyue.register.people.models import Account, Post

pytestmark = [pytest.mark.browser, pytest.mark.clause("3.5")]

BACKEND = "django.contrib.auth.backends.ModelBackend"
PICTURES = Path("test-results") / "register"


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def newcomer(live_server: Any, register: Register) -> str:
    """李建军, who was a technician until this morning; his login."""
    post = Post.objects.get(person=register.people["st2"])
    people.end_post(post, actor=register.actor("ad"), at=MORNING)
    return "st2"


def sit_down(page: Page, address: str, login: str) -> None:
    """Let somebody of the cast sit at the browser, already signed in."""
    client = Client()
    client.force_login(Account.objects.get(username=login), BACKEND)
    session = client.cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def test_a_cashier_is_proposed_signed_and_opens_a_shift(page, live_server, newcomer):
    propose(page, live_server.url)
    sign(page, live_server.url)

    sign_in(page, live_server.url, newcomer)
    page.goto(f"{live_server.url}/shifts/open/")
    page.get_by_role("textbox", name="100", exact=True).fill("0")
    page.get_by_role("button", name=re.compile("开班")).last.click()

    expect(page).to_have_url(re.compile("/till/"))
    assert Shift.objects.get().cashier_id == Account.objects.get(username=newcomer).person_id


def test_a_cashier_who_is_not_signed_finds_the_till_closed(page, live_server, newcomer):
    propose(page, live_server.url)

    sign_in(page, live_server.url, newcomer)
    page.goto(f"{live_server.url}/shifts/open/")

    expect(page.locator("body")).to_contain_text("权限")
    assert not Shift.objects.exists()


def propose(page: Page, address: str) -> None:
    """Let the administrator put the appointment to the general manager."""
    sit_down(page, address, "ad")
    page.goto(f"{address}/posts/appoint/")
    page.locator("#id_person-ts-control").fill("李建军")
    page.locator(".ts-dropdown .option", has_text="李建军").click()
    page.get_by_label("岗位", exact=True).select_option("CA")
    page.get_by_role("button", name="任命", exact=True).click()
    expect(page.locator("#id_role-error")).to_contain_text("须经总经理签发")
    picture(page, "needs-signature")
    page.get_by_role("button", name="提请签发任命").click()
    expect(page.locator("h1")).to_contain_text("管理处收银员")


def sign(page: Page, address: str) -> None:
    """Let the general manager sign on the telephone."""
    page.set_viewport_size({"width": 390, "height": 844})
    sit_down(page, address, "gm")
    page.goto(f"{address}/posts/")
    page.get_by_role("link", name="去签发").click()
    picture(page, "to-sign")
    page.get_by_role("button", name="签发任命").click()
    expect(page.locator(".ty-head")).to_contain_text("在任")


def sign_in(page: Page, address: str, login: str) -> None:
    """Sign in with name and password."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.context.clear_cookies()
    page.goto(f"{address}/signin/")
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/signin/" not in url)
