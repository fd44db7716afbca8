"""What service can tell."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.register.estate.models import Member

SHOWN = (
    "work_done",
    "checklist",
    "minutes",
    "qty_x100",
    "materials",
    "photos",
    "site_cleaned",
    "more_visits",
    "partial_cause",
    "done_x100",
    "lines",
    "remarks",
)
RELATED = (
    "office",
    "visit__performer",
    "recorded_by",
    "order__household",
    "order__item",
    "order__line",
    "order__office",
    "order__standard",
)
CHANGE_RELATED = (
    "office",
    "visit__performer",
    "order__household",
    "order__item",
    "order__line",
    "order__office",
)


def seen_by(actor: Actor) -> KeptQuerySet[Record]:
    """Return the records of the office, of the own household, and those one wrote."""
    records = Record.objects.select_related(*RELATED)
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return records
    own = dispatch.performing(actor, visit="visit") | Q(
        order__household__in=actor.tied("household")
    )
    return records.filter(own | Q(office__in=scopes))


def changes_seen_by(actor: Actor) -> KeptQuerySet[Change]:
    """Return the changes of the office, of the own household, and of one's own visits."""
    changes = Change.objects.select_related(*CHANGE_RELATED)
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return changes
    own = dispatch.performing(actor, visit="visit") | Q(
        order__household__in=actor.tied("household")
    )
    return changes.filter(own | Q(office__in=scopes))


def records_of(order: Order) -> KeptQuerySet[Record]:
    """Return the records of an order, first visit first."""
    return Record.objects.filter(order=order).select_related(*RELATED).order_by("visit__no")


def others_of(record: Record) -> list[Record]:
    """Return the other records of the order, first visit first; no statement for the first visit.

    They refer to the same copy of the order.
    """
    if record.pk is None and record.visit.no == 1:
        return []
    others = Record.objects.filter(order=record.order_id).exclude(pk=record.pk)
    found = list(others.select_related("visit").order_by("visit__no"))
    for one in found:
        one.order = record.order
    return found


def left_x100(order: Order) -> int:
    """Return how much of an order is still to be done, in hundredths; never below nothing."""
    if not order.delivered:
        return order.qty_x100
    done = Record.objects.filter(order=order).aggregate(sum=Sum("qty_x100"))["sum"] or 0
    return max(order.qty_x100 - done, 0)


def goes_on(record: Record) -> bool:
    """Tell whether somebody comes again once this record is confirmed: it is the last and says so.

    While the owner's word is asked for, every record after it has said that nobody comes again.
    """
    if not record.more_visits:
        return False
    later = Record.objects.filter(order=record.order_id, visit__no__gt=record.visit.no)
    return not later.exists()


def charging(order: str) -> Subquery:
    """Return what all records of an order come to, as a column of rows that reach it by a name."""
    of_order = Record.objects.filter(order=OuterRef(order)).order_by().values("order")
    return Subquery(of_order.annotate(charged=Sum("amount")).values("charged"))


def latest_word(record: Record) -> Confirmation | None:
    """Return the latest word of the owner on a record."""
    return max(record.confirmations.all(), key=lambda word: word.pk, default=None)


def returned(actor: Actor) -> KeptQuerySet[Record]:
    """Return one's own records that the audit sent back and nobody has corrected."""
    mine = Record.objects.filter(
        dispatch.performing(actor, visit="visit"), state=Record.State.RECORDED
    )
    sent_back = mine.filter(audits__state="returned", audits__at__gt=F("recorded_at"))
    return sent_back.select_related(*RELATED).distinct().order_by("pk")


def digest_of(record: Record) -> str:
    """Return the SHA-256 of what the owner is shown: whatever changes it needs a new word."""
    content = {name: getattr(record, name) for name in SHOWN}
    content |= {"order": record.order_id, "visit": record.visit_id, "amount": record.amount.fen}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def confirmation_code(order: Order) -> str:
    """Return the six digits that the payer got with the receipt, to confirm the finished work.

    Nothing is stored: the code is a keyed digest of the order, so a copy of the data does not
    give it away, and the technician never sees it.
    """
    message = f"confirm:{order.pk}:{order.accepted_at}".encode()
    digest = hmac.new(settings.INDEX_KEY.encode(), message, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def confirmers(order: Order) -> KeptQuerySet[Member]:
    """Return who may confirm for the household (I-19)."""
    present = orders.members_of(order.household_id)
    return present.filter(can_confirm=True).exclude(relation=Member.Relation.HELPER)


def open_changes(order: Order) -> KeptQuerySet[Change]:
    """Return the changes that the household has not answered."""
    return Change.objects.filter(order=order, state=Change.State.OFFERED)


def to_continue(actor: Actor) -> KeptQuerySet[Record]:
    """Return the confirmed records after which somebody has to be sent again, soonest due first."""
    found = seen_by(actor).filter(
        state=Record.State.CONFIRMED, more_visits=True, order__standing=Standing.IN_SERVICE
    )
    later = Visit.objects.filter(order=OuterRef("order"), no__gt=OuterRef("visit__no"))
    return found.exclude(Exists(later)).order_by("order__due_at", "pk")


def unconfirmed(*, before: datetime) -> KeptQuerySet[Record]:
    """Return the records that have waited for the owner since before an instant, oldest first."""
    waiting = Record.objects.filter(state=Record.State.RECORDED, recorded_at__lt=before)
    return waiting.select_related(*RELATED).order_by("recorded_at", "pk")
