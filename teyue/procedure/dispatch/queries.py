"""What dispatch can tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.money import Money
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.dispatch.models import Override, Visit
from teyue.register.parameters.queries import value

RELATED = (
    "office",
    "order__household",
    "order__item",
    "order__line",
    "order__standard",
    "order__office",
    "staff__person",
    "firm",
    "worker__person",
    "performer",
)


def seen_by(actor: Actor) -> KeptQuerySet[Visit]:
    """Return the visits of the office, of the own household, and those one performs (I-76)."""
    visits = Visit.objects.select_related(*RELATED)
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return visits
    own = Q(performer=actor.id) | Q(order__household__in=actor.tied("household"))
    return visits.filter(own | Q(office__in=scopes))


def visits_of(order: Order) -> KeptQuerySet[Visit]:
    """Return the visits of an order, first to last."""
    return Visit.objects.filter(order=order).order_by("no")


def live_visit(order: Order) -> Visit | None:
    """Return the visit of an order that is still under way, locked with its order."""
    live = Visit.objects.filter(order=order, state__in=Visit.LIVE)
    return live.select_related("staff__person", "performer", "office").order_by("-no").first()


def live_visits(order: Order) -> list[Visit]:
    """Return all visits of an order that are still under way."""
    live = Visit.objects.filter(order=order, state__in=Visit.LIVE)
    return list(live.select_related("office").order_by("no"))


def jobs_of(actor: Actor, *, since: datetime) -> KeptQuerySet[Visit]:
    """Return what a technician has to do, soonest first, and what was finished lately."""
    mine = Visit.objects.filter(performer=actor.id).filter(
        Q(state__in=Visit.LIVE) | Q(finished_at__gte=since)
    )
    return mine.select_related(*RELATED, "order__contact").order_by("appoint_from", "pk")


def override_of(order: Order) -> Override | None:
    """Return the emergency override of an order."""
    return Override.objects.filter(order=order).first()


def unpaid_overrides(household: int) -> KeptQuerySet[Override]:
    """Return the emergencies that a household has not paid yet (I-63)."""
    return Override.objects.filter(
        order__household=household, state=Override.State.APPROVED, order__in_arrears=True
    )


def may_begin(order: Order) -> bool:
    """Tell whether work may begin (I-14): paid, an emergency, covered, or free of charge."""
    if order.in_arrears or order.coverage == Order.Coverage.FULL or not order.required:
        return True
    return cashier.held(order) >= order.required


def late_by(visit: Visit, arrived: datetime, *, at: datetime) -> timedelta:
    """Return how late an arrival is, from the reference of C-14; zero when on time."""
    point = visit.appoint_from == visit.appoint_to
    tolerance = value("visit.tolerance_min", office=visit.office_id, at=at) if point else 0
    late = arrived - visit.appoint_to - timedelta(minutes=tolerance)
    return max(late, timedelta())


def cap(order: Order, *, at: datetime) -> Money:
    """Return the most that an emergency may cost before it is paid."""
    return Money(value("emergency.cap_fen", office=order.office_id, at=at))
