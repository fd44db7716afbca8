"""Which disputes wait for a decision, by asking the step."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.work import Card, Work, queue
from teyue.procedure.dispute import queries, steps
from teyue.procedure.dispute.models import Dispute


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return the disputes that nobody has decided, soonest due first."""
    if not actor.may_somewhere(steps.RESOLVE.power):
        return []
    return queue(steps.RESOLVE, queries.waiting(actor), card=_card, actor=actor, at=at)


def _card(dispute: Dispute) -> Card:
    return Card(
        household=dispute.order.household.label,
        title=dispute.order.item.name,
        look_at=_("看住户原话、现场照片和服务记录"),
        due_at=dispute.order.due_at,
        amount=dispute.record.amount,
        url="dispute",
        url_kwargs={"pk": dispute.pk},
    )
