"""All that waits for one person, gathered from the stages and the register, a card a queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
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
# What only somebody else can do, whatever this person does first: separation of duties, limits,
# the own household. Such work is shown with its reason, but does not wait for this person.
OTHERS = frozenset(
    {
        "above_your_limit",
        "auditor_settles",
        "cashier_audits",
        "confirmer_audits",
        "issued_by_same",
        "own_household",
        "own_proposal",
        "own_settlement",
        "own_shift",
        "performer_audits",
        "performer_decides",
        "performer_settles",
        "quoter_audits",
        "registrar_audits",
        "registrar_settles",
        "same_person",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work with the words of its queue and the address of its page."""

    work: Work
    caption: Caption
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """A queue: its first rows, how many wait for this person, and how many for others."""

    caption: Caption
    clause: str
    rows: list[Row]
    total: int
    others: int
    url: str

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.total + self.others - len(self.rows)

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


def works_of(actor: Actor, *, at: datetime) -> list[Work]:
    """Return all work of this person's queues, most overdue first."""
    works = [work for one in _worklists() for work in one.waiting(actor, at)]
    return soonest([*works, *tasks.waiting(actor, at)])


def waiting(works: Iterable[Work]) -> dict[str, int]:
    """Return how much of some work waits for this person, by the pages that list it."""
    mine = [work for work in works if is_own(work)]
    counted = Counter(caption_of(work.queue, work.label).page for work in mine)
    of_firm = {"firm-visits": counted["jobs"]}
    told = {**counted, **of_firm, "workbench": len(mine)}
    return {page: number for page, number in told.items() if page and number}


def is_own(work: Work) -> bool:
    """Tell whether work waits for this person: it may be done now, or after a step of one's own."""
    return work.refusal is None or work.refusal.code not in OTHERS


def today(works: list[Work], *, actor: Actor, at: datetime) -> Today:
    """Return what waits for this person among the work of the own queues."""
    mine = [work for work in works if is_own(work)]
    tones = [_tone(work, at) for work in mine]
    return Today(
        total=len(mine),
        late=tones.count("late"),
        near=tones.count("near"),
        first=[_row(work) for work in mine[:FIRST]],
        groups=list(_groups(works)),
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
        here = sorted((work for work in works if work.queue == queue), key=is_own, reverse=True)
        caption = caption_of(queue, here[0].label)
        rows = [_row(work) for work in here[:SHOWN]]
        own = sum(map(is_own, here))
        url = _address(caption.page)
        yield Group(caption, here[0].clause, rows, own, len(here) - own, url)


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
