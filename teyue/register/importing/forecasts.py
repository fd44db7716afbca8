"""What a set of rows would change in the register, told before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from teyue.register.importing.faults import Fault, Finding, Notice

R = TypeVar("R")

Line = list[str | int]


@dataclass(frozen=True, slots=True)
class Forecast(Generic[R]):
    """Rows of one kind, compared with the register.

    ``fresh`` are the rows that bring something new, ``standing`` is how many stand there already;
    ``adds`` counts what will be new by the name of its model.
    """

    kind: str
    fresh: tuple[R, ...]
    standing: int
    adds: Mapping[str, int]
    faults: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()


def lines(findings: Iterable[Finding]) -> list[Line]:
    """Return findings as they are kept: sheet, row, column, sentence."""
    return [[found.sheet, found.row, found.column, found.text_zh] for found in findings]


def faults(kept: Iterable[Line]) -> list[Fault]:
    """Return kept lines as faults again."""
    return [
        Fault(str(sheet), int(row), str(column), str(text)) for sheet, row, column, text in kept
    ]
