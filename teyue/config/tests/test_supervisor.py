from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from teyue.config import supervisor
from teyue.config.supervisor import Child

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def child(monkeypatch):
    monkeypatch.setattr(supervisor, "REST_SECONDS", 0)
    child = Child("sleeper", SLEEP)
    yield child
    child.process.terminate()
    child.end()


def test_a_process_that_was_killed_is_started_again(child: Child):
    first = child.process
    first.kill()
    first.wait()

    child.look_after(Event())

    assert child.process.pid != first.pid
    assert child.process.poll() is None


def test_nothing_is_started_again_while_the_house_closes(child: Child):
    child.process.kill()
    child.process.wait()
    closing = Event()
    closing.set()

    child.look_after(closing)

    assert child.process.poll() is not None


def test_what_a_process_started_does_not_outlive_it(tmp_path: Path):
    mark = tmp_path / "pid"
    shell = ["bash", "-c", f"sleep 60 & echo $! >{mark}.new; mv {mark}.new {mark}; wait"]
    parent = Child("parent", shell)
    eventually(mark.exists)

    parent.process.kill()
    parent.end()

    assert eventually(lambda: not runs(mark.read_text().strip()))


def runs(pid: str) -> bool:
    status = Path("/proc", pid, "status")
    return status.exists() and "zombie" not in status.read_text()


def eventually(holds: Callable[[], bool]) -> bool:
    return any(holds() or Event().wait(0.02) for _ in range(500))
