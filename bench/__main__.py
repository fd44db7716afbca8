"""Compare the house with plain SQL, round by round, on the PostgreSQL of the environment."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import ending, imports, report, server
from bench.client import Jobs, Measured, measure
from bench.flow import CALLS

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
SECONDS = float(os.environ.get("TEYUE_BENCH_SECONDS", "15"))
ROUNDS = int(os.environ.get("TEYUE_BENCH_ROUNDS", "3"))
CLIENTS = (1, 8)
HANDS = 60
RAW = "rawflow"
COMMITTED = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'teyue'"
# After so long a server has added up the counters of every connection that is idle.
SETTLED_SECONDS = 11.0


def main() -> None:
    """Measure in interleaved rounds and write the tables."""
    if "TEYUE_DATABASE" not in os.environ:
        raise SystemExit("run it by `make bench`, which brings a PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="teyue-bench-") as name:
        environment = server.settings(os.environ, Path(name))
        server.teyue(environment, "migrate", "--verbosity", "0")
        filled = server.inside(environment, "bench.house", str(max(CLIENTS)), str(HANDS), "0")
        _make_raw()
        with server.serving(environment) as house:
            _compare(house, json.loads(filled))
    imports.compare(os.environ)


def _compare(house: server.Server, told: dict[str, Any]) -> None:
    jobs = Jobs(told)
    ours: dict[int, Measured] = defaultdict(Measured)
    raw: dict[int, list[float]] = defaultdict(list)
    commits: dict[int, int] = defaultdict(int)
    measure(house.port, told, jobs, clients=max(CLIENTS), seconds=2)
    before = _settled_commits(SETTLED_SECONDS)
    for number in range(ROUNDS):
        for clients in CLIENTS:
            found = measure(house.port, told, jobs, clients=clients, seconds=SECONDS)
            raw[clients].append(_raw(clients))
            after = _settled_commits(SETTLED_SECONDS - SECONDS)
            commits[clients] += after - before
            before = after
            _add(ours[clients], found)
            report.say(f"round {number + 1}, {clients} clients: {found.rate:.1f} flows/s")
    per_flow = {clients: commits[clients] / ours[clients].flows for clients in CLIENTS}
    _write(ours, raw, per_flow, told["statements"])


def _add(whole: Measured, part: Measured) -> None:
    seconds = whole.seconds + part.seconds
    whole.add(part)
    whole.seconds = seconds


def _write(
    ours: dict[int, Measured],
    raw: dict[int, list[float]],
    commits: dict[int, float],
    statements: dict[str, int],
) -> None:
    cpu, cores, memory = report.machine()
    version = _psql("postgres", "-tAc", "SHOW server_version").split()[0]
    line = (cpu, cores, memory, version, platform.python_version(), report.today())
    report.replace_table(PAGE, "Machine", [line])
    report.replace_table(
        PAGE,
        "Flows",
        [
            (
                clients,
                f"{ours[clients].rate:.1f}",
                f"{_mean(raw[clients]):.1f}",
                f"{100 * ours[clients].rate / _mean(raw[clients]):.1f} %",
                sum(statements.values()),
                f"{commits[clients]:.1f}",
            )
            for clients in CLIENTS
        ],
    )
    rows = [
        (call.name, clients, *_percentiles(ours[clients].millis[call.name]), statements[call.name])
        for clients in CLIENTS
        for call in CALLS
    ]
    report.replace_table(PAGE, "Steps", rows)


def _percentiles(millis: list[float]) -> tuple[str, str]:
    cuts = quantiles(millis, n=20)
    return f"{cuts[9]:.1f}", f"{cuts[18]:.1f}"


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _make_raw() -> None:
    _run("createdb", RAW)
    _psql(RAW, "-q", "-f", str(HERE / "raw_schema.sql"))


def _raw(clients: int) -> float:
    threads = min(clients, os.cpu_count() or 1)
    told = _run(
        *("pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(threads)),
        *("-T", str(max(1, int(SECONDS))), "-f", str(HERE / "raw_flow.sql"), RAW),
    )
    found = re.search(r"tps = ([\d.]+)", told)
    if found is None:
        raise SystemExit(told)
    return float(found.group(1))


def _settled_commits(rest: float) -> int:
    """Count the commits of the house after it has been idle for ``rest`` seconds more."""
    time.sleep(max(0.0, rest))
    return int(_psql("postgres", "-tAc", COMMITTED))


def _psql(database: str, *words: str) -> str:
    return _run("psql", "-X", "-v", "ON_ERROR_STOP=1", "-d", database, *words)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    with ending.polite():
        main()
