"""The few pictures that the documents show, and what is done before each is taken."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path("docs") / "screens"
MOST_BYTES = 300_000
OFFICE, PHONE = (1440, 900), (390, 844)


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture for the documents: who sees it, how large, and the way there."""

    name: str
    login: str
    size: tuple[int, int]
    way: Callable[[Page], bytes]

    def take(self, page: Page) -> Iterator[str]:
        """Go there and take the picture; tells if it is too large to keep."""
        page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        taken = self.way(page)
        file = FOLDER / f"{self.name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(taken)
        if len(taken) > MOST_BYTES:
            yield f"{file} has more than {MOST_BYTES} bytes"


def follow(page: Page, path: str, link: str) -> bytes:
    """Open a page, then the first link of a kind on it, and take that."""
    page.goto(f"{origin(page)}{path}")
    page.locator(link).first.click()
    page.wait_for_load_state("networkidle")
    return page.screenshot(animations="disabled")


def workbench(page: Page) -> bytes:
    """Open what waits for the supervisor."""
    page.goto(f"{origin(page)}/workbench/")
    return page.screenshot(animations="disabled")


def reception(page: Page) -> bytes:
    """Answer a caller: find the household, choose an item and the second day."""
    page.goto(f"{origin(page)}/reception/")
    page.keyboard.type("3-2-1102")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="3 栋 2 单元 1102").wait_for()
    page.keyboard.type("az02")
    page.keyboard.press("Tab")
    page.locator("#slots input").first.wait_for(state="attached")
    page.keyboard.press("Alt+2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("时段在允许施工时间内").wait_for()
    page.keyboard.type("通话录音 0571-1042")
    page.get_by_label("具体需求").fill("新油烟机上墙，旧机拆下带走")
    page.wait_for_load_state("networkidle")
    return page.screenshot(animations="disabled")


def till(page: Page) -> bytes:
    """Take the money of the first who waits."""
    return follow(page, "/till/", "main a[href^='/till/F']")


def case(page: Page) -> bytes:
    """Open an order that waits for the audit."""
    return follow(page, "/orders/?standing=to_audit", "main a[href^='/orders/F07-']")


def job(page: Page) -> bytes:
    """Open the job that is being done."""
    return follow(page, "/jobs/", "main a[href^='/jobs/F10-']")


def receipt(page: Page) -> bytes:
    """Print the newest receipt and return its first sheet."""
    follow(page, "/receipts/", "main tbody a")
    sheet = page.locator("a[href*='/prints/F-11/']").first.get_attribute("href")
    answer = page.request.get(f"{origin(page)}{sheet}")
    drawn = ["pdftoppm", "-r", "120", "-png", "-l", "1", "-"]
    return subprocess.run(drawn, input=answer.body(), capture_output=True, check=True).stdout


def origin(page: Page) -> str:
    """Return the address of the house."""
    found: str = page.evaluate("location.origin")
    return found


SCREENS = (
    Screen("workbench", "cs", OFFICE, workbench),
    Screen("reception", "rc", OFFICE, reception),
    Screen("till", "ca", OFFICE, till),
    Screen("case-file", "cs", OFFICE, case),
    Screen("technician", "st", PHONE, job),
    Screen("receipt", "ca", OFFICE, receipt),
)
