"""Which refunds wait for whom, by asking the steps."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step
from teyue.foundation.work import Card, Work, queue, soonest
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.refund import queries, steps
from teyue.procedure.refund.facts import Till, Weighed
from teyue.procedure.refund.models import Refund

LOOK_AT = {
    steps.REVIEW.name: _("核对退款原因、金额和原收据"),
    steps.APPROVE.name: _("看近期退款合计和复核意见"),
    steps.ENDORSE.name: _("看近期退款合计和复核意见"),
    steps.COSIGN.name: _("核对收款记录和批准人"),
    steps.PAY.name: _("收回原收据或遗失声明，按原渠道退"),
    steps.RETRY.name: _("看付款失败原因，向收款人核对账号"),
    steps.RECONCILE.name: _("核对退款流水号和当日日结"),
}
PLAIN = (steps.REVIEW, steps.COSIGN, steps.RETRY, steps.RECONCILE)


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return the refunds that wait for this person, soonest due first."""
    works = [work for step in PLAIN for work in _queue(step, actor, at)]
    return soonest([*works, *_decisions(actor, at), *_payments(actor, at)])


def _queue(step: Step, actor: Actor, at: datetime) -> list[Work]:
    return queue(step, _papers(step, actor), card=partial(_card, step), actor=actor, at=at)


def _decisions(actor: Actor, at: datetime) -> list[Work]:
    refunds = _papers(steps.APPROVE, actor)
    exposures = queries.exposures(refunds, at=at) if refunds else {}
    works: list[Work] = []
    for step, cosigned in ((steps.APPROVE, False), (steps.ENDORSE, True)):
        fitting = [
            refund
            for refund in refunds
            if cosigned
            == queries.needs_cosign(exposures[refund.pk], office=refund.office_id, at=at)
        ]
        works += queue(
            step,
            fitting,
            card=partial(_card, step),
            actor=actor,
            at=at,
            asked=lambda refund: Weighed(exposure=exposures[refund.pk]),
        )
    return works


def _payments(actor: Actor, at: datetime) -> list[Work]:
    refunds = _papers(steps.PAY, actor)
    till = Till(shift=cashier.live_shifts(actor).first() if refunds else None)
    card = partial(_card, steps.PAY)
    return queue(steps.PAY, refunds, card=card, actor=actor, at=at, asked=lambda refund: till)


def _papers(step: Step, actor: Actor) -> list[Refund]:
    if not actor.may_somewhere(step.power):
        return []
    return list(queries.waiting_in(actor, step.power, *step.source))


def _card(step: Step, refund: Refund) -> Card:
    order = refund.order
    return Card(
        household=order.household.label,
        title=f"{order.item.name} · {refund.get_source_display()}",
        look_at=LOOK_AT[step.name],
        due_at=queries.due(refund),
        amount=refund.amount,
        url="refund",
        url_kwargs={"pk": refund.pk},
    )
