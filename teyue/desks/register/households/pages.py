"""What the lists of households and of units show."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from teyue.desks.register.words import word_of
from teyue.foundation.actors import Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.register.estate import queries
from teyue.register.estate.models import Household, Inquiry, Member, Unit
from teyue.register.estate.naming import parse_room, plain, room_no
from teyue.web.exports import Column
from teyue.web.paging import Listing, Order


def _in_state(word: str) -> Q:
    if word == "asked":
        open_ones = Inquiry.objects.filter(state=Inquiry.State.OPEN)
        return Q(pk__in=open_ones.values("household"))
    return Q(state=Household.State(word))


def _with_room(text: str) -> Q:
    if room := parse_room(text):
        return Q(building__key=room.building, unit_key=room.unit, room_key=room.room)
    word = plain(text)
    return Q(room_key=room_no(word)) | Q(building__key=word)


def _of_building(word: str) -> Q:
    return Q(building=int(word))


def _of_status(word: str) -> Q:
    return Q(status=Unit.Status(word))


HOUSEHOLDS = Listing(
    title=_("住户档案"),
    orders={
        "room": Order(_("按房号"), "label"),
        "newest": Order(_("最近登记在前"), descending=True),
    },
    filters={"state": _in_state},
    search=queries.matching,
)
UNITS = Listing(
    title=_("房屋"),
    orders={"oldest": Order(_("按登记先后")), "newest": Order(_("最近登记在前"), descending=True)},
    filters={"building": _of_building, "status": _of_status},
    search=_with_room,
)
HOUSEHOLD_COLUMNS: tuple[Column[Household], ...] = (
    Column(_("房号"), lambda row: row.label),
    Column(_("状态"), lambda row: word_of(row)),
    Column(_("成员"), lambda row: _("、").join(member.person.name for member in present(row)), 30),
    Column(_("入住日期"), lambda row: row.opened_on),
    Column(_("迁出日期"), lambda row: row.closed_on),
    Column(_("上门提示"), lambda row: row.visit_note, 40),
)
UNIT_COLUMNS: tuple[Column[Unit], ...] = (
    Column(_("房号"), lambda row: str(row)),
    Column(_("建筑面积（㎡）"), lambda row: area(row)),
    Column(_("类别"), lambda row: row.get_kind_display()),
    Column(_("状态"), lambda row: row.get_status_display()),
)


def households(actor: Actor) -> KeptQuerySet[Household]:
    """Return the households of the list, each with who belongs to it now."""
    members = Member.objects.filter(voided_at=None, to_on=None).select_related("person")
    now: Prefetch[Any] = Prefetch(
        "members", members.order_by("-is_primary", "pk"), to_attr="present"
    )
    return queries.seen_by(actor).select_related("office").prefetch_related(now)


def present(household: Household) -> list[Member]:
    """Return who belongs to a household of the list now, the main contact first."""
    members: list[Member] = getattr(household, "present", [])
    return members


def units(actor: Actor) -> KeptQuerySet[Unit]:
    """Return the units of the list, with their building and open household."""
    homes = Household.objects.filter(state=Household.State.OPEN)
    now: Prefetch[Any] = Prefetch("households", homes, to_attr="home")
    rows = queries.units_seen_by(actor).select_related("building__office")
    return rows.prefetch_related(now)


def area(unit: Unit) -> str:
    """Write the area of a unit in square meters."""
    return f"{unit.area_x100 / 100:.2f}"
