"""A demo house of its own: founded in a folder, served on the loopback, gone afterwards.

python -m shots.house PORT     (the folder is TEYUE_DATA, the password TEYUE_DEMO_PASSWORD)
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.error import URLError
from urllib.request import urlopen

import django
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from teyue.foundation import clock

HOST = "127.0.0.1"
PASSWORD = "yunqiyuan-1042"
# Every run shows the same Tuesday morning, so that pictures can be compared.
MORNING = datetime(2026, 11, 24, 10, 42, tzinfo=clock.HOUSE)
PATIENCE_SECONDS = 300
FOREIGN = ("TEYUE_DATABASE", "TEYUE_DATABASE_OWNER", "TEYUE_ORIGIN", "TEYUE_CONNECT_AS")


@contextmanager
def open_house() -> Iterator[str]:
    """Found a demo, serve it while the block lasts, and return its address."""
    with tempfile.TemporaryDirectory(prefix="teyue-shots-") as data:
        port = free_port()
        own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        own |= {"TEYUE_DATA": data, "TEYUE_DEMO_PASSWORD": PASSWORD}
        own |= {"DJANGO_SETTINGS_MODULE": "shots.settings"}
        server = subprocess.Popen(
            [sys.executable, "-m", "shots.house", str(port)], env=own, stdout=subprocess.DEVNULL
        )
        try:
            address = f"http://{HOST}:{port}"
            wait_for(address, server)
            yield address
        finally:
            server.kill()
            server.wait()


def free_port() -> int:
    """Return a port of the loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the sign-in page answers; raises RuntimeError if it never does."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(f"{address}/signin/", timeout=20).close()
        except (URLError, TimeoutError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("The demo house did not open.")


class Quiet(WSGIRequestHandler):
    """Answers without a word on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        return


def set_clock() -> None:
    """Let the day begin at MORNING and go on from there."""
    real = clock.now
    ahead = MORNING - real()
    clock.now = lambda: real() + ahead


def main(port: int) -> None:
    set_clock()
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("demo")
    server = ThreadedWSGIServer((HOST, port), Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
