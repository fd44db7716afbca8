"""Which steps lead on from a paper, and why some of them are closed to this person now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Allowed, Case, Document, Step, all_steps
from teyue.register.company.models import OfficePaper
from teyue.web.shapes import AllowedStep


def next_steps(document: Document, *, actor: Actor, at: datetime) -> list[Allowed]:
    """Return the steps that fit where the paper and its case stand, open or refused.

    A case also shows the steps that begin one of its papers; they are asked with a blank paper.
    """
    return [step.seen_from(paper, actor=actor, at=at) for step, paper in _fitting(document)]


def allowed_steps(document: Document, *, actor: Actor, at: datetime) -> list[AllowedStep]:
    """Return those of them that an endpoint takes, as they go over the API."""
    seen = next_steps(document, actor=actor, at=at)
    return [_shape(one) for one in seen if not one.step.part_of]


def _fitting(document: Document) -> Iterator[tuple[Step, Document]]:
    for step in all_steps().values():
        if isinstance(document, step.document) and document.state in step.source:
            paper: Document | None = document
        else:
            paper = _blank(step, document)
        if paper is not None and _in_time(step, document.case):
            yield step, paper


def _blank(step: Step, document: Document) -> Document | None:
    """Return a new paper of the case, if the step begins one."""
    kind = step.document
    if "" not in step.source or not kind.case_name or not isinstance(document, Case):
        return None
    if not isinstance(document, kind._meta.get_field(kind.case_name).related_model or ()):
        return None
    paper = kind(**{kind.case_name: document})
    if isinstance(paper, OfficePaper):
        paper.office_id = document.scope
    return paper


def _in_time(step: Step, case: Case | None) -> bool:
    return case is None or not step.when or case.standing in step.when


def _shape(seen: Allowed) -> AllowedStep:
    step, refusal = seen.step, seen.refusal
    return AllowedStep(
        operation=step.name,
        label=str(step.label),
        clause=step.clause,
        allowed=refusal is None,
        reason=str(refusal.message) if refusal else None,
    )
