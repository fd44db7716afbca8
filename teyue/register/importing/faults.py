"""What is wrong with a cell, and what was understood although it was untidy."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a place in a workbook; row 0 speaks of the whole sheet.

    ``row`` counts from 1 and ``column`` is a letter, both as a spreadsheet shows them.
    """

    sheet: str
    row: int
    column: str
    text_zh: str

    def __str__(self) -> str:
        place = [self.sheet]
        if self.row:
            place.append(_("第%(row)d行") % {"row": self.row})
        if self.column:
            place.append(_("%(column)s列") % {"column": self.column})
        return " ".join([*place, self.text_zh])


class Fault(Finding):
    """Stops its row: says what is wrong and what to do."""

    __slots__ = ()


class Notice(Finding):
    """Stops nothing: says what was mended, left out or should be looked at."""

    __slots__ = ()


class UnreadableError(Exception):
    """A cell cannot be understood; the sentence says what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
