"""Walk through every page that a role can open, beginning at its menu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

MENU = "nav.ty-side a[href], nav.ty-tabs a[href]"
INSIDE = "main a[href]:not([target]):not([download])"
NO_PAGE = re.compile(r"\.(?:pdf|xlsx|csv|zip|json)$|^/(?:static|api|files)/")
MOST_PAGES = 45


@dataclass(frozen=True, slots=True)
class Place:
    """A page: what it is a page of, and where one of these stands."""

    kind: str
    path: str


def kind_of(path: str) -> str:
    """Return the name of a kind of page: /orders/F07-1/ and /orders/F07-2/ are both orders-one."""
    segments = [part for part in path.split("/") if part]
    named = ["one" if re.search(r"[\d.]", part) else part for part in segments]
    return "-".join(named) or "home"


class Walk:
    """The pages of one role, each kind once, those of the menu first."""

    def __init__(self, page: Page) -> None:
        self.page = page
        parts = urlsplit(page.url)
        self.house = f"{parts.scheme}://{parts.netloc}"
        self.known: dict[str, Place] = {}

    def places(self) -> Iterator[Place]:
        """Return the places one by one; whoever takes one opens it before asking for the next."""
        self._know(self.page.url)
        self._add(MENU)
        opened = 0
        while opened < min(len(self.known), MOST_PAGES):
            yield list(self.known.values())[opened]
            opened += 1
            self._add(INSIDE)

    def _add(self, selector: str) -> None:
        links: list[str] = self.page.eval_on_selector_all(selector, "all => all.map(a => a.href)")
        for link in links:
            self._know(link)

    def _know(self, link: str) -> None:
        parts = urlsplit(link)
        if parts.netloc == urlsplit(self.page.url).netloc and not NO_PAGE.search(parts.path):
            kind = kind_of(parts.path)
            self.known.setdefault(kind, Place(kind, parts._replace(scheme="", netloc="").geturl()))
