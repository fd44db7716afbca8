"""Find a household by whatever the caller says, and show its card."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.pen import KeptQuerySet
from teyue.register.company.queries import READ as READ_REGISTER
from teyue.register.company.queries import within
from teyue.register.estate.models import Household, Inquiry, Member, Unit
from teyue.register.estate.naming import (
    QueryKind,
    building_no,
    parse_room,
    plain,
    query_kind,
    room_no,
    rooms_meant,
)
from teyue.register.estate.persons import normal_phone, phone_keys

READ = Power("households.read", gettext_lazy("看住户"))

PRESENT = Q(members__voided_at=None, members__to_on=None)
PART_OF_ROOM = re.compile(r"[0-9A-Z]{1,4}(?:-[0-9A-Z]{1,5}){1,2}-?")


@dataclass(frozen=True, slots=True)
class Card:
    """A household and who belongs to it now, the main contact first."""

    household: Household
    members: tuple[Member, ...]


def seen_by(actor: Actor) -> KeptQuerySet[Household]:
    """Return the households that somebody may see: of the office, or the own ones (I-56, I-58)."""
    households = Household.objects.exclude(state=Household.State.VOID)
    scopes = actor.scopes(READ)
    if EVERYWHERE in scopes:
        return households
    own = Q(pk__in=actor.tied("household"), state=Household.State.OPEN)
    return households.filter(Q(office__in=scopes) | own)


def units_seen_by(actor: Actor) -> KeptQuerySet[Unit]:
    """Return the flats and shops that somebody may see: those of the offices."""
    units = Unit.objects.filter(voided_at=None)
    if not actor.may_somewhere(READ_REGISTER):
        return units.none()
    return units.filter(within(actor, READ_REGISTER, "building__office"))


def inquiries_seen_by(actor: Actor) -> KeptQuerySet[Inquiry]:
    """Return what is to be asked of the households that somebody may see."""
    return Inquiry.objects.filter(household__in=seen_by(actor))


def members_seen_by(actor: Actor) -> KeptQuerySet[Member]:
    """Return who belongs or belonged to the households that somebody may see."""
    members = Member.objects.filter(household__in=seen_by(actor), voided_at=None)
    return members.select_related("person")


def matching(text: str) -> Q:
    """Return the condition that a household is meant by a word in the box, moved out or not."""
    condition = CONDITIONS[query_kind(text)](plain(text).upper())
    return Q(pk__in=Household.objects.filter(condition).values("pk"))


def find(office: int, text: str, *, limit: int = 20) -> tuple[Card, ...]:
    """Return the households of an office that a word in the box may mean, in order of rooms.

    A room (``3-2-1102``, ``3-2``, ``1102``), a name or its beginning, pinyin or initials, the last
    four digits of a phone, or all of it. Two statements.
    """
    condition = CONDITIONS[query_kind(text)](plain(text).upper())
    households = Household.objects.filter(office=office, state=Household.State.OPEN)
    return _cards(households.filter(condition).distinct().order_by("label")[:limit])


def card(household: Household) -> Card:
    """Return a household with who belongs to it now."""
    return _cards(Household.objects.filter(pk=household.pk))[0]


def live_members(household: int) -> KeptQuerySet[Member]:
    """Return who belongs to a household now, the main contact first."""
    members = Member.objects.filter(household=household, voided_at=None, to_on=None)
    return members.select_related("person").order_by("-is_primary", "pk")


def _cards(households: KeptQuerySet[Household]) -> tuple[Card, ...]:
    members = Member.objects.filter(voided_at=None, to_on=None).select_related("person")
    members = members.order_by("-is_primary", "pk")
    rows = households.select_related("office", "unit__building").prefetch_related(
        Prefetch("members", queryset=members, to_attr="present")
    )
    return tuple(Card(row, tuple(row.present)) for row in rows)


def _by_room(word: str) -> Q:
    if room := parse_room(word):
        return Q(label=room.short)
    meant = Q(label__in=rooms_meant(word))
    if not PART_OF_ROOM.fullmatch(word):
        parts = Q(unit__room_key=room_no(word)) | Q(unit__building__key=building_no(word))
        return parts | meant
    first, _, rest = word.partition("-")
    return Q(label__startswith=word) | Q(unit__building__key=first, unit__room_key=rest) | meant


def _by_tail(word: str) -> Q:
    tail = phone_keys(word)[1]
    return PRESENT & Q(members__person__tail_index=tail) | Q(unit__room_key=room_no(word))


def _by_phone(word: str) -> Q:
    return PRESENT & Q(members__person__phone_index=phone_keys(normal_phone(word))[0])


def _by_initials(word: str) -> Q:
    begins = Q(members__person__initials__gte=word.lower())
    begins &= Q(members__person__initials__lt=_after(word.lower()))
    return PRESENT & (begins | _pinyin(word)) | _by_room(word)


def _by_pinyin(word: str) -> Q:
    return PRESENT & _pinyin(word)


def _by_name(word: str) -> Q:
    if PART_OF_ROOM.fullmatch(word):
        return _by_room(word)
    return PRESENT & Q(members__person__name__startswith=word)


def _pinyin(word: str) -> Q:
    return Q(members__person__pinyin__startswith=re.sub(r"[^A-Z]", "", word).lower())


def _after(word: str) -> str:
    """Return the least word of small letters that does not begin with this one."""
    stem = word.rstrip("z")
    return stem[:-1] + chr(ord(stem[-1]) + 1) if stem else "zzzzzzzzzzzzzzzzzzzzz"


def _nothing(word: str) -> Q:
    return Q(pk=None)


CONDITIONS: Mapping[QueryKind, Callable[[str], Q]] = {
    QueryKind.NOTHING: _nothing,
    QueryKind.ROOM: _by_room,
    QueryKind.PHONE_TAIL: _by_tail,
    QueryKind.PHONE: _by_phone,
    QueryKind.INITIALS: _by_initials,
    QueryKind.PINYIN: _by_pinyin,
    QueryKind.NAME: _by_name,
    QueryKind.ORDER_NUMBER: _nothing,
}
