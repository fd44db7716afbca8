"""One row under its header: read cell by cell, collecting what is wrong and what was mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from teyue.register.importing.cells import Cell
from teyue.register.importing.faults import Fault, Notice, UnreadableError

T = TypeVar("T")
D = TypeVar("D")


@dataclass(slots=True)
class Line:
    """A row of a sheet; ``cells``, ``letters`` and ``broken`` are by the key of the column."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]
    broken: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def read(self, key: str, parse: Callable[[Cell], T], instead: D) -> T | D:
        """Return what ``parse`` understands, or ``instead`` after noting the fault."""
        cell = self.cells.get(key)
        if cell is None:
            return instead
        if key in self.broken:
            sentence = _("%(caption)s的公式出错或没有结果，请改为直接填写的内容。")
            self.stop(key, sentence % {"caption": cell.caption})
            return instead
        try:
            value = parse(cell)
        except UnreadableError as why:
            self.stop(key, why.sentence)
            return instead
        if cell.mended:
            self.notices.append(Notice(self.sheet, self.row, self.letters[key], cell.mended))
        return value

    def stop(self, key: str, sentence: str) -> None:
        """Note a fault of a column, or of the whole row where ``key`` is empty."""
        self.faults.append(Fault(self.sheet, self.row, self.letters.get(key, ""), sentence))

    def mention(self, key: str, sentence: str) -> None:
        """Note something to look at that stops nothing."""
        self.notices.append(Notice(self.sheet, self.row, self.letters.get(key, ""), sentence))
