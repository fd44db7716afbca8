"""How rows leave and enter a database: a SQLite file whole, PostgreSQL table by table."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, transaction

from teyue.foundation.pen import Kept

# Who is signed in is nobody's record, and migrations are those of the program that restores.
LEFT_OUT = frozenset({"django_migrations", "django_session"})
PAGES = 2000
SQLITE_FILE = "teyue.sqlite3"
# A transaction number means nothing in another cluster: 0 says sealed, anything else not yet.
REWRITTEN = {
    ("journal_entry", "transaction"): (
        "CASE WHEN transaction <= (SELECT coalesce(max(horizon), 0) FROM journal_seal)"
        " THEN 0 ELSE transaction END"
    ),
    ("journal_seal", "horizon"): "0",
}
NUMBER_ANEW = (
    "UPDATE journal_entry SET transaction = pg_current_xact_id()::text::bigint"
    " WHERE transaction > 0"
)

Progress = Callable[[int, int], None]


def is_empty() -> bool:
    """Tell whether no kept row stands in the database yet."""
    existing = set(connection.introspection.table_names())
    kinds = [kind for kind in apps.get_models() if issubclass(kind, Kept)]
    return not any(
        kind._default_manager.exists() for kind in kinds if kind._meta.db_table in existing
    )


def copy_sqlite(target: Path, progress: Progress) -> None:
    """Copy the database as it stands at one moment, while others go on writing."""
    source = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    copy = sqlite3.connect(target)
    # An open reading keeps this moment, where the copy would begin anew after each write.
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        source.backup(
            copy, pages=PAGES, progress=lambda _, left, total: progress(total - left, total)
        )
    finally:
        source.close()
        copy.close()


def replace_sqlite(source: Path) -> None:
    """Put a copied file in the place of an empty one."""
    name = Path(connection.settings_dict["NAME"])
    draft = name.with_name(f"{name.name}.restored")
    with sqlite3.connect(source) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    copy.close()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    draft.write_bytes(b"")
    draft.chmod(0o600)
    with source.open("rb") as incoming, draft.open("wb") as out:
        while block := incoming.read(1 << 20):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    connections.close_all()
    for suffix in ("-wal", "-shm"):
        Path(f"{name}{suffix}").unlink(missing_ok=True)
    draft.replace(name)


@contextmanager
def one_moment() -> Iterator[None]:
    """See all tables of PostgreSQL as they stand at one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def tables() -> dict[str, list[str]]:
    """Return the tables of a backup with their columns."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - LEFT_OUT)
        describe = connection.introspection.get_table_description
        return {name: [column.name for column in describe(cursor, name)] for name in names}


def copy_out(table: str, columns: list[str], target: Path) -> None:
    """Write the rows of one table into a file."""
    wanted = ", ".join(REWRITTEN.get((table, name), _quoted(name)) for name in columns)
    query = f"COPY (SELECT {wanted} FROM {_quoted(table)}) TO STDOUT"
    with target.open("wb") as file, _cursor() as cursor, cursor.copy(query) as rows:
        for block in rows:
            file.write(block)


def copy_in(members: dict[str, list[str]], folder: Path, progress: Progress) -> None:
    """Fill the emptied tables, all or nothing; run by their owner."""
    names = ", ".join(map(_quoted, members))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for done, (table, columns) in enumerate(members.items(), 1):
            _copy_table(table, columns, folder / table)
            progress(done, len(members))
        cursor.execute(NUMBER_ANEW)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def _copy_table(table: str, columns: list[str], source: Path) -> None:
    query = f"COPY {_quoted(table)} ({', '.join(map(_quoted, columns))}) FROM STDIN"
    with source.open("rb") as file, _cursor() as cursor, cursor.copy(query) as rows:
        while block := file.read(1 << 20):
            rows.write(block)


def _cursor() -> Any:
    connection.ensure_connection()
    return connection.connection.cursor()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
