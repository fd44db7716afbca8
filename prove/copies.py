"""Back up while payments run, kill some of it, and restore every copy into an empty house."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from bench import server
from bench.client import CREATED, Client
from bench.server import BIN, Environment
from prove import engines

CASHIERS, ORDERS = 4, 160
EARLIEST_SECONDS, LATEST_SECONDS = 0.5, 4.0


@dataclass(slots=True)
class Copies:
    """What became of backups: made under load, restored and sound, refused without keys, killed."""

    made: int = 0
    sound: int = 0
    refused: int = 0
    killed: int = 0
    left: int = 0

    @property
    def holds(self) -> bool:
        """Tell whether every copy was good, and nothing of a killed one stayed behind."""
        return self.made == self.sound == self.refused and not self.left


def copy_and_restore(environment: Environment, *, seed: int, copies: int) -> Copies:
    """Copy a house that works, as often as wanted, and restore every copy elsewhere."""
    found, chance = Copies(), Random(seed)
    with tempfile.TemporaryDirectory(prefix="teyue-prove-") as name:
        place = Path(name)
        house = server.settings(environment, place / "data")
        (place / "data").mkdir()
        server.teyue(house, "migrate", "--verbosity", "0")
        told = json.loads(server.inside(house, "bench.house", str(CASHIERS), "2", str(ORDERS)))
        with server.serving(house) as running, Payments(running.port, told):
            for number in range(copies):
                _kill_one(house, place / f"killed{number}.tar", chance, found)
                server.teyue(house, "backup", str(place / f"copy{number}.tar"))
                found.made += 1
                found.left += len(_left(place))
        for number in range(copies):
            _restore(environment, place, place / f"copy{number}.tar", found)
    return found


class Payments:
    """Cashiers who receive payments for as long as the block lasts."""

    def __init__(self, port: int, told: dict[str, Any]) -> None:
        self.port, self.told, self.over = port, told, Event()
        self.people = ThreadPoolExecutor(CASHIERS)

    def __enter__(self) -> None:
        for lane, till in enumerate(self.told["tills"]):
            self.people.submit(self._lane, till, self.told["orders"][lane::CASHIERS])

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.people.shutdown()

    def _lane(self, till: str, orders: list[dict[str, str]]) -> None:
        client = Client(self.port, self.told["tokens"], till, till)
        for order in orders:
            if self.over.is_set():
                return
            body = {"order": order["number"], "amount": order["required"], "method": "cash"}
            status, answer = client.post("ca", "/api/v1/receipts", body, f"copy-{order['number']}")
            if status != CREATED:
                raise RuntimeError(f"{status} {answer}")


def _kill_one(house: Environment, target: Path, chance: Random, found: Copies) -> None:
    backup = subprocess.Popen([str(BIN / "teyue"), "backup", str(target)], env=dict(house))
    time.sleep(chance.uniform(EARLIEST_SECONDS, LATEST_SECONDS))
    backup.kill()
    backup.wait()
    found.killed += 1


def _restore(environment: Environment, place: Path, copy: Path, found: Copies) -> None:
    """Restore a copy: not without the keys, and with them whole, verified and free of findings."""
    there = place / copy.stem
    there.mkdir()
    house = server.settings(engines.emptied(environment), there)
    server.teyue(house, "migrate", "--verbosity", "0")
    command = [str(BIN / "teyue"), "restore", str(copy)]
    locked = subprocess.run(command, env=house, check=False, capture_output=True)
    found.refused += locked.returncode != 0
    shutil.rmtree(there / "keys")
    shutil.copytree(place / "data" / "keys", there / "keys")
    with suppress(SystemExit):
        # It verifies the journal at its end.
        server.run(house, *command)
        server.teyue(house, "check")
        found.sound += 1


def _left(place: Path) -> list[Path]:
    drafts = "*.teyue-partial", "data/teyue-backup-*"
    return [path for pattern in drafts for path in place.glob(pattern)]
