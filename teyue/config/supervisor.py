"""Keeps the processes of the house running until somebody ends it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from threading import Event

import structlog

logger = structlog.get_logger(__name__)

LOOK_SECONDS = 0.5
REST_SECONDS = 2
FAREWELL_SECONDS = 15


class Child:
    """One process that is started again whenever it dies."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = command
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        # A group of its own, so that nothing it started outlives it; and the death of the
        # supervisor, even by kill -9, asks it to stop.
        return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *self.command], process_group=0)

    def look_after(self, stopping: Event) -> None:
        """Start the process again if it died, after a rest so that a broken one does not spin."""
        code = self.process.poll()
        if code is None or stopping.is_set():
            return
        logger.error("process died", name=self.name, code=code)
        self._sweep()
        if not stopping.wait(REST_SECONDS):
            self.process = self._start()

    def end(self) -> None:
        """Wait for the process that was asked to stop, and kill it when it does not."""
        try:
            self.process.wait(FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            logger.error("process killed", name=self.name)
        self._sweep()
        self.process.wait()

    def _sweep(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def supervise(commands: dict[str, Sequence[str]]) -> None:
    """Run the named commands until SIGTERM or SIGINT, then end them all."""
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    children = [Child(name, command) for name, command in commands.items()]
    while not stopping.wait(LOOK_SECONDS):
        for child in children:
            child.look_after(stopping)
    for child in children:
        child.process.terminate()
    for child in children:
        child.end()
