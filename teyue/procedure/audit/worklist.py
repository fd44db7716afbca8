"""Which records wait for the audit, and whether this person may make it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.work import Card, Work, soonest
from teyue.procedure.audit import queries, steps
from teyue.procedure.audit.models import Audit
from teyue.procedure.service.facts import Cause
from teyue.procedure.service.models import Record


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return the confirmed records that wait for the audit, soonest due first."""
    if not actor.may_somewhere(steps.APPROVE.power):
        return []
    found = queries.waiting(actor).prefetch_related("confirmations", "order__quotes")
    fitting = (record for record in found if actor.may(steps.APPROVE.power, record.scope))
    return soonest(work_of(record, actor=actor, at=at) for record in fitting)


def work_of(record: Record, *, actor: Actor, at: datetime) -> Work:
    """Return a record of :func:`queries.waiting` as work for the auditor.

    It asks no database when words were fetched.
    """
    step = steps.APPROVE
    blank = Audit(record=record, order=record.order, office_id=record.office_id)
    return Work(
        queue=step.name,
        label=step.label,
        clause=step.clause,
        document_kind=record.kind,
        document_id=record.pk,
        number=record.number or "",
        since=record.order.standing_since,
        card=Card(
            household=record.order.household.label,
            title=record.order.item.name,
            look_at=look_at(record),
            due_at=record.order.due_at,
            amount=record.amount,
            url="audit-approve",
            url_kwargs={"number": record.number or ""},
        ),
        refusal=step.objection(blank, actor=actor, at=at, asked=queries.known_of(record, by=actor)),
    )


def look_at(record: Record) -> str:
    """Say in a few words what the auditor should look at first."""
    told = []
    if record.visit.change_count:
        told.append(_("增项 %(n)d 处") % {"n": record.visit.change_count})
    alone = record.visit.no == 1 and not record.more_visits
    if alone and record.order.qty_x100 != record.qty_x100:
        told.append(str(_("实际数量与约定不同")))
    if record.materials:
        told.append(_("材料 %(n)d 种") % {"n": len(record.materials)})
    if record.visit.no > 1:
        told.append(_("第 %(n)d 次上门") % {"n": record.visit.no})
    if record.partial_cause not in ("", Cause.DONE):
        told.append(str(_("部分完成")))
    return _("，").join(told) or _("照片 %(n)d 张") % {"n": len(record.photos)}
