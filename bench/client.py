"""A client that keeps its connection, and what it measures."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection
from itertools import count, product
from threading import Barrier, Lock, Thread
from typing import Any

from bench.flow import CALLS, Job
from bench.server import HOST
from teyue.foundation import clock

CREATED = 201


@dataclass(slots=True)
class Jobs:
    """Jobs without end: one household after the other, each hand at a time of its own."""

    told: dict[str, Any]
    line: Lock = field(default_factory=Lock)
    free: Iterator[tuple[str, int]] = field(init=False)
    turn: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.free = iter(product(self.told["starts"], self.told["staff"]))

    def next(self) -> Job:
        """Return a job that nobody else has."""
        with self.line:
            (starts, staff), number = next(self.free), next(self.turn)
        homes = self.told["households"]
        return Job(
            household=homes[number % len(homes)],
            staff=staff,
            starts=datetime.fromisoformat(starts),
            checklist=tuple(self.told["checklist"]),
        )


@dataclass(slots=True)
class Measured:
    """How many flows were finished in how many seconds, and how long each call took (ms)."""

    flows: int = 0
    seconds: float = 0.0
    millis: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def rate(self) -> float:
        """Return finished flows a second."""
        return self.flows / self.seconds if self.seconds else 0.0

    def add(self, other: Measured) -> None:
        """Take in what another client measured at the same time."""
        self.flows += other.flows
        self.seconds = max(self.seconds, other.seconds)
        for name, millis in other.millis.items():
            self.millis[name] += millis


class Client:
    """Somebody at the other end of a connection that is kept."""

    def __init__(self, port: int, tokens: dict[str, str], till: str, name: str) -> None:
        self.connection = HTTPConnection(HOST, port, timeout=60)
        self.tokens, self.till, self.name = tokens, till, name
        self.measured, self.sent = Measured(), count()

    def post(self, who: str, path: str, body: dict[str, Any], key: str) -> tuple[int, Any]:
        """Send one request, and return status and answer."""
        token = self.tokens[self.till if who == "ca" else who]
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        self.connection.request("POST", path, json.dumps(body).encode(), headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def flow(self, job: Job) -> None:
        """Take one order through the six calls."""
        answers: dict[str, Any] = {}
        for call in CALLS:
            body = call.body(job, answers, clock.now())
            begun = time.perf_counter()
            status, answer = self.post(call.who, call.path, body, f"{self.name}-{next(self.sent)}")
            self.measured.millis[call.name].append((time.perf_counter() - begun) * 1000)
            if status != CREATED:
                raise RuntimeError(f"{call.name}: {status} {answer}")
            answers[call.name] = answer
        self.measured.flows += 1

    def work(self, jobs: Jobs, seconds: float, line: Barrier) -> None:
        """Do flow after flow until the time is over."""
        line.wait()
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            self.flow(jobs.next())
        self.measured.seconds = time.monotonic() - begun


def measure(
    port: int, told: dict[str, Any], jobs: Jobs, *, clients: int, seconds: float
) -> Measured:
    """Let some clients work side by side for a while."""
    stamp, tills = time.monotonic_ns(), told["tills"]
    people = [
        Client(port, told["tokens"], tills[n % len(tills)], f"{stamp}-{n}") for n in range(clients)
    ]
    line = Barrier(clients)
    threads = [Thread(target=one.work, args=(jobs, seconds, line)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Measured()
    for one in people:
        total.add(one.measured)
    return total
