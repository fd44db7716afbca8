"""The number of the transaction that writes a row, as the database counts it."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Func


class TransactionNumber(Func):
    """PostgreSQL's number of the writing transaction; 0 on SQLite, where writers stand in line."""

    template = "0"
    output_field = BigIntegerField()

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[Any]]:
        return "(pg_current_xact_id()::text::bigint)", []
