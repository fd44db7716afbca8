"""What the auditor can be told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import CHECKS, Audit
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier.models import Receipt
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
    """Return the confirmed records that nobody has audited, the soonest due first.

    With ``hand``, whether the actor did or wrote any visit of the order, and ``money``, whether
    the actor took money for it (I-30, I-33).
    """
    confirmed = records.seen_by(actor).filter(
        state=Record.State.CONFIRMED, order__standing=Standing.TO_AUDIT
    )
    audited = Exists(passed().filter(record=OuterRef("pk")))
    mine = Q(recorded_by=actor.id) | Q(visit__performer=actor.id)
    hand = Exists(Record.objects.filter(mine, order=OuterRef("order")))
    money = Exists(Receipt.objects.filter(order=OuterRef("order"), issued_by=actor.id))
    weighed = cast("KeptQuerySet[Record]", confirmed.annotate(hand=hand, money=money))
    return weighed.exclude(audited).order_by("order__due_at", "order_id", "visit__no")


def known_of(record: Record, *, by: Actor) -> Findings:
    """Return what speaks of the auditor in a record of :func:`waiting`, and nothing against it."""
    found: Any = record
    return Findings(
        digest=record.content_digest,
        checks=dict.fromkeys(CHECKS, True),
        performers=frozenset({by.id} if found.hand else ()),
        took_money=found.money,
    )


def judged(order: Order, findings: Findings, *, by: Actor) -> Findings:
    """Return findings with what the order's papers say of its records and of the auditor.

    In one statement: which records have not passed, who did them, and whether ``by`` took money.
    """
    done = Exists(passed().filter(record=OuterRef("pk")))
    money = Exists(Receipt.objects.filter(order=order, issued_by=by.id))
    found = Record.objects.filter(order=order).annotate(done=done, money=money)
    rows = list(found.values_list("pk", "done", "money", "recorded_by", "visit__performer"))
    return replace(
        findings,
        unpassed=frozenset(pk for pk, done, *_hands in rows if not done),
        took_money=any(money for _pk, _done, money, *_hands in rows),
        performers=frozenset(person for row in rows for person in row[3:] if person is not None),
    )


def has_passed(record: Record) -> bool:
    """Tell whether a record passed the audit as it is now."""
    return passed().filter(record=record).exists()


def audits_of(order: Order) -> KeptQuerySet[Audit]:
    """Return the audits of an order, oldest first."""
    return Audit.objects.filter(order=order).select_related("auditor").order_by("pk")
