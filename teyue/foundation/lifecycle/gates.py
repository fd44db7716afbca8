"""What stands between an actor and any step: power, state, standing, holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle.papers import Case, Document
from teyue.foundation.refusal import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from teyue.foundation.lifecycle.steps import Objection, Step


@dataclass(frozen=True, slots=True)
class HoldKind:
    """A reason for which a case may be held, and how people call it."""

    code: str
    label: StrOrPromise


def first_objection(
    step: Step, document: Document, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """Return what speaks first against a step: the power, what the step says ``instead`` of where
    the paper stands, where the paper stands, and then the rest."""

    def heard(objections: Iterable[Objection]) -> Refused | None:
        raised = (objection(document, actor, at, asked) for objection in objections)
        return next(filter(None, raised), None)

    return (
        not_entitled(step, document, actor)
        or heard(step.instead)
        or out_of_order(step, document)
        or heard(step.unless)
    )


def not_entitled(step: Step, document: Document, actor: Actor) -> Refused | None:
    """Refuse who lacks the power (``no_power``), or types for another without leave
    (``may_not_key``)."""
    if not actor.may(step.power, document.scope):
        text = _("您没有“%(step)s”的权限，请找有此权限的同事办理。")
        return Refused("no_power", text % {"step": step.label})
    typist = actor.keyed_by
    if typist and not any(typist.may(leave, document.scope) for leave in step.keyed_by):
        text = _("“%(step)s”不能由您代录，请让本人办理。")
        return Refused("may_not_key", text % {"step": step.label})
    return None


def entitled(step: Step, document: Document, actor: Actor) -> None:
    """Let nobody without the power learn why a step would be refused otherwise.

    For operations that must read, and may refuse, before they take the step.

    :raises Refused: ``no_power``, ``may_not_key``.
    """
    if refusal := not_entitled(step, document, actor):
        raise refusal.under(step.clause)


def out_of_order(step: Step, document: Document) -> Refused | None:
    """Refuse a paper or a case that is not where the step begins (``wrong_state``), or a case
    on which a hold lies that blocks the step (``held``)."""
    if document.state not in step.source:
        text = _("单据现在的状态不能“%(step)s”，请刷新后看下一步。")
        return Refused("wrong_state", text % {"step": step.label})
    case = document.case
    if case is None:
        return None
    if step.when and case.standing not in step.when:
        text = _("本单现在的进度不能“%(step)s”，请刷新后看下一步。")
        return Refused("wrong_state", text % {"step": step.label})
    return _held(step, case)


def reason_missing(
    document: Document, actor: Actor, at: datetime, asked: str | None
) -> Refused | None:
    """Refuse a step that is asked for without a reason in words (``reason_missing``)."""
    if asked is None or asked.strip():
        return None
    return Refused("reason_missing", _("请填写原因。"), field="reason")


def _held(step: Step, case: Case) -> Refused | None:
    placed = case.held.split()
    hold = next((kind for kind in step.blocked_by if kind.code in placed), None)
    if hold is None:
        return None
    text = _("本单有未办结的%(hold)s，办结前不能“%(step)s”。")
    return Refused("held", text % {"hold": hold.label, "step": step.label})
