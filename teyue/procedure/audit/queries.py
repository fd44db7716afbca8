"""What the auditor can be told."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

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


def passed() -> QuerySet[Audit]:
    """Return the audits that count: the last of their record, passed on its present content."""
    later = Audit.objects.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
    same = Audit.objects.filter(
        state=Audit.State.PASSED, content_digest=F("record__content_digest")
    )
    return same.exclude(Exists(later))


def unpassed() -> QuerySet[Record]:
    """Return the records that have not passed an audit as they are now."""
    return Record.objects.exclude(Exists(passed().filter(record=OuterRef("pk"))))


def waiting(actor: Actor) -> KeptQuerySet[Record]:
    """Return the confirmed records that nobody has audited, the soonest due first."""
    confirmed = records.seen_by(actor).filter(
        state=Record.State.CONFIRMED, order__standing=Standing.TO_AUDIT
    )
    audited = Exists(passed().filter(record=OuterRef("pk")))
    return confirmed.exclude(audited).order_by("order__due_at", "order_id", "visit__no")


def unpassed_of(order: Order) -> frozenset[int]:
    """Return the ids of the records of an order that have not passed as they are now."""
    return frozenset(unpassed().filter(order=order).values_list("pk", flat=True))


def has_passed(record: Record) -> bool:
    """Tell whether a record passed the audit as it is now."""
    return passed().filter(record=record).exists()


def audits_of(order: Order) -> KeptQuerySet[Audit]:
    """Return the audits of an order, oldest first."""
    return Audit.objects.filter(order=order).select_related("auditor").order_by("pk")
