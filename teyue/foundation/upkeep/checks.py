"""Checks: what must always hold, asked of the data themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Check:
    """One invariant: its number in the domain model, its clause, and what breaks it.

    ``find`` yields a sentence for each finding, with ids and numbers, never with names.
    """

    number: str
    clause: str
    title: StrOrPromise
    find: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that breaks an invariant."""

    check: Check
    text: str

    def __str__(self) -> str:
        clause = f" {self.check.clause}" if self.check.clause else ""
        said = _("%(title)s：%(text)s") % {"title": self.check.title, "text": self.text}
        return f"{self.check.number}{clause} {said}"


def run(checks: Sequence[Check], progress: Callable[[int], None]) -> Iterator[Finding]:
    """Run every check and yield what they find; ``progress`` hears how many are done."""
    for done, check in enumerate(checks, 1):
        for text in check.find():
            yield Finding(check, text)
        progress(done)
