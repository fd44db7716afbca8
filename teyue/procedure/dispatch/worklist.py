"""What waits to be sent, taken up or collected, and for whom, by asking the steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step
from teyue.foundation.refusal import Refused
from teyue.foundation.work import Card, Work, queue, soonest
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.dispatch import queries, steps
from teyue.procedure.dispatch.models import Override, Visit

NEXT = (
    (steps.ACCEPT, _("看房号、时间和上门提示")),
    (steps.DEPART, _("带齐工具、鞋套和工牌")),
    (steps.ARRIVE, _("到门口扫码或拍照")),
)


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return what waits for this person in dispatch, soonest due first."""
    works = [*_to_send(actor, at), *_to_price(actor, at), *_to_collect(actor, at)]
    for step, look_at in NEXT:
        works += _jobs(step, actor, at, look_at)
    return soonest([*works, *_no_shows(actor, at)])


def _to_send(actor: Actor, at: datetime) -> Iterator[Work]:
    if not actor.may_somewhere(steps.ASSIGN.power):
        return
    for order in queries.to_send(actor):
        if actor.may(steps.ASSIGN.power, order.scope):
            yield _sending(order, actor, at)


def _sending(order: Order, actor: Actor, at: datetime) -> Work:
    step = steps.ASSIGN
    blank = Visit(order=order, office_id=order.office_id)
    urgent = order.urgency == Order.Urgency.URGENT
    return Work(
        queue=step.name,
        label=step.label,
        clause=step.clause,
        document_kind=order.kind,
        document_id=order.pk,
        number=order.number or "",
        since=order.standing_since,
        card=Card(
            household=order.household.label,
            title=order.item.name,
            look_at=_("急单，先派最近的人") if urgent else _("看期望时间和所需证件"),
            due_at=order.due_at,
            url="dispatch-assign",
            url_kwargs={"number": order.number or ""},
        ),
        refusal=step.objection(blank, actor=actor, at=at),
    )


def _jobs(step: Step, actor: Actor, at: datetime, look_at: object) -> list[Work]:
    if not actor.may_somewhere(step.power):
        return []
    mine = queries.jobs_of(actor, since=at).filter(state__in=step.source)

    def card(visit: Visit) -> Card:
        return Card(
            household=visit.order.household.label,
            title=visit.order.item.name,
            look_at=str(look_at),
            due_at=visit.appoint_from,
            url="job",
            url_kwargs={"number": visit.number or ""},
        )

    return queue(step, mine, card=card, actor=actor, at=at)


def _no_shows(actor: Actor, at: datetime) -> list[Work]:
    step = steps.REPORT_NO_SHOW
    if not actor.may_somewhere(step.power):
        return []
    late = queries.seen_by(actor).filter(
        state__in=step.source, appoint_to__lt=at - timedelta(minutes=1)
    )
    works = queue(step, late.order_by("appoint_to"), card=_late_card, actor=actor, at=at)
    return [work for work in works if work.refusal is None or work.refusal.code != "not_overdue"]


def _late_card(visit: Visit) -> Card:
    return Card(
        household=visit.order.household.label,
        title=visit.order.item.name,
        look_at=_("先电话联系服务人员，再改派"),
        due_at=visit.appoint_to,
        url="dispatch",
        url_kwargs={"number": visit.number or ""},
    )


def _to_price(actor: Actor, at: datetime) -> Iterator[Work]:
    """Yield the emergencies that are under way and for which the household has no price yet."""
    step = steps.QUOTE_LATE
    if not actor.may_somewhere(step.power):
        return
    for given in queries.unpaid_of_offices(actor.scopes(step.power)):
        order = given.order
        offered = Quote(order=order, office_id=order.office_id)
        if order.standing in step.when and not order.required:
            refusal = step.objection(offered, actor=actor, at=at)
            yield _pricing(given, refusal)


def _pricing(given: Override, refusal: Refused | None) -> Work:
    step, order = steps.QUOTE_LATE, given.order
    return Work(
        queue=step.name,
        label=step.label,
        clause=step.clause,
        document_kind=order.kind,
        document_id=order.pk,
        number=order.number or "",
        since=given.approved_at,
        card=Card(
            household=order.household.label,
            title=order.item.name,
            look_at=_("到场报价，最迟 24 小时内，只按价目"),
            due_at=given.pay_due_at,
            amount=given.estimate,
            url="dispatch-quote-late",
            url_kwargs={"number": order.number or ""},
        ),
        refusal=refusal,
    )


def _to_collect(actor: Actor, at: datetime) -> list[Work]:
    step = steps.REDEEM
    if not actor.may_somewhere(step.power):
        return []
    unpaid = queries.unpaid_of_offices(actor.scopes(step.power))
    return queue(step, unpaid, card=_owed_card, actor=actor, at=at)


def _owed_card(given: Override) -> Card:
    return Card(
        household=given.order.household.label,
        title=given.order.item.name,
        look_at=_("应急服务后 24 小时内补交"),
        due_at=given.pay_due_at,
        amount=given.order.required,
        url="case",
        url_kwargs={"number": given.order.number or ""},
    )
