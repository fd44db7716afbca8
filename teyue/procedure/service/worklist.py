"""Which visits and records wait for whom, by asking the steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.money import NOTHING
from teyue.foundation.work import Card, Work, queue, soonest
from teyue.procedure.booking.steps import own_household
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.facts import Opening
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import steps
from teyue.procedure.service.models import Change, Record
from teyue.procedure.service.queries import records
from teyue.register.parameters.queries import value


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return what waits for this person in service, soonest due first."""
    return soonest(
        [
            *_to_start(actor, at),
            *_to_record(actor, at),
            *_to_revise(actor, at),
            *_to_confirm(actor, at),
            *_unreachable(actor, at),
            *_to_answer(actor, at),
            *_to_continue(actor, at),
        ]
    )


def _to_start(actor: Actor, at: datetime) -> list[Work]:
    step = steps.START
    if not actor.may_somewhere(step.power):
        return []
    arrived = dispatch.jobs_of(actor, since=at).filter(state=Visit.State.ARRIVED)
    arrived = dispatch.with_held(arrived)
    return queue(step, arrived, card=_job_card, actor=actor, at=at, asked=_opening)


def _opening(visit: Visit) -> Opening:
    return Opening(identity_shown=True, held=getattr(visit, "held", None) or NOTHING)


def _to_record(actor: Actor, at: datetime) -> Iterator[Work]:
    step = steps.RECORD
    if not actor.may_somewhere(step.power):
        return
    for visit in dispatch.jobs_of(actor, since=at).filter(state=Visit.State.WORKING):
        blank = Record(visit=visit, order=visit.order, office_id=visit.office_id)
        yield Work(
            queue=step.name,
            label=step.label,
            clause=step.clause,
            document_kind=visit.kind,
            document_id=visit.pk,
            number=visit.number or "",
            since=visit.state_since,
            card=_job_card(visit),
            refusal=step.objection(blank, actor=actor, at=at),
        )


def _to_revise(actor: Actor, at: datetime) -> list[Work]:
    step = steps.REVISE
    if not actor.may_somewhere(step.power):
        return []
    returned = records.returned(actor)
    return queue(step, returned, card=_returned_card, actor=actor, at=at)


def _to_confirm(actor: Actor, at: datetime) -> list[Work]:
    step = steps.CONFIRM
    if not actor.may_somewhere(step.power):
        return []
    own = records.seen_by(actor).filter(
        state=Record.State.RECORDED, order__household__in=actor.tied("household")
    )
    return queue(step, own, card=_confirm_card, actor=actor, at=at)


def _unreachable(actor: Actor, at: datetime) -> list[Work]:
    step = steps.CONFIRM_ALTERNATIVELY
    works: list[Work] = []
    for office in sorted(actor.scopes(step.power)):
        wait = timedelta(days=value("confirm.alt_d", office=office or None, at=at))
        late = records.unconfirmed(before=at - wait).filter(
            pk__in=records.seen_by(actor).values("pk")
        )
        late = late.filter(office=office) if office else late
        works += queue(step, late, card=_unreachable_card, actor=actor, at=at)
    return works


def _to_answer(actor: Actor, at: datetime) -> list[Work]:
    step = steps.ACCEPT_CHANGE
    if not actor.may_somewhere(step.power):
        return []
    own = records.changes_seen_by(actor).filter(
        state__in=step.source, order__household__in=actor.tied("household")
    )
    return queue(step, own.order_by("pk"), card=_change_card, actor=actor, at=at)


def _change_card(change: Change) -> Card:
    return Card(
        household=change.order.household.label,
        title=change.order.item.name,
        look_at=_("看要增加什么、多少钱，您同意才做"),
        due_at=change.order.due_at,
        amount=change.delta,
        url="my-change",
        url_kwargs={"pk": change.pk},
    )


def _to_continue(actor: Actor, at: datetime) -> Iterator[Work]:
    step = steps.CONTINUE_ORDER
    if not actor.may_somewhere(step.power):
        return
    for record in records.to_continue(actor):
        order = record.order
        if actor.may(step.power, order.scope):
            yield Work(
                queue=step.name,
                label=step.label,
                clause=step.clause,
                document_kind=order.kind,
                document_id=order.pk,
                number=order.number or "",
                since=order.standing_since,
                card=_continue_card(record),
                refusal=own_household(order, actor, at, None),
            )


def _continue_card(record: Record) -> Card:
    order = record.order
    return Card(
        household=order.household.label,
        title=order.item.name,
        look_at=_("第 %(n)d 次上门已确认，还须再派人") % {"n": record.visit.no},
        due_at=order.due_at,
        url="service-continue-order",
        url_kwargs={"number": order.number or ""},
    )


def _job_card(visit: Visit) -> Card:
    return Card(
        household=visit.order.household.label,
        title=visit.order.item.name,
        look_at=_("按服务标准逐项做，先签后做"),
        due_at=visit.appoint_to,
        url="job",
        url_kwargs={"number": visit.number or ""},
    )


def _returned_card(record: Record) -> Card:
    return Card(
        household=record.order.household.label,
        title=record.order.item.name,
        look_at=_("看审核退回的原因，改正后请住户再确认"),
        due_at=record.order.due_at,
        amount=record.amount,
        url="job",
        url_kwargs={"number": record.visit.number or ""},
    )


def _confirm_card(record: Record) -> Card:
    return Card(
        household=record.order.household.label,
        title=record.order.item.name,
        look_at=_("看做了什么、多少钱，再确认"),
        due_at=record.order.due_at,
        amount=record.amount,
        url="my-confirmation",
        url_kwargs={"number": record.number or ""},
    )


def _unreachable_card(record: Record) -> Card:
    return Card(
        household=record.order.household.label,
        title=record.order.item.name,
        look_at=_("看三次提醒和现场证据"),
        due_at=record.order.due_at,
        amount=record.amount,
        url="case",
        url_kwargs={"number": record.order.number or ""},
    )
