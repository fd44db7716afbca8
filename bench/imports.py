"""Import a workbook of some 2 000 rows into an empty office, once on each engine.

``python -m bench.imports`` measures this part alone, on the PostgreSQL of the environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench import ending, report, server

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
BOOK = ROOT / "teyue" / "register" / "importing" / "tests" / "samples" / "yunqiyuan.xlsx"
ADDRESSES = ("TEYUE_DATABASE", "TEYUE_DATABASE_OWNER")
EMPTY = "roster"
PARTS = ("read", "keep", "write", "all")


def compare(environment: Mapping[str, str]) -> None:
    """Measure on both engines and write the table; PostgreSQL gets a database for it."""
    without = {name: value for name, value in environment.items() if name not in ADDRESSES}
    subprocess.run(["createdb", "--owner", "teyue_owner", EMPTY], check=True)
    beside = {name: f"{environment[name].rpartition('/')[0]}/{EMPTY}" for name in ADDRESSES}
    rows = [("SQLite", *_measured(without)), ("PostgreSQL", *_measured({**environment, **beside}))]
    report.replace_table(PAGE, "Import", rows)


def _measured(environment: Mapping[str, str]) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory(prefix="teyue-bench-") as name:
        house = server.settings(environment, Path(name))
        server.teyue(house, "migrate", "--verbosity", "0")
        server.teyue(house, "office", "add", "YXY1", "云栖苑")
        told = json.loads(server.inside(house, "bench.roster", str(BOOK)))
    parts = tuple(f"{told[part]:.1f}" for part in PARTS)
    report.say(f"import, {told['rows']} rows: {parts[-1]} s")
    return (str(told["rows"]), *parts)


if __name__ == "__main__":
    with ending.polite():
        compare(os.environ)
