"""Rows that the database itself refuses to change: by triggers, or by privileges.

On SQLite triggers abort; on PostgreSQL the role that serves has no right but to read and insert
(distributed tables allow no triggers). Both are put in place after every migration, because a
migration may build a table anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import connection, transaction

from teyue.foundation.pen import Kept

TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
FORBIDDEN = ("UPDATE", "DELETE")
GRANTS = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
REVOKE ALL ON {tables} FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {role};
"""


class AppendOnly(Kept):
    """A row that is inserted once and never changed afterwards."""

    class Meta:
        abstract = True


def tables() -> list[str]:
    """Return the names of the tables of this kind that exist."""
    kinds = (model for model in apps.get_models() if issubclass(model, AppendOnly))
    existing = set(connection.introspection.table_names())
    return sorted({kind._meta.db_table for kind in kinds} & existing)


def secure(role: str) -> None:
    """Let the database refuse changes from now on; run by the owner of the tables.

    ``role`` serves on PostgreSQL and gets what it needs on all other tables; empty where one
    role both owns and serves, from which nothing can be taken.
    """
    found = tables()
    if connection.vendor == "sqlite":
        _place_triggers(found)
    elif role and found:
        _grant(found, role)


def unguarded() -> list[str]:
    """Return the tables that the present connection could change."""
    return [table for table in tables() if not _is_guarded(table)]


def _place_triggers(found: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for table in found:
            for verb in FORBIDDEN:
                name = _trigger(table, verb)
                cursor.execute(TRIGGER.format(name=name, verb=verb, table=table))


def _grant(found: Iterable[str], role: str) -> None:
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = quote(cursor.fetchone()[0])
        names = ", ".join(f"{schema}.{quote(table)}" for table in found)
        cursor.execute(GRANTS.format(schema=schema, role=quote(role), tables=names))


def _is_guarded(table: str) -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            wanted = [_trigger(table, verb) for verb in FORBIDDEN]
            query = (
                "SELECT count(*) = 2 FROM sqlite_master WHERE type = 'trigger' AND name IN (%s, %s)"
            )
            cursor.execute(query, wanted)
        else:
            query = "SELECT NOT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')"
            cursor.execute(query, [connection.ops.quote_name(table)])
        return bool(cursor.fetchone()[0])


def _trigger(table: str, verb: str) -> str:
    return f"{table}_no_{verb.lower()}"
