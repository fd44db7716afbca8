"""Take a settlement back, by two persons (J2, ADR 0010)."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.settlement import steps
from teyue.procedure.settlement.models import Settlement
from teyue.procedure.settlement.operations.earned import move, parts
from teyue.register.calendar.queries import calendar_of
from teyue.register.parameters.queries import value


def request_reversal(slip: Settlement, *, reason: str, actor: Actor, at: datetime) -> Settlement:
    """Ask the manager to take a settlement back; until then it stands.

    :raises Refused: ``own_household``, ``refund_under_way``, ``own_settlement``,
        ``reversal_waits``, ``reason_missing``.
    """
    on = (slip.order,)
    with steps.REQUEST_REVERSAL.take(slip, actor=actor, at=at, asked=reason, on=on):
        slip.reversal_asked_by_id, slip.reversed_because = actor.id, reason.strip()
        slip.reversal_declined_because = ""
    return slip


def reverse(slip: Settlement, *, actor: Actor, at: datetime) -> Settlement:
    """Take a settlement back (冲销): what was earned is held for the household again.

    :raises Refused: ``own_household``, ``refund_under_way``, ``own_settlement``,
        ``reversal_not_asked``, ``same_person``.
    """
    with steps.REVERSE.take(slip, actor=actor, at=at, on=(slip.order,)) as turn:
        slip.reversed_by_id = actor.id
        for target, amount in parts(slip):
            move(slip, amount, turn, out_of=cashier.liability_of(slip.order), into=target)
        days = value("settle.limit_wd", office=slip.office_id, at=at)
        due = calendar_of(slip.office_id).add_working_days(at, days)
        turn.leave(Standing.TO_SETTLE, due=due)
        turn.note(asked_by=slip.reversal_asked_by_id)
    return slip


def decline_reversal(slip: Settlement, *, reason: str, actor: Actor, at: datetime) -> Settlement:
    """Let a settlement stand whose reversal was asked for.

    :raises Refused: ``own_household``, ``own_settlement``, ``reversal_not_asked``,
        ``same_person``, ``reason_missing``.
    """
    with steps.DECLINE_REVERSAL.take(slip, actor=actor, at=at, asked=reason) as turn:
        turn.note(asked_by=slip.reversal_asked_by_id)
        slip.reversal_asked_by_id, slip.reversed_because = None, ""
        slip.reversal_declined_because = reason.strip()
    return slip
