"""People of the cast in browsers: at the desk, on the telephone, or with nothing but a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page

from tests.cast import MORNING
from teyue.foundation import clock
from teyue.register.people.models import Account

__all__ = ["DESK", "PHONE", "draw", "look", "now", "photo", "picture", "sit_down"]

BACKEND = "django.contrib.auth.backends.ModelBackend"
RESULTS = Path("test-results")
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
GRAVE = {"serious", "critical"}
BEYOND = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock on the wall."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(MORNING)
    return set_to


@pytest.fixture
def sit_down(live_server: Any, browser: Browser, now: Any) -> Iterator[Callable[..., Page]]:
    """Return a page at which somebody of the cast is signed in; without a login, nobody is."""
    opened: list[BrowserContext] = []

    def open_for(login: str, size: Any) -> Page:
        context = browser.new_context(
            viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", base_url=live_server.url
        )
        if login:
            client = Client()
            client.force_login(Account.objects.get(username=login), BACKEND)
            session = client.cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": live_server.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        opened.append(context)
        return context.new_page()

    yield open_for
    for context in opened:
        context.close()


def look(page: Page, name: str) -> None:
    """Keep what is on the screen at both widths; it fits, and nothing bars anybody from it."""
    before = page.viewport_size
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        picture(page, f"{name}-{size['width']}")
        assert page.evaluate(BEYOND) <= 0
        assert grave_faults(page) == []
    if before is not None:
        page.set_viewport_size(before)


def grave_faults(page: Page) -> list[str]:
    """Return what axe finds serious or critical."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']}" for one in found if one["impact"] in GRAVE]


def picture(page: Page, name: str) -> None:
    """Keep the whole page."""
    file = RESULTS / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)


def draw(phone: Page) -> None:
    """Draw a signature on the pad."""
    pad = phone.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + 40, box["y"] + 40)
    phone.mouse.down()
    for n in range(20):
        phone.mouse.move(box["x"] + 40 + n * 10, box["y"] + 40 + n % 5 * 10)
    phone.mouse.up()


def photo() -> FilePayload:
    """Return a picture as a telephone takes it."""
    out = BytesIO()
    Image.new("RGB", (640, 480), "slategray").save(out, "JPEG")
    return {"name": "work.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
