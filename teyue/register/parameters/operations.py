"""Change a business value: one proposes, the general manager approves (I-40)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.register.company import edition
from teyue.register.company.models import Office
from teyue.register.parameters import steps
from teyue.register.parameters.defaults import BY_KEY, check, parse, show
from teyue.register.parameters.models import Value
from teyue.register.parameters.queries import typed


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which value shall hold from when on, as people write it; office None: everywhere."""

    key: str
    text: str
    office: Office | None
    from_at: datetime
    reason: str


def propose(proposal: Proposal, *, actor: Actor, at: datetime) -> Value:
    """Propose a value.

    :raises Refused: ``parameter_unknown``, ``reason_missing``, ``parameter_unreadable``,
        ``parameter_range``, ``parameter_choice``, ``parameter_kind``.
    """
    value = Value(
        key=proposal.key,
        office=proposal.office,
        from_at=proposal.from_at,
        reason=proposal.reason,
    )
    with steps.PROPOSE.take(value, actor=actor, at=at, asked=proposal) as turn:
        parameter = BY_KEY[proposal.key]
        wanted = check(parameter, parse(parameter.kind, proposal.text))
        value.value = show(parameter.kind, wanted)
        turn.note(key=value.key, old=_now(value, at), new=value.value)
    return value


def approve(value: Value, *, actor: Actor, at: datetime) -> Value:
    """Let a proposed value hold, from now at the earliest.

    :raises Refused: ``own_proposal`` (I-31).
    """
    with steps.APPROVE.take(value, actor=actor, at=at) as turn:
        turn.note(key=value.key, old=_now(value, at), new=value.value)
        value.from_at = max(value.from_at, at)
        edition.replace()
    return value


def reject(value: Value, *, actor: Actor, at: datetime) -> Value:
    """Leave a value as it is."""
    with steps.REJECT.take(value, actor=actor, at=at) as turn:
        turn.note(key=value.key, kept=_now(value, at))
    return value


def _now(value: Value, at: datetime) -> str:
    kind = BY_KEY[value.key].kind
    return show(kind, typed(value.key, office=value.office_id, at=at))
