"""Kill the server while fifty payments run: whatever was acknowledged is there once."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any

from bench import server
from bench.client import CREATED, Client
from bench.server import Environment, Server

PAYMENTS, CASHIERS = 50, 8
RECEIPTS = "/api/v1/receipts"
LATEST_SECONDS = 1.2


@dataclass(slots=True)
class Toll:
    """What became of the payments of a run."""

    kills: int = 0
    acknowledged: int = 0
    once: int = 0
    lost: int = 0
    double: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment: by whom, for which order, under which key."""

    till: str
    order: str
    amount: str
    key: str


def kill_and_count(environment: Environment, *, seed: int, kills: int) -> Toll:
    """Fill a house, kill its server again and again, and count what is left."""
    toll, chance = Toll(), Random(seed)
    with tempfile.TemporaryDirectory(prefix="teyue-prove-") as name:
        house = server.settings(environment, Path(name))
        server.teyue(house, "migrate", "--verbosity", "0")
        numbers = (str(CASHIERS), "2", str(kills * PAYMENTS))
        told = json.loads(server.inside(house, "bench.house", *numbers))
        with server.serving(house) as running:
            for turn in range(kills):
                orders = told["orders"][turn * PAYMENTS : (turn + 1) * PAYMENTS]
                _one_kill(running, house, told, orders, chance, toll)
        toll.faults += _faults(house)
    return toll


def _one_kill(
    running: Server,
    house: Environment,
    told: dict[str, Any],
    orders: Sequence[dict[str, str]],
    chance: Random,
    toll: Toll,
) -> None:
    payments = [
        Payment(
            chance.choice(told["tills"]),
            order["number"],
            order["required"],
            f"pay-{order['number']}",
        )
        for order in orders
    ]
    with ThreadPoolExecutor(PAYMENTS) as people:
        sent = [people.submit(_pay, running.port, told["tokens"], one) for one in payments]
        time.sleep(chance.uniform(0.05, LATEST_SECONDS))
        running.kill()
        first = {one.order: done.result() for one, done in zip(payments, sent, strict=True)}
    toll.kills += 1
    found = _found(house)
    _count(first, found, toll)
    running.restart()
    again = {one.order: _pay(running.port, told["tokens"], one) for one in payments}
    _compare(first, again, _found(house), toll)


def _pay(port: int, tokens: dict[str, str], payment: Payment) -> str:
    """Pay, and return the number of the receipt; '' when nobody said that it was done."""
    body = {"order": payment.order, "amount": payment.amount, "method": "cash"}
    client = Client(port, tokens, payment.till, payment.key)
    try:
        status, answer = client.post("ca", RECEIPTS, body, payment.key)
    except (OSError, HTTPException, ValueError):
        return ""
    return str(answer["number"]) if status == CREATED else ""


def _count(first: Mapping[str, str], found: Mapping[str, int], toll: Toll) -> None:
    for order, receipt in first.items():
        there = found.get(order, 0)
        toll.acknowledged += bool(receipt)
        toll.lost += bool(receipt) and not there
        toll.double += there > 1


def _compare(
    first: Mapping[str, str], again: Mapping[str, str], found: Mapping[str, int], toll: Toll
) -> None:
    for order, receipt in again.items():
        toll.once += bool(first[order]) and found.get(order, 0) == 1
        toll.double += found.get(order, 0) > 1
        if not receipt:
            toll.faults.append(f"{order} was not received when it was sent again")
        elif first[order] not in ("", receipt):
            toll.faults.append(f"{order} has two receipts: {first[order]} and {receipt}")


def _found(house: Environment) -> dict[str, int]:
    orders: dict[str, int] = json.loads(server.inside(house, "prove.inspect"))["orders"]
    return orders


def _faults(house: Environment) -> list[str]:
    serials = json.loads(server.inside(house, "prove.inspect"))["serials"]
    faults = [] if serials == list(range(1, len(serials) + 1)) else ["receipt serials have a gap"]
    server.teyue(house, "verify")
    server.teyue(house, "check")
    return faults
