"""Start the house on an address of its own, and end it, gently or not."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

HOST = "127.0.0.1"
BIN = Path(sys.executable).parent
WORKERS = 2
PATIENCE_SECONDS = 120
# Of every account of a house that lives as long as its run.
PASSWORD = "bench-bench-bench"
Environment = Mapping[str, str]
START = (
    "import django, runpy, sys; django.setup(); runpy.run_module(sys.argv[1], run_name='__main__')"
)


def run(environment: Environment, *command: str) -> str:
    """Run a command of the house and return what it says; its errors end the run."""
    done = subprocess.run(
        command, env=dict(environment), check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def inside(environment: Environment, module: str, *words: str) -> str:
    """Run a module in a process of the house, after its settings are read."""
    return run(environment, sys.executable, "-c", START, module, *words)


def teyue(environment: Environment, *words: str) -> str:
    """Run the house's own command."""
    return run(environment, str(BIN / "teyue"), *words)


def settings(environment: Environment, data: Path) -> dict[str, str]:
    """Return an environment for a house whose files stand in ``data``."""
    return {
        **environment,
        "TEYUE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "teyue.config.settings",
    }


def free_port() -> int:
    """Return a port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Server:
    """The web server of the house with two workers, in a process group of its own."""

    def __init__(self, environment: Environment, port: int) -> None:
        self.environment, self.port = environment, port
        self.process = self._start()

    def kill(self) -> None:
        """End it as a power cut would: all its processes at once, with nothing said."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def restart(self) -> None:
        """Start it again where it was."""
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [
            str(BIN / "granian"),
            *("--interface", "wsgi", "--host", HOST, "--port", str(self.port)),
            *("--workers", str(WORKERS), "--blocking-threads", "2"),
            *("--log-level", "error", "teyue.config.wsgi:application"),
        ]
        process = subprocess.Popen(command, env=dict(self.environment), start_new_session=True)
        if not self._answers():
            os.killpg(process.pid, signal.SIGKILL)
            raise SystemExit("the server did not start")
        return process

    def _answers(self) -> bool:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                knock = HTTPConnection(HOST, self.port, timeout=30)
                knock.request("GET", "/api/v1/orders")
                knock.getresponse().read()
            except OSError:
                time.sleep(0.1)
            else:
                return True
        return False


@contextmanager
def serving(environment: Environment) -> Iterator[Server]:
    """Have a server for a while."""
    server = Server(environment, free_port())
    try:
        yield server
    finally:
        server.stop()
