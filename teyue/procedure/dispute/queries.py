"""What disputes can tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.refund import queries as refunds
from teyue.procedure.settlement import queries as settlements
from teyue.register.parameters.queries import value


def seen_by(actor: Actor) -> KeptQuerySet[Dispute]:
    """Return the disputes of the office and of the own household."""
    disputes = Dispute.objects.select_related(
        "office", "order__household", "order__item", "order__office", "record__visit__performer"
    )
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return disputes
    own = Q(order__household__in=actor.tied("household"))
    return disputes.filter(own | Q(office__in=scopes))


def waiting(actor: Actor) -> KeptQuerySet[Dispute]:
    """Return the disputes that nobody has decided, oldest first."""
    return seen_by(actor).filter(state=Dispute.State.OPEN).order_by("opened_at", "pk")


def closable(*, at: datetime) -> KeptQuerySet[Order]:
    """Return the settled orders whose quiet time is over, oldest first."""
    settled = Order.along_with().filter(standing=Standing.SETTLED, due_at__lte=at, held="")
    return settled.order_by("due_at", "pk")


def unfinished(order: Order) -> bool:
    """Tell whether a refund is on its way, a reversal asked for, or a dispute open (O16)."""
    if refunds.pending(order) or settlements.reversal_waits(order):
        return True
    return order.disputes.filter(state=Dispute.State.OPEN).exists()


def warranty_ends(order: Order) -> datetime | None:
    """Return until when a rework is free, counted from the last confirmation; None: no warranty."""
    visit = order.visits.exclude(confirmed_at=None).order_by("-confirmed_at").first()
    if visit is None or visit.confirmed_at is None or not order.item.warranty_days:
        return None
    return visit.confirmed_at + timedelta(days=order.item.warranty_days)


def rework_under_way(order: Order) -> bool:
    """Tell whether the same work is being done again already."""
    return Order.objects.filter(rework_of=order, state=Order.State.OPEN).exists()


def blank_rework(source: Order) -> Order:
    """Return an order on which stands only what it would do again (O23)."""
    return Order(
        office=source.office, household=source.household, item=source.item, rework_of=source
    )


def quiet_days(order: Order, at: datetime) -> int:
    """Return how many days an order rests between settlement and closing."""
    return value("order.close_d", office=order.office_id, at=at)
