"""From a wish to what registration needs: who asks, what is offered, what is known already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor, Power
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.facts import Registration, Wish
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders, slots
from teyue.procedure.pricing import queries as pricing
from teyue.procedure.pricing.queries import Offer
from teyue.register.estate import queries as estate
from teyue.register.estate.models import Household, Member

RELAY = Power("booking.register", gettext_lazy("登记"))


def registration(wish: Wish, *, actor: Actor, at: datetime) -> Registration:
    """Return a wish with its people, its offer and the orders under way, in three statements.

    :raises Refused: ``item_unknown``, ``not_a_member``, ``not_yours``.
    :raises DoesNotExist: for a household that the actor may not see.
    """
    members = members_seen(wish.household, actor=actor)
    household = members[0].household
    requester = _requester(members, wish, actor)
    return Registration(
        members=members,
        requester=requester,
        payer=_member(members, wish.payer, "payer") or requester,
        contact=_member(members, wish.contact, "contact") or requester,
        offer=_offer(household.office_id, wish, at),
        known=tuple(orders.open_orders(household)),
        channel=wish.channel,
        urgency=wish.urgency,
        qty_x100=wish.qty_x100,
        description=wish.description,
        wish_from=wish.wish_from,
        wish_to=wish.wish_from + slots.WINDOW if wish.wish_from else None,
        duplicate_reason=wish.duplicate_reason,
        owner_consent=wish.owner_consent,
        offline_number=wish.offline_number,
    )


def draft(request: Registration, *, actor: Actor, at: datetime) -> Order:
    """Return the order that a registration would begin, unsaved."""
    household, offer = request.requester.household, request.offer
    return Order(
        office=household.office,
        household=household,
        requester=request.requester.person,
        payer=request.payer.person,
        contact=request.contact.person,
        channel=request.channel,
        item=offer.item,
        line=offer.line,
        standard_id=offer.standard_id,  # type: ignore[misc]
        registered_at=at,
        registered_by_id=actor.id,
        qty_x100=request.qty_x100,
        description=request.description,
        wish_from=request.wish_from,
        wish_to=request.wish_to,
        urgency=request.urgency,
        duplicate_reason=request.duplicate_reason,
        offline_number=request.offline_number,
    )


def members_seen(household: int, *, actor: Actor) -> tuple[Member, ...]:
    """Return who belongs to a household that the actor may see, the main contact first.

    :raises DoesNotExist: when it may not be seen, or nobody lives there.
    """
    found = tuple(orders.members_of(household).order_by("-is_primary", "pk"))
    if not found or not _sees(found[0].household, actor):
        raise Household.DoesNotExist(f"no household {household}")
    return found


def _sees(household: Household, actor: Actor) -> bool:
    """Staff who may register see the card of a household that calls; residents see their own."""
    if household.pk in actor.tied("household"):
        return True
    office = household.office_id
    return actor.may(estate.READ, office) or (actor.may(RELAY, office) and actor.roles != {"RS"})


def _requester(members: Sequence[Member], wish: Wish, actor: Actor) -> Member:
    if "RS" in actor.roles and wish.household in actor.tied("household"):
        if wish.requester not in (None, actor.id):
            text = _("您登录的是本人账号，只能以本人名义预约。")
            raise Refused("not_yours", text, field="requester", clause="4.2.4")
        return _member(members, actor.id, "requester") or members[0]
    return _member(members, wish.requester, "requester") or members[0]


def _member(members: Sequence[Member], person: int | None, field: str) -> Member | None:
    if person is None:
        return None
    found = next((member for member in members if member.person_id == person), None)
    if found is None:
        text = _("这个人不是这户现在的成员。请您在住户卡上选择，或先登记为住户成员。")
        raise Refused("not_a_member", text, field=field, clause="4.2.4")
    return found


def _offer(office: int, wish: Wish, at: datetime) -> Offer:
    found = pricing.offer(office, wish.item, wish.variant, at=at)
    if found is None:
        text = _("价目表里没有这个项目或规格。请您从在用价目中选择，或记为需求线索。")
        raise Refused("item_unknown", text, field="item", clause="4.2.4")
    return found
