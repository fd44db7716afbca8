"""What waits for the cashier: audited orders, and fees that are owed. By asking the steps."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.money import NOTHING
from teyue.foundation.work import Card, Work, queue, soonest
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import queries as till
from teyue.procedure.settlement import queries, steps
from teyue.procedure.settlement.facts import Closing
from teyue.procedure.settlement.models import Settlement
from teyue.procedure.settlement.queries import Waiting


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return what this person could settle, collect a fee for, or reverse, soonest due first."""
    return [*_settling(actor, at), *_reversals(actor, at)]


def _settling(actor: Actor, at: datetime) -> list[Work]:
    if not actor.may_somewhere(steps.SETTLE.power):
        return []
    found = queries.queue(actor)
    works = [
        _work(one, actor, at) for one in found if actor.may(steps.SETTLE.power, one.order.office_id)
    ]
    return soonest([*works, *_fees(actor, at)])


def _reversals(actor: Actor, at: datetime) -> list[Work]:
    if not actor.may_somewhere(steps.REVERSE.power):
        return []
    asked = queries.reversals_waiting(actor)
    return queue(steps.REVERSE, asked, card=_reversal, actor=actor, at=at)


def _reversal(slip: Settlement) -> Card:
    return Card(
        household=slip.order.household.label,
        title=slip.order.item.name,
        look_at=_("看冲销原因和结算清单"),
        amount=slip.actual,
        url="settlement",
        url_kwargs={"number": slip.number or ""},
    )


def _fees(actor: Actor, at: datetime) -> list[Work]:
    owing = till.in_arrears(actor).filter(state=Order.State.CANCELLED)
    return queue(steps.COLLECT_FEE, owing, card=_fee, actor=actor, at=at)


def _fee(order: Order) -> Card:
    return Card(
        household=order.household.label,
        title=order.item.name,
        look_at=_("取消时已交的款项不够抵取消费"),
        amount=till.due_now(order),
        url="till-redeem",
        url_kwargs={"number": order.number or ""},
    )


def _work(one: Waiting, actor: Actor, at: datetime) -> Work:
    order, step = one.order, steps.SETTLE
    blank = Settlement(order=order, office=order.office, actual=NOTHING, prepaid=NOTHING)
    me = frozenset({actor.id})
    part = Closing(
        itemized=True,
        auditors=me if one.audited else frozenset(),
        performers=me if one.performed else frozenset(),
    )
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
            look_at=_("先给住户看结算清单"),
            due_at=order.due_at,
            amount=one.difference,
            url="settlement-settle",
            url_kwargs={"number": order.number or ""},
        ),
        refusal=step.objection(blank, actor=actor, at=at, asked=part),
    )
