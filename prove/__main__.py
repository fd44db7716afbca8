"""Prove, on both engines: kills, the receipt series, made-up requests, backups, random walks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench import ending, report
from prove import copies, engines, kills, made_up, series, walks

PAGE = Path(__file__).parent.parent / "docs" / "reliability.md"
SEED = int(os.environ.get("TEYUE_PROVE_SEED", "20261124"))
# Ten minutes on two idle cores; everything grows with the time that is given.
SHARE = float(os.environ.get("PROVE_MINUTES", "10")) / 10
WALKS = round(60 * SHARE) or 1
KILLS = round(4 * SHARE) or 1
REQUESTS = round(8 * SHARE) or 1
COPIES = round(2 * SHARE) or 1


def main() -> int:
    """Run everything, write the tables, and say whether all of it held."""
    held = [_killed(), _issued(), _made_up(), _copied(), _walked()]
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


def _made_up() -> bool:
    heading, found = "Requests that were made up", {}
    for engine, environment in engines.both().items():
        empty = engines.emptied(environment)
        found[engine] = made_up.make_up(empty, seed=SEED, examples=REQUESTS)
        report.say(
            "\n".join([f"{engine}: {heading}", *sorted(found[engine].faults | found[engine].wrong)])
        )
    rows = [(engine, SEED, *one.figures, report.today()) for engine, one in found.items()]
    report.replace_table(PAGE, heading, rows)
    return not any(one.faults or one.wrong for one in found.values())


def _copied() -> bool:
    heading, found = "Restored backups", {}
    for engine, environment in engines.both().items():
        empty = engines.emptied(environment)
        found[engine] = copies.copy_and_restore(empty, seed=SEED, copies=COPIES)
        report.say(f"{engine}: {found[engine]}")
    rows = [
        (engine, one.made, one.sound, one.refused, one.killed, one.left, report.today())
        for engine, one in found.items()
    ]
    report.replace_table(PAGE, heading, rows)
    return all(one.holds for one in found.values())


def _walked() -> bool:
    heading, found = "Random steps: invariants, balance, standing", {}
    for engine, environment in engines.both().items():
        found[engine] = walks.walk(environment, seed=SEED, examples=WALKS)
        report.say(f"{engine}: {found[engine]}")
    rows = [
        (engine, SEED, one.sequences, one.taken, one.refused, one.violations, report.today())
        for engine, one in found.items()
    ]
    report.replace_table(PAGE, heading, rows)
    return not any(one.violations for one in found.values())


if __name__ == "__main__":
    with ending.polite():
        sys.exit(main())
