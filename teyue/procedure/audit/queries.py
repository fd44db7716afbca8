"""What the auditor can be told."""

from __future__ import annotations

from teyue.foundation.actors import Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import records


def waiting(actor: Actor) -> KeptQuerySet[Record]:
    """Return the confirmed records that nobody has audited, the soonest due first."""
    confirmed = records.seen_by(actor).filter(
        state=Record.State.CONFIRMED, order__standing=Standing.TO_AUDIT
    )
    return confirmed.order_by("order__due_at", "pk")


def audits_of(order: Order) -> KeptQuerySet[Audit]:
    """Return the audits of an order, oldest first."""
    return Audit.objects.filter(order=order).select_related("auditor").order_by("pk")
