"""Eight cashiers issue receipts at once: the series has no gap and no duplicate."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench import server
from bench.client import Client
from bench.server import Environment

CASHIERS, ORDERS = 8, 400


@dataclass(frozen=True, slots=True)
class Series:
    """What the series looks like afterwards."""

    receipts: int
    gaps: int
    duplicates: int


def issue(environment: Environment) -> Series:
    """Let eight cashiers receive payments until every order is paid."""
    with tempfile.TemporaryDirectory(prefix="teyue-prove-") as name:
        house = server.settings(environment, Path(name))
        server.teyue(house, "migrate", "--verbosity", "0")
        told = json.loads(server.inside(house, "bench.house", str(CASHIERS), "2", str(ORDERS)))
        with ThreadPoolExecutor(CASHIERS) as people, server.serving(house) as running:
            lanes = [told["orders"][lane::CASHIERS] for lane in range(CASHIERS)]
            work = zip(told["tills"], lanes, strict=True)
            list(people.map(lambda one: _lane(running.port, told["tokens"], *one), work))
        serials: list[int] = json.loads(server.inside(house, "prove.inspect"))["serials"]
        server.teyue(house, "verify")
    doubles = sum(count - 1 for count in Counter(serials).values())
    return Series(len(serials), max(serials) - len(set(serials)), doubles)


def _lane(port: int, tokens: dict[str, str], till: str, orders: list[dict[str, str]]) -> None:
    client = Client(port, tokens, till, till)
    for order in orders:
        body = {"order": order["number"], "amount": order["required"], "method": "cash"}
        client.post("ca", "/api/v1/receipts", body, f"{till}-{order['number']}")
