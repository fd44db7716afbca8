"""Prove: random walks, kills and the receipt series, on both engines."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench import report
from prove import engines, kills, series, walks

PAGE = Path(__file__).parent.parent / "docs" / "reliability.md"
SEED = int(os.environ.get("TEYUE_PROVE_SEED", "20261124"))
EXAMPLES = int(os.environ.get("TEYUE_PROVE_EXAMPLES", "400"))
KILLS = int(os.environ.get("TEYUE_PROVE_KILLS", "6"))


def main() -> int:
    """Run everything, write the tables, and say whether all of it held."""
    held = [_killed(), _issued(), _walked()]
    return 0 if all(held) else 1


def _killed() -> bool:
    heading, tolls = "Killed while 50 payments run", {}
    for engine, environment in engines.both().items():
        tolls[engine] = kills.kill_and_count(engines.emptied(environment), seed=SEED, kills=KILLS)
        report.say(f"{engine}: {tolls[engine]}")
    rows = [
        (
            engine,
            SEED,
            toll.kills,
            toll.acknowledged,
            toll.once,
            toll.lost,
            toll.double,
            report.today(),
        )
        for engine, toll in tolls.items()
    ]
    report.replace_table(PAGE, heading, rows)
    return not any(toll.lost or toll.double or toll.faults for toll in tolls.values())


def _issued() -> bool:
    found = {}
    for engine, environment in engines.both().items():
        found[engine] = series.issue(engines.emptied(environment))
        report.say(f"{engine}: {found[engine]}")
    rows = [
        (engine, one.receipts, one.gaps, one.duplicates, report.today())
        for engine, one in found.items()
    ]
    report.replace_table(PAGE, "Receipt series under 8 threads", rows)
    return not any(one.gaps or one.duplicates for one in found.values())


def _walked() -> bool:
    heading, found = "Random steps: invariants, balance, standing", {}
    for engine, environment in engines.both().items():
        found[engine] = walks.walk(environment, seed=SEED, examples=EXAMPLES)
        report.say(f"{engine}: {found[engine]}")
    rows = [
        (engine, SEED, one.sequences, one.taken, one.refused, one.violations, report.today())
        for engine, one in found.items()
    ]
    report.replace_table(PAGE, heading, rows)
    return not any(one.violations for one in found.values())


if __name__ == "__main__":
    sys.exit(main())
