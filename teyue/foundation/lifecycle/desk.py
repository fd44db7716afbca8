"""Papers on the desk of a sitting: locked in the order of the procedure, numbered last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from teyue.foundation.lifecycle.papers import Case, Document
from teyue.foundation.numbering import operations as numbering
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.sitting import Sitting, current

D = TypeVar("D", bound=Document)


def seek(papers: KeptQuerySet[D], **key: Any) -> D:
    """Fetch one paper, locked after its case, for the sitting in progress.

    :raises DoesNotExist: when the paper is not among those that are searched.
    """
    room = _room()
    _seek_case(room, papers, key)
    paper = papers.locked().get(**key)
    known = room.locked.get((type(paper), paper.pk))
    if known is not None:
        return known  # type: ignore[return-value]
    room.hold(paper)
    _join_known(room, paper)
    return paper


def lock(room: Sitting, papers: Iterable[Document]) -> None:
    """Lock papers in the order given, which is the order of the procedure, and read them afresh.

    A paper comes after its case, and afterwards stands in the locked copy of it.
    """
    for paper in papers:
        _lock_case(room, paper)
        if paper.pk is not None and not room.knows(paper):
            paper.refresh_from_db(from_queryset=type(paper).along_with().locked())
            room.hold(paper)
        _join_known(room, paper)


def hold(*wanted: Document) -> None:
    """Lock papers for the sitting in progress, before something is computed from them."""
    lock(_room(), wanted)


def number_last(room: Sitting, paper: Document, at: datetime) -> None:
    """Give a paper its number when nothing but writing is left to do in this sitting."""
    series = "" if paper.number else paper.series(at)
    if series:
        wanting = room.wanting_numbers
        wanting.setdefault(id(paper), (paper, series))
        room.closing.setdefault("numbers", partial(_give_numbers, room))


def number_now(papers: Iterable[Document], at: datetime) -> None:
    """Give many new papers their numbers, out of one range a series."""
    wanting = [(paper, paper.series(at)) for paper in papers if not paper.number]
    _deal((paper, series) for paper, series in wanting if series)


def _give_numbers(room: Sitting) -> None:
    wanting = list(room.wanting_numbers.values())
    _deal(wanting)
    for paper, _ in wanting:
        room.write(paper)


def _deal(wanting: Iterable[tuple[Document, str]]) -> None:
    pairs = list(wanting)
    if not pairs:
        return
    serials = numbering.draw(series for _, series in pairs)
    for paper, series in pairs:
        paper.take_number(series, serials[series].pop(0))


def _seek_case(room: Sitting, papers: KeptQuerySet[D], key: dict[str, Any]) -> None:
    name = papers.model.case_name
    model = _case_model(papers.model)
    # One case a sitting is the rule, so the paper that is sought belongs to the one locked.
    if model is None or any(kind is model for kind, _ in room.locked):
        return
    wanted = papers.filter(**key).order_by().values(name)
    for case in model.along_with().filter(pk__in=wanted).order_by("pk").locked():
        room.hold(case)


def _lock_case(room: Sitting, paper: Document) -> None:
    model = _case_model(type(paper))
    number = getattr(paper, f"{paper.case_name}_id", None) if model else None
    if model and number is not None and (model, number) not in room.locked:
        room.hold(model.along_with().locked().get(pk=number))


def _join_known(room: Sitting, paper: Document) -> None:
    """Let a paper refer to the locked copies of what it refers to, never to others."""
    for field in paper._meta.concrete_fields:
        model = field.related_model
        known = room.locked.get((model, getattr(paper, field.attname))) if model else None
        if known is not None:
            setattr(paper, field.name, known)


def _case_model(kind: type[Document]) -> type[Case] | None:
    field = kind._meta.get_field(kind.case_name) if kind.case_name else None
    return field.related_model if field else None  # type: ignore[return-value]


def _room() -> Sitting:
    room = current()
    if room is None:
        raise RuntimeError("papers are sought for a step only inside a sitting")
    return room
