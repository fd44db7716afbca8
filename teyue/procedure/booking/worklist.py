"""Which orders wait for a price or an answer, by asking the steps."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step
from teyue.foundation.work import Card, Work, queue, soonest
from teyue.procedure.booking import steps
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.pricing.models import PriceLine

LOOK_AT = {
    steps.QUOTE.name: _("念给住户听，请住户确认"),
    steps.QUOTE_ON_SITE.name: _("看现场，在批准的范围内报价"),
    steps.ACCEPT.name: _("看报价和应预交"),
}


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return the orders that wait for a price or a yes of this person, soonest due first."""
    return soonest([*_unpriced(actor, at), *_unanswered(actor, at)])


def _unpriced(actor: Actor, at: datetime) -> list[Work]:
    powers = (steps.QUOTE.power, steps.QUOTE_ON_SITE.power)
    if not any(actor.may_somewhere(power) for power in powers):
        return []
    wanted = list(orders.seen_by(actor).filter(standing=Standing.REGISTERED))
    on_site = [order for order in wanted if order.line.price_mode == PriceLine.Mode.RANGE]
    listed = [order for order in wanted if order.line.price_mode != PriceLine.Mode.RANGE]
    return [
        work
        for step, papers in ((steps.QUOTE, listed), (steps.QUOTE_ON_SITE, on_site))
        for work in queue(
            step,
            [Quote(order=order, office=order.office) for order in papers],
            card=partial(_card, step),
            actor=actor,
            at=at,
        )
    ]


def _unanswered(actor: Actor, at: datetime) -> list[Work]:
    if not actor.may_somewhere(steps.ACCEPT.power):
        return []
    mine = orders.seen_by(actor).filter(household__in=actor.tied("household"))
    offered = Quote.objects.filter(
        state=Quote.State.OFFERED, order__in=mine.filter(standing=Standing.QUOTED)
    )
    near = [f"order__{name}" for name in Order.along]
    papers = offered.select_related("office", "order", *near)
    return queue(steps.ACCEPT, papers, card=partial(_card, steps.ACCEPT), actor=actor, at=at)


def _card(step: Step, quote: Quote) -> Card:
    order = quote.order
    return Card(
        household=order.household.label,
        title=f"{order.item.name} {order.line.variant}".strip(),
        look_at=LOOK_AT[step.name],
        due_at=order.due_at,
        amount=quote.total if quote.pk else None,
        url="case",
        url_kwargs={"number": order.number or ""},
    )
