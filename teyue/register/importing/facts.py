"""What is asked for when a workbook is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teyue.register.importing.reading import Row


@dataclass(frozen=True, slots=True)
class Upload:
    """The rows that bring something new, by kind, in the order in which they go in."""

    rows: Mapping[str, Sequence[Row]]
