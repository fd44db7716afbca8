"""Work that waits: papers that a step could move next, and whether this person may do it now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Document, Step
from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

D = TypeVar("D", bound=Document)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a stage says about one paper in a queue.

    ``household`` is how people call the place; ``look_at`` says what to look at before acting;
    ``url`` and ``url_kwargs`` name the page of the paper.
    """

    household: str = ""
    title: StrOrPromise = ""
    look_at: StrOrPromise = ""
    due_at: datetime | None = None
    amount: Money | None = None
    url: str = ""
    url_kwargs: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One paper that waits for one step. ``queue`` is the name of that step.

    ``refusal`` is why this person may not take it now, None if nothing speaks against it.
    """

    queue: str
    label: StrOrPromise
    clause: str
    document_kind: str
    document_id: int
    number: str
    since: datetime | None
    card: Card
    refusal: Refused | None

    @property
    def allowed(self) -> bool:
        """Tell whether this person may take the step now."""
        return self.refusal is None

    @property
    def due_at(self) -> datetime | None:
        """Return until when the step must be taken."""
        return self.card.due_at


def queue(
    step: Step,
    papers: Iterable[D],
    *,
    card: Callable[[D], Card],
    actor: Actor,
    at: datetime,
    asked: Callable[[D], object] = lambda paper: None,
) -> list[Work]:
    """Return the papers for which this person could take a step, soonest due first.

    Ask no database: load the papers with their cases and whatever the objections of the step
    read, and let ``asked`` hand over what was looked up for all of them at once.
    """
    if not actor.may_somewhere(step.power):
        return []
    return soonest(
        Work(
            queue=step.name,
            label=step.label,
            clause=step.clause,
            document_kind=paper.kind,
            document_id=paper.pk,
            number=paper.number or "",
            since=paper.state_since,
            card=card(paper),
            refusal=step.objection(paper, actor=actor, at=at, asked=asked(paper)),
        )
        for paper in papers
        if paper.state in step.source and actor.may(step.power, paper.scope)
    )


def soonest(works: Iterable[Work]) -> list[Work]:
    """Return work in the order in which it is due; what has no time comes last, oldest first."""
    return sorted(works, key=lambda work: (work.due_at or NEVER, work.since or NEVER))
