"""Workbench, orders and case file in a real browser, at the desk and on the telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from tests.stories import SETTLED_AT
from teyue.foundation import clock
from teyue.register.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.clause("4.3.1")]

BACKEND = "django.contrib.auth.backends.ModelBackend"
PICTURES = Path("test-results") / "case"
DESK, TELEPHONE = (1440, 900), (390, 844)
SIZES = {"desk": DESK, "telephone": TELEPHONE}
PAGES = ("workbench/", "orders/", "orders/F07-YXY1-20261124-0001/")
GRAVE = {"serious", "critical"}


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: SETTLED_AT)


@pytest.fixture
def seated(live_server: Any, register: Any, page: Page) -> Callable[..., Page]:
    """Return the browser of somebody on a page."""

    def build(login: str, path: str, size: tuple[int, int] = DESK) -> Page:
        client = Client()
        client.force_login(Account.objects.get(username=login), BACKEND)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{live_server.url}/{path}")
        return page

    return build


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def grave_faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']}" for one in found if one["impact"] in GRAVE]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_open_to_everybody_and_fits(confirmed, seated, path, size):
    confirmed()

    page = seated("cs", path, SIZES[size])

    picture(page, f"{path.partition('/')[0]}-{len(path)}-{size}")
    assert grave_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


@pytest.mark.parametrize("path", PAGES)
def test_a_resident_reads_it_on_the_telephone(confirmed, seated, path):
    confirmed()

    page = seated("rs", path, TELEPHONE)

    assert grave_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE[0]


def test_the_first_button_of_the_workbench_leads_to_the_audit(confirmed, seated):
    confirmed()
    page = seated("cs", "workbench/")

    page.get_by_role("region", name="最先到期").get_by_role("link", name="审核").click()

    expect(page).to_have_url(re.compile("/audits/"))


def test_the_list_is_read_with_the_keys(confirmed, seated):
    confirmed()
    page = seated("cs", "orders/")

    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="单据")).to_be_visible()
    expect(page).to_have_url(re.compile("/orders/F07-"))


def test_the_search_box_finds_a_home_by_its_room(confirmed, seated):
    confirmed()
    page = seated("cs", "workbench/")

    page.keyboard.press("/")
    page.keyboard.type("1102")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="3-2-1102", exact=True)).to_be_visible()


def test_the_case_puts_the_next_step_first_on_the_telephone(confirmed, seated):
    confirmed()

    page = seated("cs", PAGES[-1], TELEPHONE)

    ahead = page.locator("#next").bounding_box()
    papers = page.locator(".ty-papers").bounding_box()
    assert ahead and papers and ahead["y"] < papers["y"]
