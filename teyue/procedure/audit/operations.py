"""What the auditor may do. Nothing else writes here."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import hold
from teyue.procedure.audit import queries, steps
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Standing
from teyue.procedure.booking.queries import deadlines
from teyue.procedure.service.models import Record
from teyue.register.calendar.queries import calendar_of
from teyue.register.parameters.queries import value


def approve(record: Record, *, findings: Findings, actor: Actor, at: datetime) -> Audit:
    """Pass a confirmed record (O13): once all of the order have passed the cashier may settle.

    :raises Refused: ``not_confirmed``, ``already_passed``, ``performer_audits``,
        ``cashier_audits``, ``registrar_audits``, ``own_household``, ``quoter_audits``,
        ``confirmer_audits``, ``content_changed``, ``checks_open``.
    """
    audit = _audit(record, findings, actor, at)
    on = (record.order, record)
    with sitting.opened():
        hold(*on)
        asked = queries.judged(record.order, findings, by=actor)
        with steps.APPROVE.take(audit, actor=actor, at=at, asked=asked, on=on) as turn:
            turn.note(amount=record.amount, digest=findings.digest)
            if asked.unpassed == frozenset({record.pk}):
                days = value("settle.limit_wd", office=record.office_id, at=at)
                due = calendar_of(record.office_id).add_working_days(at, days)
                turn.leave(Standing.TO_SETTLE, due=due)
            else:
                turn.leave(Standing.TO_AUDIT)
    return audit


def send_back(record: Record, *, findings: Findings, actor: Actor, at: datetime) -> Record:
    """Return a record with the reason (O14); changed facts need a new word of the owner.

    :raises Refused: ``performer_audits``, ``registrar_audits``, ``own_household``,
        ``content_changed``, ``reason_missing``.
    """
    order = record.order
    with steps.SEND_BACK.take(
        record, actor=actor, at=at, asked=findings, on=(order, record.visit)
    ) as turn:
        audit = _audit(record, findings, actor, at)
        audit.touch(Audit.State.RETURNED, by=actor.id, at=at)
        turn.keep(audit)
        turn.note(digest=findings.digest)
        due = at + deadlines.hours("confirm.remote_h", order, at)
        turn.leave(Standing.TO_CONFIRM, due=due)
    return record


def readmit(record: Record, *, findings: Findings, actor: Actor, at: datetime) -> Record:
    """Send an unchanged record to the audit again, on the supervisor's note (O14).

    :raises Refused: ``reason_missing``, ``not_confirmed``, ``facts_changed``, ``own_household``.
    """
    with steps.READMIT.take(record, actor=actor, at=at, asked=findings, on=(record.order,)) as turn:
        days = value("audit.limit_wd", office=record.office_id, at=at)
        note = _audit(record, findings, actor, at)
        note.touch(Audit.State.READMITTED, by=actor.id, at=at)
        turn.keep(note)
        due = calendar_of(record.office_id).add_working_days(at, days)
        turn.leave(Standing.TO_AUDIT, due=due)
    return record


def _audit(record: Record, findings: Findings, actor: Actor, at: datetime) -> Audit:
    return Audit(
        office=record.office,
        order=record.order,
        record=record,
        auditor_id=actor.id,
        checks=dict(findings.checks),
        comment=findings.comment,
        content_digest=findings.digest,
        at=at,
    )
