"""Take every page of every role in pictures, and list what is wrong with them.

    python -m shots [--at ADDRESS] [--to FOLDER] [ROLE…]

Pictures and faults.txt go to FOLDER, the few that the documents show to docs/screens.
With --at the house that answers there is looked at, otherwise a demo founded for the purpose.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from shots.house import PASSWORD, open_house
from shots.look import faults, picture
from shots.screens import SCREENS
from shots.walk import Walk

RESULTS = Path("test-results") / "shots"
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--lang=zh-CN",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
OFFICE, PHONE = (1440, 900), (390, 844)
LOGINS = ("rc", "ca", "cs", "ds", "om", "gm", "fn", "au", "ad", "st", "su", "rs")
# These roles are also seen in English and in the dark.
ALSO = ("rc", "ca", "cs", "st", "rs")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page is looked at."""

    name: str
    language: str = "zh-hans"
    colors: str = "light"


LIGHT, ENGLISH, DARK = Manner("zh"), Manner("en", "en"), Manner("dark", colors="dark")


def signed_in(browser: Browser, address: str, login: str, manner: Manner) -> Page:
    """Sign in as somebody, by name and password, and return the first page."""
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme=manner.colors,  # type: ignore[arg-type]
        viewport={"width": OFFICE[0], "height": OFFICE[1]},
        bypass_csp=True,
    )
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "django_language", "value": manner.language, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/signin/")
    page.fill("[name=username]", login)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/signin/" not in url)
    return page


def seen(page: Page, login: str, manner: Manner, to: Path) -> Iterator[str]:
    """Take the pages of one role in both sizes, and tell their faults."""
    walk = Walk(page)
    for place in walk.places():
        answer = page.goto(f"{walk.house}{place.path}")
        name = f"{login}/{place.kind}"
        if answer is None or answer.status >= 400:
            yield f"{name}: answers {answer.status if answer else 'nothing'} at {place.path}"
        for width, height in (PHONE, OFFICE):
            page.set_viewport_size({"width": width, "height": height})
            picture(page, to / f"{name}-{width}-{manner.name}.png")
            yield from (f"{name} {width} {manner.name}: {fault}" for fault in faults(page))


def everything(browser: Browser, address: str, logins: list[str], to: Path) -> Iterator[str]:
    """Take what every role sees; some roles in English and in the dark as well."""
    for login in logins:
        for manner in (LIGHT, ENGLISH, DARK) if login in ALSO else (LIGHT,):
            page = signed_in(browser, address, login, manner)
            yield from seen(page, login, manner, to)
            page.context.close()


def chosen(browser: Browser, address: str) -> Iterator[str]:
    """Take the few pictures that the documents show."""
    for screen in SCREENS:
        page = signed_in(browser, address, screen.login, LIGHT)
        yield from screen.take(page)
        page.context.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m shots")
    parser.add_argument("--at", default="")
    parser.add_argument("--to", type=Path, default=RESULTS)
    parser.add_argument("roles", nargs="*", default=list(LOGINS))
    asked = parser.parse_args()
    house = nullcontext(asked.at) if asked.at else open_house()
    with house as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = list(dict.fromkeys(everything(browser, address, asked.roles, asked.to)))
        if asked.roles == list(LOGINS):
            found += chosen(browser, address)
        browser.close()
    asked.to.mkdir(parents=True, exist_ok=True)
    (asked.to / "faults.txt").write_text("".join(f"{fault}\n" for fault in found), "utf-8")
    sys.stdout.write(f"{len(found)} faults, in {asked.to / 'faults.txt'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
