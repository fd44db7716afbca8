"""What the auditor can be told."""

from __future__ import annotations

from django.db.models import Q

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import records


def seen_by(actor: Actor) -> KeptQuerySet[Audit]:
    """Return the audits of the office, and of the own household."""
    audits = Audit.objects.select_related(
        "office", "auditor", "order__household", "order__item", "order__line", "record__visit"
    )
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return audits
    own = Q(order__household__in=actor.tied("household"))
    return audits.filter(own | Q(office__in=scopes))


def waiting(actor: Actor) -> KeptQuerySet[Record]:
    """Return the confirmed records that nobody has audited, the soonest due first."""
    confirmed = records.seen_by(actor).filter(
        state=Record.State.CONFIRMED, order__standing=Standing.TO_AUDIT
    )
    return confirmed.order_by("order__due_at", "pk")


def audits_of(order: Order) -> KeptQuerySet[Audit]:
    """Return the audits of an order, oldest first."""
    return Audit.objects.filter(order=order).select_related("auditor").order_by("pk")
