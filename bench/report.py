"""Write figures into the tables of a page, between its markers."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from teyue.foundation import clock

Row = Sequence[object]


def replace_table(page: Path, heading: str, rows: Sequence[Row]) -> None:
    """Put rows under the head of the table that stands below a heading of a page."""
    text = page.read_text(encoding="utf-8")
    found = re.search(rf"(## {re.escape(heading)}\n\n\|.*\n\|[-|]+\n)((?:\|.*\n)*)", text)
    if found is None:
        raise SystemExit(f"{page} has no table “{heading}”")
    lines = "".join(f"| {' | '.join(str(cell) for cell in row)} |\n" for row in rows)
    page.write_text(text[: found.end(1)] + lines + text[found.end(2) :], encoding="utf-8")


def say(line: str) -> None:
    """Tell who is watching how far the run is."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def today() -> str:
    """Return the date as the tables write it."""
    return f"{clock.now():%Y-%m-%d}"


def machine() -> tuple[str, int, str]:
    """Return processor, cores and memory of this machine."""
    cpu = _first(Path("/proc/cpuinfo"), r"model name\s*:\s*(.+)") or "?"
    kib = int(_first(Path("/proc/meminfo"), r"MemTotal:\s*(\d+)") or 0)
    return cpu, os.cpu_count() or 1, f"{kib / 1024**2:.0f} GiB"


def _first(file: Path, pattern: str) -> str:
    found = re.search(pattern, file.read_text(encoding="utf-8"))
    return found.group(1).strip() if found else ""
