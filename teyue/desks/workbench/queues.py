"""All that waits for one person, gathered from the stages and the register, a card a queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import module_has_submodule

from teyue.desks.workbench import tasks
from teyue.desks.workbench.captions import QUEUES, Caption, caption_of
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import all_steps
from teyue.foundation.work import Work, soonest
from teyue.web.formats import due_chip

SHOWN = 12
FIRST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work with the words of its queue and the address of its page."""

    work: Work
    caption: Caption
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """A queue: its first rows, and how many there are in all."""

    caption: Caption
    clause: str
    rows: list[Row]
    total: int
    url: str

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.rows)

    @property
    def has_money(self) -> bool:
        """Tell whether any of its rows is about a sum."""
        return any(row.work.card.amount is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for somebody: the soonest of all queues, and each queue."""

    total: int
    late: int
    near: int
    first: list[Row]
    groups: list[Group]
    empty: list[Caption]


def today(actor: Actor, *, at: datetime) -> Today:
    """Return what waits for this person, most overdue first."""
    works = soonest(work for one in _worklists() for work in one.waiting(actor, at))
    works = soonest([*works, *tasks.waiting(actor, at)])
    tones = [_tone(work, at) for work in works]
    groups = list(_groups(works))
    return Today(
        total=len(works),
        late=tones.count("late"),
        near=tones.count("near"),
        first=[_row(work) for work in works[:FIRST]],
        groups=groups,
        empty=list(_empty(actor, {work.queue for work in works})),
    )


@cache
def _worklists() -> tuple[ModuleType, ...]:
    """Return the worklists of the stages, in the order of the procedure."""
    stages = (one for one in apps.get_app_configs() if one.name.startswith("teyue.procedure."))
    found = (one for one in stages if module_has_submodule(one.module, "worklist"))
    return tuple(import_module(f"{stage.name}.worklist") for stage in found)


def _groups(works: list[Work]) -> Iterator[Group]:
    for queue in dict.fromkeys(work.queue for work in works):
        mine = [work for work in works if work.queue == queue]
        caption = caption_of(queue, mine[0].label)
        rows = [_row(work) for work in mine[:SHOWN]]
        yield Group(caption, mine[0].clause, rows, len(mine), _address(caption.page))


def _empty(actor: Actor, filled: set[str]) -> Iterator[Caption]:
    """Yield the queues of this person in which nothing waits."""
    steps = all_steps()
    for name, caption in QUEUES.items():
        if name in steps and name not in filled and actor.may_somewhere(steps[name].power):
            yield caption


def _row(work: Work) -> Row:
    caption = caption_of(work.queue, work.label)
    own = _address(work.card.url, **work.card.url_kwargs)
    return Row(work, caption, own or _address(caption.page))


def _tone(work: Work, at: datetime) -> str:
    return due_chip(work.due_at, work.since, at).tone if work.due_at else ""


def _address(name: str, **key: int | str) -> str:
    if not name:
        return ""
    try:
        return reverse(name, kwargs=key)
    except NoReverseMatch:
        return ""
