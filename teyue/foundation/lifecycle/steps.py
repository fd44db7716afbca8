"""One row a step: who may take it, from where to where, unless what, by which clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from teyue.foundation import pen, sitting
from teyue.foundation.actors import Actor, Power
from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import desk, gates
from teyue.foundation.lifecycle.gates import HoldKind
from teyue.foundation.lifecycle.papers import Document
from teyue.foundation.lifecycle.record import entry_for
from teyue.foundation.lifecycle.turns import Turn
from teyue.foundation.pen import Kept
from teyue.foundation.refusal import Refused, cited

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Objection = Callable[[Any, Actor, datetime, Any], Refused | None]

_steps: dict[str, Step] = {}


@dataclass(frozen=True, slots=True)
class Allowed:
    """A step as seen from a paper: may this actor take it now, and if not, why not."""

    step: Step
    refusal: Refused | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the procedure.

    ``document`` is the paper that moves from ``source`` to ``target`` ("" begins it; ``None``
    leaves it where it is). ``when`` are the standings of the case in which it may be taken,
    ``standing`` those in which it may leave the case (none, or "": unchanged). ``instead`` are
    objections heard before those of state and standing. ``keyed_by`` are powers that let somebody
    type it for the actor, ``writes`` the other models it may write, ``event`` the row of the
    procedure's table of events, ``part_of`` the operation that takes it together with others.
    """

    name: str
    label: StrOrPromise
    clause: str
    document: type[Document]
    source: tuple[str, ...] = ("",)
    target: str | None
    when: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    instead: tuple[Objection, ...] = ()
    unless: tuple[Objection, ...] = ()
    blocked_by: tuple[HoldKind, ...] = ()
    writes: tuple[type[Kept], ...] = ()
    keyed_by: tuple[Power, ...] = ()
    event: str = ""
    part_of: str = ""

    def __post_init__(self) -> None:
        if self.name in _steps:
            raise ValueError(f"two steps are called {self.name}")
        _steps[self.name] = self

    @property
    def power(self) -> Power:
        """Return the power that lets somebody take this step."""
        return Power(self.name, self.label)

    def objection(
        self, document: Document, *, actor: Actor, at: datetime, asked: object = None
    ) -> Refused | None:
        """Return why ``actor`` may not take this step now, or None.

        Without ``asked`` only what does not depend on the request is looked at.
        """
        found = gates.first_objection(self, document, actor, at, asked)
        return found.under(self.clause) if found else None

    def seen_from(self, document: Document, *, actor: Actor, at: datetime) -> Allowed:
        """Return the step with the reason why it is grey, if it is."""
        return Allowed(self, self.objection(document, actor=actor, at=at))

    @contextmanager
    def take(
        self,
        document: Document,
        *,
        actor: Actor,
        at: datetime,
        on: Sequence[Document] = (),
        asked: object = None,
    ) -> Iterator[Turn]:
        """Lock, check, run the block, move the paper and write the journal, or do nothing.

        ``on`` names the earlier papers this one rests on, in the order of the procedure.

        :raises Refused: with the first objection.
        """
        with sitting.opened() as room, cited(self.clause):
            desk.lock(room, (*on, document))
            if refusal := self.objection(document, actor=actor, at=at, asked=asked):
                raise refusal
            turn = Turn(document=document, actor=actor, at=at)
            with pen.held(self.document, *self.writes):
                yield turn
            self._conclude(room, turn)

    def move(self, turn: Turn) -> Entry:
        """Put the paper and its case where the step leads, and return the entry that says so.

        Only for the kernel; the step must have been allowed.
        """
        document, at = turn.document, turn.at
        entry = entry_for(self, turn, before=document.state)
        after = document.state if self.target is None else self.target
        document.touch(after, by=turn.actor.id, at=at)
        case = document.case
        if case is not None and (standing := self._next_standing(turn)):
            case.stand(standing, due=turn.due, at=at)
        entry.after, entry.standing = after, case.standing if case else ""
        return entry

    def _conclude(self, room: sitting.Sitting, turn: Turn) -> None:
        document = turn.document
        entry = self.move(turn)
        desk.number_last(room, document, turn.at)
        if document.case is not None and self._next_standing(turn):
            room.write(document.case)
        room.write(document)
        for row in turn.rows:
            room.write(row)
        for row in (entry, *turn.facts):
            room.append(row)

    def _next_standing(self, turn: Turn) -> str:
        if turn.standing and turn.standing not in self.standing:
            raise ValueError(f"{self.name} may not leave the case {turn.standing}")
        return turn.standing or (self.standing[0] if len(self.standing) == 1 else "")


def all_steps() -> dict[str, Step]:
    """Return every step of the house by its name."""
    return dict(_steps)
