"""Send made-up requests to every endpoint of the description, as everybody and as nobody.

Half of them fit the description and half do not; half of the names in them are real. No answer
may be a fault, each status must be described, each refusal must say which rule and what to do,
and nobody without a token may learn anything but what is public.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from bench import server
from bench.client import Client, Jobs
from bench.server import HOST, PASSWORD, Environment

API = "/api/v1"
PROBLEM = "application/problem+json"
PUBLIC = (f"{API}/public/", f"{API}/tokens")
# Said by the house itself, whatever the endpoint: not readable, too often, busy.
EVERYWHERE = frozenset({400, 405, 413, 415, 429, 503})
IDS, FLOWS, PATIENCE_SECONDS = 40, 6, 60
LAST = "people.revoke_token"
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@dataclass(slots=True)
class MadeUp:
    """How many requests were made up for how many endpoints, and what was wrong with answers."""

    endpoints: int = 0
    requests: int = 0
    faults: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)

    @property
    def figures(self) -> tuple[int, int, int, int]:
        """Return endpoints, requests, faults and other wrong answers."""
        return self.endpoints, self.requests, len(self.faults), len(self.wrong)


class Guest:
    """Asks one endpoint after the other, each time as somebody else."""

    def __init__(self, port: int, told: Mapping[str, Any], chance: Random) -> None:
        self.base = f"http://{HOST}:{port}"
        self.told, self.chance, self.found = told, chance, MadeUp()
        self.line = requests.Session()
        self.tokens = [self._token(login) for login in told["logins"]]

    def ask(self, operation: Any, *, seed: int, examples: int) -> None:
        """Make up requests for one endpoint."""
        self.found.endpoints += 1
        for mode in MODES:
            strategy = operation.as_strategy(generation_mode=mode)
            _each(strategy, self._send, seed=seed, examples=examples)

    def _send(self, case: Any) -> None:
        token = self.chance.choice([*self.tokens, ""])
        self._name_real_ones(case)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = case.call(
            base_url=self.base, session=self.line, headers=headers, timeout=PATIENCE_SECONDS
        )
        self.found.requests += 1
        self._judge(case, answer, signed_in=bool(token))

    def _name_real_ones(self, case: Any) -> None:
        for place in (case.path_parameters, case.body):
            for name, value in place.items() if isinstance(place, dict) else ():
                if self.chance.random() < 0.5:
                    place[name] = self._real(value)

    def _real(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.chance.choice(self.told["numbers"])
        return self.chance.randint(1, IDS) if type(value) is int else value

    def _judge(self, case: Any, answer: Any, *, signed_in: bool) -> None:
        endpoint, status = f"{case.method} {case.path}", answer.status_code
        described = {*map(str, case.operation.definition.raw["responses"])}
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.SERVICE_UNAVAILABLE:
            self.found.faults.add(f"{endpoint}: {status} {answer.text[:200]}")
        elif str(status) not in described and status not in EVERYWHERE:
            self.found.wrong.add(f"{endpoint}: {status} is not described")
        elif status >= HTTPStatus.BAD_REQUEST and not _is_explained(answer):
            self.found.wrong.add(f"{endpoint}: {status} does not say why: {answer.text[:200]}")
        elif status < HTTPStatus.BAD_REQUEST and not (signed_in or case.path.startswith(PUBLIC)):
            self.found.wrong.add(f"{endpoint}: {status} for nobody")

    def _token(self, login: str) -> str:
        known = {"username": login, "password": PASSWORD}
        answer = self.line.post(f"{self.base}{API}/tokens", json=known, timeout=PATIENCE_SECONDS)
        return str(answer.json()["token"])


def make_up(environment: Environment, *, seed: int, examples: int) -> MadeUp:
    """Fill a house, let some orders run through it, and ask everything of it."""
    with tempfile.TemporaryDirectory(prefix="teyue-prove-") as name:
        house = server.settings(environment, Path(name))
        server.teyue(house, "migrate", "--verbosity", "0")
        told = json.loads(server.inside(house, "bench.house", "1", "2", "12"))
        with server.serving(house) as running:
            _live(running.port, told)
            known = json.loads(server.inside(house, "prove.guests"))
            guest = Guest(running.port, known, Random(seed))
            for operation in _operations(guest):
                guest.ask(operation, seed=seed, examples=examples)
        server.teyue(house, "verify")
        server.teyue(house, "check")
    return guest.found


def _live(port: int, told: Mapping[str, Any]) -> None:
    client, jobs = Client(port, told["tokens"], told["tills"][0], "live"), Jobs(dict(told))
    for _ in range(FLOWS):
        client.flow(jobs.next())


def _operations(guest: Guest) -> list[Any]:
    address = f"{guest.base}{API}/openapi.json"
    schema = schemathesis.openapi.from_dict(guest.line.get(address, timeout=60).json())
    every: Any = schema.get_all_operations()
    found = [one.ok() for one in every]
    # Whoever gives a token back cannot go on with it.
    return sorted(found, key=lambda one: one.definition.raw.get("operationId") == LAST)


def _each(strategy: Any, ask: Callable[[Any], None], *, seed: int, examples: int) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(strategy)
    def one(case: Any) -> None:
        ask(case)

    # Where nothing is asked for, nothing can be asked wrongly.
    with suppress(Unsatisfiable):
        one()


def _is_explained(answer: Any) -> bool:
    if answer.headers.get("content-type", [""])[0].partition(";")[0] != PROBLEM:
        return False
    said = answer.json()
    return bool(said.get("code") and said.get("detail"))
