"""Where the rows are kept: SQLite by default, PostgreSQL by address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dj_database_url

PATIENCE_SECONDS = 20

# FULL makes a commit in WAL mode survive a power cut, which NORMAL does not: receipts are money.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"

POSTGRES_START = " ".join(
    [
        f"-c lock_timeout={PATIENCE_SECONDS}s",
        "-c idle_in_transaction_session_timeout=300s",
        # A paper is fetched with all that its step looks at. Weighing every order of so many joins
        # takes ten times as long as reading them.
        "-c join_collapse_limit=4",
    ]
)


def database(environ: Mapping[str, str], data: Path) -> dict[str, Any]:
    """Describe the database that the environment names, with what makes its commits safe."""
    found: dict[str, Any] = dict(dj_database_url.parse(_address(environ, data)))
    found["TEST"] = dict(found.get("TEST", {}))
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = found.get("OPTIONS", {}) | _sqlite_options()
    else:
        found["ENGINE"] = "teyue.config.postgresql"
        found["OPTIONS"] = _postgres_options(found.get("OPTIONS", {}))
        found["CONN_MAX_AGE"] = 60
        found["CONN_HEALTH_CHECKS"] = True
    return found


def serving_role(environ: Mapping[str, str]) -> str:
    """Name the role that serves, from which migrations take away the right to change what is kept.

    Empty where one role both owns and serves.
    """
    if "TEYUE_DATABASE_OWNER" not in environ:
        return ""
    return str(dj_database_url.parse(environ["TEYUE_DATABASE"])["USER"])


def _address(environ: Mapping[str, str], data: Path) -> str:
    if environ.get("TEYUE_CONNECT_AS") == "owner" and "TEYUE_DATABASE_OWNER" in environ:
        return environ["TEYUE_DATABASE_OWNER"]
    return environ.get("TEYUE_DATABASE") or f"sqlite:///{data / 'teyue.sqlite3'}"


def _sqlite_options() -> dict[str, Any]:
    return {
        # A transaction that begins deferred is refused, not queued, when it turns to writing.
        "transaction_mode": "IMMEDIATE",
        "timeout": PATIENCE_SECONDS,
        "init_command": SQLITE_START,
    }


def _postgres_options(given: Mapping[str, Any]) -> dict[str, Any]:
    start = " ".join(filter(None, [POSTGRES_START, given.get("options", "")]))
    return {"connect_timeout": 5, "application_name": "teyue", **given, "options": start}
