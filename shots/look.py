"""Look at one page: a picture of it, and what a reader or a machine would trip over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
AXE = Axe()
OVERFLOW = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
FILLED = "main .btn-primary:not([aria-disabled])"


def picture(page: Page, file: Path) -> None:
    """Take the whole page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True, animations="disabled")


def faults(page: Page) -> Iterator[str]:
    """Tell what is wrong: sideways scrolling, several primary buttons, barriers."""
    if (beyond := page.evaluate(OVERFLOW)) > 0:
        yield f"is {beyond} px wider than the screen"
    if (filled := page.locator(FILLED).filter(visible=True).count()) > 1:
        yield f"has {filled} primary buttons"
    yield from barriers(page)


def barriers(page: Page) -> Iterator[str]:
    """Tell what axe finds serious or critical, with the first place of each."""
    for found in AXE.run(page).response["violations"]:
        if found["impact"] in GRAVE:
            nodes = found["nodes"]
            first = nodes[0]
            why = first["failureSummary"].splitlines()[1].strip()
            yield f"{found['id']} ×{len(nodes)}: {first['html'][:160]} — {why[:160]}"
