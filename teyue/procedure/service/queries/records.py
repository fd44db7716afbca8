"""What service can tell."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
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


def seen_by(actor: Actor) -> KeptQuerySet[Record]:
    """Return the records of the office, of the own household, and those one wrote."""
    records = Record.objects.select_related(*RELATED)
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return records
    own = Q(visit__performer=actor.id) | Q(order__household__in=actor.tied("household"))
    return records.filter(own | Q(office__in=scopes))


def changes_seen_by(actor: Actor) -> KeptQuerySet[Change]:
    """Return the changes of the office, of the own household, and of one's own visits."""
    changes = Change.objects.select_related(
        "office", "visit__performer", "order__household", "order__item", "order__line"
    )
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return changes
    own = Q(visit__performer=actor.id) | Q(order__household__in=actor.tied("household"))
    return changes.filter(own | Q(office__in=scopes))


def records_of(order: Order) -> KeptQuerySet[Record]:
    """Return the records of an order, first visit first."""
    return Record.objects.filter(order=order).select_related(*RELATED).order_by("visit__no")


def latest_word(record: Record) -> Confirmation | None:
    """Return the latest word of the owner on a record."""
    return max(record.confirmations.all(), key=lambda word: word.pk, default=None)


def returned(actor: Actor) -> KeptQuerySet[Record]:
    """Return one's own records that the audit sent back and nobody has corrected."""
    mine = Record.objects.filter(state=Record.State.RECORDED, visit__performer=actor.id)
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


def unconfirmed(*, before: datetime) -> KeptQuerySet[Record]:
    """Return the records that have waited for the owner since before an instant, oldest first."""
    waiting = Record.objects.filter(state=Record.State.RECORDED, recorded_at__lt=before)
    return waiting.select_related(*RELATED).order_by("recorded_at", "pk")
