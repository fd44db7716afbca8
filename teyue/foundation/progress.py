"""A bar for whoever waits at a terminal, a line now and then for whoever reads a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 30
LINES = 4


@contextmanager
def shown(label: str, total: int, stream: TextIO | None = None) -> Iterator[Callable[[int], None]]:
    """Show how much is done; the callable that is given takes the number done so far."""
    out = stream or sys.stderr
    show = _bar(label, total, out) if out.isatty() else _lines(label, total, out)
    yield show
    if out.isatty():
        out.write("\n")
        out.flush()


def _bar(label: str, total: int, out: TextIO) -> Callable[[int], None]:
    last = [-1]

    def show(done: int) -> None:
        filled = WIDTH * min(done, total) // total if total else WIDTH
        if filled != last[0] or done >= total:
            last[0] = filled
            out.write(f"\r{label} [{'█' * filled}{'·' * (WIDTH - filled)}] {done}/{total}")
            out.flush()

    return show


def _lines(label: str, total: int, out: TextIO) -> Callable[[int], None]:
    last = [0]

    def show(done: int) -> None:
        reached = LINES * min(done, total) // total if total else LINES
        if reached > last[0]:
            last[0] = reached
            out.write(f"{label} {done}/{total}\n")
            out.flush()

    return show
