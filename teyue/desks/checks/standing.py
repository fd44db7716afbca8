"""Where orders stand by their papers, in one statement: the twin of what the kernel writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from teyue.foundation.money import NOTHING, MoneyField
from teyue.foundation.pen import Kept
from teyue.procedure.audit.queries import unpassed
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.cashier.queries import holding
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.models import Record
from teyue.procedure.settlement.models import Settlement

SENT = (Visit.State.ASSIGNED, Visit.State.ACCEPTED, Visit.State.EN_ROUTE, Visit.State.ARRIVED)
DONE = (Visit.State.WORKING, Visit.State.FINISHED, Visit.State.CONFIRMED)
MINE = {"order": OuterRef("pk")}
NIL = Value(NOTHING, output_field=MoneyField())


def standing_astray() -> Iterator[str]:
    """Yield orders that stand elsewhere than their papers say."""
    for number, standing, computed in (
        computed_standings()
        .exclude(standing=F("computed"))
        .values_list("number", "standing", "computed")
    ):
        yield _("订单 %(number)s 的进度为 %(standing)s，按单据应为 %(computed)s") % {
            "number": number,
            "standing": standing,
            "computed": computed,
        }


def computed_standings() -> QuerySet[Any]:
    """Return all orders with ``computed``: where they stand by their papers, last stage first."""
    found: QuerySet[Any] = _seen_papers().annotate(
        computed=Case(
            When(state=Order.State.VOID, then=Value(Standing.VOID)),
            When(state=Order.State.CANCELLED, then=Value(Standing.CANCELLED)),
            When(state=Order.State.CLOSED, then=Value(Standing.CLOSED)),
            When(_has(Dispute, state=Dispute.State.OPEN), then=Value(Standing.DISPUTED)),
            When(_has(Settlement, state=Settlement.State.SETTLED), then=Value(Standing.SETTLED)),
            *_by_service(),
            *_by_payment(),
            default=Value(Standing.REGISTERED),
            output_field=CharField(),
        )
    )
    return found


def _seen_papers() -> QuerySet[Any]:
    visits = Visit.objects.filter(**MINE).order_by("-no")
    records = Record.objects.filter(**MINE).order_by("-visit__no")
    seen: QuerySet[Any] = Order.objects.annotate(
        visit_state=Subquery(visits.values("state")[:1]),
        more_visits=Subquery(records.values("more_visits")[:1]),
        unpassed=Exists(unpassed().filter(**MINE)),
        paid=Coalesce(holding("pk"), NIL),
    )
    return seen


def _by_service() -> tuple[When, ...]:
    unconfirmed = _has(Record, state__in=(Record.State.RECORDED, Record.State.DISPUTED))
    return (
        When(unconfirmed, then=Value(Standing.TO_CONFIRM)),
        When(more_visits=False, unpassed=True, then=Value(Standing.TO_AUDIT)),
        When(more_visits=False, then=Value(Standing.TO_SETTLE)),
        When(visit_state__in=SENT, then=Value(Standing.DISPATCHED)),
        When(visit_state__in=DONE, then=Value(Standing.IN_SERVICE)),
    )


def _by_payment() -> tuple[When, ...]:
    ready = Q(rework_of__isnull=False) | _has(Override)
    accepted = _has(Quote, state=Quote.State.ACCEPTED)
    return (
        When(ready, then=Value(Standing.READY)),
        When(accepted & Q(paid__gte=F("required")), then=Value(Standing.READY)),
        When(accepted, then=Value(Standing.AWAITING_PAYMENT)),
        When(_has(Quote, state=Quote.State.OFFERED), then=Value(Standing.QUOTED)),
    )


def _has(model: type[Kept], **facts: object) -> Q:
    return Q(Exists(model._default_manager.filter(**MINE, **facts)))
