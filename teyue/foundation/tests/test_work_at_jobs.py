from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from teyue.foundation.outbox.jobs import sweep
from teyue.foundation.tests.cast import AT

PROGRAM = """
import sys, time
from datetime import timedelta
from pathlib import Path
import django
django.setup()
from teyue.foundation.outbox.jobs import Job
from teyue.foundation.outbox.worker import worker
place = Path(sys.argv[1])
def note(text):
    with (place / "notes").open("a") as file:
        file.write(text)
def run(at):
    note("<")
    time.sleep(0.6)
    note(">")
worker([Job("beat", timedelta(seconds=1), run)], place).run()
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
        started.append(subprocess.Popen(command, env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def wait_for(place: Path, text: str) -> str:
    for _ in range(300):
        found = (place / "notes").read_text() if (place / "notes").exists() else ""
        if text in found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{text} did not come")


def test_a_worker_that_is_asked_to_stop_ends_its_job_first(start, tmp_path: Path):
    process = start()
    wait_for(tmp_path, "<")

    process.send_signal(signal.SIGTERM)

    assert process.wait(15) == 0
    found = (tmp_path / "notes").read_text()
    assert found.count("<") == found.count(">")


def test_a_worker_that_was_killed_in_a_job_takes_it_up_again(start, tmp_path: Path):
    first = start()
    wait_for(tmp_path, "<")
    first.kill()
    first.wait()

    start()

    assert "<" in wait_for(tmp_path, ">")


def test_jobs_come_again_and_again(start, tmp_path: Path):
    start()

    assert wait_for(tmp_path, "<><><>")


def test_a_sweep_that_fails_hinders_no_other():
    done: list[datetime] = []

    def fail(at: datetime) -> None:
        raise KeyError

    sweep((fail, done.append), AT)

    assert done == [AT]
