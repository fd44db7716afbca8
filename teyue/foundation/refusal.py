"""The one way a rule of the procedure says no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refused(Exception):
    """A rule forbids what was asked; the message is fit for people and says what to do.

    ``clause`` is the clause of the procedure that forbids it, ``field`` the input it is about.
    """

    def __init__(
        self, code: str, message: StrOrPromise, *, clause: str = "", field: str = ""
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.clause = clause
        self.field = field

    def __str__(self) -> str:
        return str(self.message)

    def under(self, clause: str) -> Refused:
        """Return the refusal with a clause, keeping its own where it has one."""
        self.clause = self.clause or clause
        return self


@contextmanager
def cited(clause: str) -> Iterator[None]:
    """Let whatever is refused meanwhile cite a clause, unless it cites one itself."""
    try:
        yield
    except Refused as refusal:
        refusal.under(clause)
        raise
