"""The same step for many papers: in chunks, with one entry a chunk, bad ones set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from teyue.foundation import pen, sitting
from teyue.foundation.actors import Actor
from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import desk
from teyue.foundation.lifecycle.papers import Document
from teyue.foundation.lifecycle.steps import Step
from teyue.foundation.lifecycle.turns import Turn
from teyue.foundation.refusal import Refused

CHUNK = 1000

D = TypeVar("D", bound=Document)


@dataclass(slots=True)
class Outcome(Generic[D]):
    """What became of many papers."""

    taken: list[D] = field(default_factory=list)
    refused: list[tuple[D, Refused]] = field(default_factory=list)


def take_many(
    step: Step,
    documents: Sequence[D],
    *,
    actor: Actor,
    at: datetime,
    work: Callable[[D, Turn], None] = lambda document, turn: None,
    progress: Callable[[int], None] = lambda done: None,
) -> Outcome[D]:
    """Take one step with many papers, new or old; each chunk is a transaction of its own.

    ``work`` fills in one paper; a refusal it raises, or an objection, sets that paper aside.
    It gets old papers as they are in the database, locked. ``progress`` hears how many have
    been looked at.
    """
    outcome: Outcome[D] = Outcome()
    for begin in range(0, len(documents), CHUNK):
        with sitting.opened() as room, pen.held(step.document, *step.writes):
            chunk = _on_the_desk(room, step, documents[begin : begin + CHUNK])
            shown = {document.pk: dict(vars(document)) for document in chunk if document.pk}
            pairs = list(_taken(step, chunk, outcome, actor, at, work))
            if pairs:
                _write(room, step, pairs, shown)
        progress(begin + len(chunk))
    return outcome


def _on_the_desk(room: sitting.Sitting, step: Step, chunk: Sequence[D]) -> Sequence[D]:
    if step.document.case_name:
        desk.lock(room, chunk)
        return chunk
    known = {document.pk for document in chunk if document.pk}
    if known:
        rows = step.document._default_manager.filter(pk__in=known).order_by("pk").locked()
        for row in rows:
            room.locked.setdefault((type(row), row.pk), row)
    return [room.locked.get((type(document), document.pk), document) for document in chunk]  # type: ignore[misc]


def _taken(
    step: Step,
    chunk: Sequence[D],
    outcome: Outcome[D],
    actor: Actor,
    at: datetime,
    work: Callable[[D, Turn], None],
) -> Iterator[tuple[Turn, Entry]]:
    for document in chunk:
        turn = Turn(document=document, actor=actor, at=at)
        try:
            if refusal := step.objection(document, actor=actor, at=at):
                raise refusal
            work(document, turn)
        except Refused as refusal:
            outcome.refused.append((document, refusal.under(step.clause)))
            continue
        outcome.taken.append(document)
        yield turn, step.move(turn)


def _write(
    room: sitting.Sitting,
    step: Step,
    pairs: Sequence[tuple[Turn, Entry]],
    shown: dict[int, dict[str, Any]],
) -> None:
    turns = [turn for turn, _ in pairs]
    documents = [turn.document for turn in turns]
    for document in documents:
        if document.case is not None and document.case is not document:
            room.write(document.case)
    room.flush()
    fresh = [document for document in documents if document.pk is None]
    desk.number_now(fresh, turns[0].at)
    step.document.write_many(fresh)
    _change(step, [document for document in documents if document.pk in shown], shown)
    for turn in turns:
        for row in (*turn.rows, *turn.facts):
            room.append(row)
    room.append(_entry(pairs))


def _change(step: Step, old: Sequence[Document], shown: dict[int, dict[str, Any]]) -> None:
    columns = (column.attname for column in step.document._meta.concrete_fields)
    names = [
        name
        for name in columns
        if any(getattr(document, name) != shown[document.pk][name] for document in old)
    ]
    if old:
        step.document.change_many(old, [*names, "row_version"])


def _entry(pairs: Sequence[tuple[Turn, Entry]]) -> Entry:
    entry, documents = pairs[0][1], [turn.document for turn, _ in pairs]
    rows = "".join(f"{document.pk}:{document.state};" for document in documents)
    entry.note = {
        "count": len(documents),
        "first": documents[0].pk,
        "last": documents[-1].pk,
        "rows": hashlib.sha256(rows.encode()).hexdigest(),
    }
    return entry
