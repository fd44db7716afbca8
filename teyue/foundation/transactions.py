"""The transaction of a sitting; it may begin before the sitting, for what is read on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

_begun: ContextVar[ExitStack | None] = ContextVar("begun", default=None)


@contextmanager
def awaited() -> Iterator[None]:
    """Begin the transaction of the sitting to come, so that what is read on the way belongs to it.

    Nothing is begun on SQLite, where a transaction begins as the only writer.
    """
    with ExitStack() as begun:
        if connection.vendor == "sqlite":
            yield
            return
        begun.enter_context(transaction.atomic())
        token = _begun.set(begun)
        try:
            yield
        finally:
            _begun.reset(token)


def begun() -> AbstractContextManager[object]:
    """Return the transaction that was begun for this sitting, or a new one."""
    waiting = _begun.get()
    if waiting is None:
        return transaction.atomic()
    _begun.set(None)
    return waiting.pop_all()
