"""One sitting: a transaction in which each paper is locked once and written once.

Steps taken inside one another share the sitting. Rows wait until something is read or the
sitting ends, so that a paper moved six times is written once, and numbers that may have no
gap are drawn when nothing but writing is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError

from teyue.foundation import collisions, transactions

if TYPE_CHECKING:
    from teyue.foundation.pen import Kept

_current: ContextVar[Sitting | None] = ContextVar("sitting", default=None)


class BrokenSitting(RuntimeError):
    """A refusal inside a sitting was swallowed; half of a step would have been kept."""


@dataclass(slots=True)
class Sitting:
    """What is locked and what waits to be written."""

    locked: dict[tuple[type, int], Kept] = field(default_factory=dict)
    waiting: dict[int, Kept] = field(default_factory=dict)
    appended: list[Kept] = field(default_factory=list)
    wanting_numbers: dict[int, tuple[Any, str]] = field(default_factory=dict)
    closing: dict[str, Callable[[], None]] = field(default_factory=dict)
    broken: bool = False

    def knows(self, row: Kept) -> bool:
        """Tell whether this very object is the locked copy of its row.

        :raises BrokenSitting: when another copy of the same row is locked already.
        """
        known = self.locked.get((type(row), row.pk))
        if known is not None and known is not row:
            raise BrokenSitting(f"two copies of {type(row).__name__} {row.pk} in one sitting")
        return known is row

    def hold(self, row: Kept) -> None:
        """Remember a row as locked and fresh."""
        self.locked[type(row), row.pk] = row

    def write(self, row: Kept) -> None:
        """Let a row be saved before the next reading, at the latest at the end.

        :raises BrokenSitting: when another copy of the row waits already: one would undo the other.
        """
        known = self.locked.get((type(row), row.pk))
        if known is not None and known is not row and id(known) in self.waiting:
            raise BrokenSitting(f"two copies of {type(row).__name__} {row.pk} in one sitting")
        self.waiting.setdefault(id(row), row)

    def append(self, row: Kept) -> None:
        """Let a row that is never changed be inserted together with its like."""
        self.appended.append(row)

    def flush(self) -> None:
        """Write what waits, in the order in which it was first touched."""
        waiting, self.waiting = list(self.waiting.values()), {}
        appended, self.appended = self.appended, []
        try:
            self._write(waiting, appended)
        except BaseException:
            # What waited is gone: whoever swallows this must not commit the rest.
            self.broken = True
            raise

    def _write(self, waiting: list[Kept], appended: list[Kept]) -> None:
        for row in waiting:
            row.write()
            self.hold(row)
        # What rests on a paper that its step has not finished waits for that paper.
        self.appended = [row for row in appended if not row.ready()]
        ready = [row for row in appended if row.ready()]
        for model in dict.fromkeys(type(row) for row in ready):
            model.write_many([row for row in ready if type(row) is model])

    def close(self) -> None:
        """Do what must come last, then write everything.

        :raises BrokenSitting: when a refused step was swallowed on the way.
        """
        if self.broken:
            raise BrokenSitting("a refused step was swallowed inside a sitting")
        for last in self.closing.values():
            last()
        self.flush()


def current() -> Sitting | None:
    """Return the sitting in progress."""
    return _current.get()


def flush() -> None:
    """Write what waits, if a sitting is in progress."""
    if room := _current.get():
        room.flush()


@contextmanager
def opened() -> Iterator[Sitting]:
    """Join the sitting in progress, or begin one that commits at the end or undoes all."""
    if room := _current.get():
        with _joined(room):
            yield room
        return
    room = Sitting()
    token = _current.set(room)
    try:
        with transactions.begun():
            yield room
            room.close()
    except IntegrityError as error:
        if refusal := collisions.refusal_of(error):
            raise refusal from error
        raise
    finally:
        _current.reset(token)


@contextmanager
def _joined(room: Sitting) -> Iterator[None]:
    try:
        yield
    except BaseException:
        room.broken = True
        raise
