"""Settlements whose reversal finance has asked for (J2)."""

from __future__ import annotations

from teyue.foundation.actors import Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order
from teyue.procedure.settlement.models import Settlement
from teyue.procedure.settlement.queries.accounts import seen_by


def reversal_waits(order: Order) -> bool:
    """Tell whether the manager has yet to answer a request for reversal."""
    return _asked(Settlement.objects.filter(order=order)).exists()


def reversals_waiting(actor: Actor) -> KeptQuerySet[Settlement]:
    """Return the settlements whose reversal waits for the manager, oldest first."""
    return _asked(seen_by(actor)).order_by("pk")


def _asked(slips: KeptQuerySet[Settlement]) -> KeptQuerySet[Settlement]:
    return slips.filter(state=Settlement.State.SETTLED).exclude(reversal_asked_by=None)
