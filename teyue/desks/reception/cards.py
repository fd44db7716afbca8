"""The card of a household: who belongs to it, what is under way, what is owed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.procedure.booking.models import ENDED, Order
from teyue.procedure.booking.queries import orders
from teyue.register.company import queries as company
from teyue.register.estate import queries as estate
from teyue.register.estate.models import Household, Member
from teyue.register.estate.naming import QueryKind, plain, query_kind

PRESENT = Prefetch(
    "members",
    queryset=Member.objects.filter(voided_at=None, to_on=None)
    .select_related("person")
    .order_by("-is_primary", "pk"),
    to_attr="present",
)
RECENT = 12
SHOWN = 4
log = logging.getLogger("teyue.access")


@dataclass(frozen=True)
class Card:
    """A household as the desk sees it while somebody calls; ``caller`` is who seems to call."""

    household: Household
    members: tuple[Member, ...]
    orders: tuple[Order, ...]
    caller: Member | None

    @property
    def area(self) -> str:
        """Return the area in square meters."""
        return f"{self.household.unit.area_x100 / 100:.2f}"

    @cached_property
    def under_way(self) -> list[Order]:
        """Return the orders that go on, newest first."""
        return [order for order in self.orders if order.standing not in ENDED]

    @cached_property
    def recent(self) -> list[Order]:
        """Return the last services, newest first."""
        return [order for order in self.orders if order.standing in ENDED][:SHOWN]

    @cached_property
    def in_arrears(self) -> list[Order]:
        """Return the emergencies that nobody paid yet (E-18)."""
        return [order for order in self.orders if order.in_arrears]

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """Return the members with what each may do."""
        return [
            {"member": member, "rights": rights(member), "calls": member == self.caller}
            for member in self.members
        ]


def rights(member: Member) -> str:
    """Say what a member may do for the household."""
    may = [_("可预约")] if member.can_order else [_("不能预约")]
    return _("，").join([*may, _("可确认") if member.can_confirm else _("不能确认费用")])


def find(actor: Actor, typed: str) -> tuple[estate.Card, ...]:
    """Return the households that a word in the box may mean, in the offices of the actor."""
    scopes = actor.scopes(estate.READ)
    offices = company.office_ids() if EVERYWHERE in scopes else sorted(scopes)
    if query_kind(typed) == QueryKind.ORDER_NUMBER:
        named = orders.seen_by(actor).filter(number__endswith=plain(typed).upper()).first()
        return (estate.card(named.household),) if named else ()
    return tuple(card for office in offices for card in estate.find(office, typed))


def opened(actor: Actor, household: int, *, typed: str = "") -> Card:
    """Return the card of a household that the actor may see; each view is logged (I-56).

    :raises DoesNotExist: for a household that may not be seen.
    """
    seen = estate.card(estate.seen_by(actor).get(pk=household))
    log.info("household %s seen by %s", household, actor.id)
    known = Order.along_with().filter(household=household).order_by("-pk")
    caller = _caller(seen.members, plain(typed))
    return Card(seen.household, seen.members, tuple(known[:RECENT]), caller)


def _caller(members: Sequence[Member], word: str) -> Member | None:
    """Return who was found by name or telephone; else the main contact."""
    named = (member for member in members if word and _called(member, word))
    return next(named, members[0] if members else None)


def _called(member: Member, word: str) -> bool:
    person, low = member.person, word.lower()
    by_phone = word.isdigit() and len(word) >= 4 and person.phone.endswith(word)
    by_sound = low.isalpha() and low.isascii() and person.initials.startswith(low)
    return by_phone or by_sound or person.name.startswith(word)
