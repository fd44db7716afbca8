"""What an operation may say while it takes a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from teyue.foundation import pen
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle.papers import Document
from teyue.foundation.pen import Kept

Teller = Callable[["Turn"], None]


@dataclass(slots=True)
class Turn:
    """One step while it is taken."""

    document: Document
    actor: Actor
    at: datetime
    notes: dict[str, object] = field(default_factory=dict)
    rows: list[Kept] = field(default_factory=list)
    facts: list[Kept] = field(default_factory=list)
    standing: str = ""
    due: datetime | None = None

    def note(self, **notes: object) -> None:
        """Let the journal remember ids, sums and codes; never names, phones or free text."""
        self.notes.update(notes)

    def keep(self, row: Kept) -> None:
        """Write another row that the step names, after the paper itself.

        :raises WrittenWithoutPen: when the step does not name the model.
        """
        pen.require(type(row))
        self.rows.append(row)

    def leave(self, standing: str, *, due: datetime | None = None) -> None:
        """Say where the case stands afterwards, when the step row allows several answers."""
        self.standing, self.due = standing, due
