"""Orders as people may see them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import ENDED, Order, Quote, Standing
from teyue.procedure.planning.models import Item
from teyue.register.estate.models import Household, Member

READ = Power("orders.read", gettext_lazy("看订单"))


def seen_by(actor: Actor) -> KeptQuerySet[Order]:
    """Return the orders that somebody may see: of the office, or of the own household."""
    scopes = actor.scopes(READ)
    orders = Order.along_with()
    if EVERYWHERE in scopes:
        return orders
    return orders.filter(Q(office__in=scopes) | Q(household__in=actor.tied("household")))


def members_of(household: int) -> KeptQuerySet[Member]:
    """Return who belongs to a household now, each with the household and its office."""
    present = Member.objects.filter(household=household, voided_at=None, to_on=None)
    return present.select_related("person", "household__office", "household__unit__building")


def confirmer_among(members: KeptQuerySet[Member], person: object) -> Member:
    """Return the member who was named to confirm; :raises Refused: ``confirmer_missing``."""
    number = str(person or "")
    found = members.filter(person=int(number)).first() if number.isdecimal() else None
    if found is None:
        text = _("请选择由谁确认；确认人须是这户的成员。")
        raise Refused("confirmer_missing", text, field="person", clause="4.3.1")
    return found


def open_orders(household: Household) -> list[Order]:
    """Return what a household has under way or owes, newest first."""
    orders = Order.objects.filter(household=household).order_by("-pk")
    return list(orders.filter(~Q(standing__in=ENDED) | Q(in_arrears=True)))


def last_quote(order: Order) -> Quote:
    """Return the last quote of an order; a blank one where nothing was offered yet."""
    latest = Quote.objects.filter(order=order).order_by("-no").first()
    latest = latest or Quote(office=order.office)
    # A sitting knows one copy of an order.
    latest.order = order
    return latest


def duplicates(
    orders: list[Order], *, item: Item, wish_from: datetime | None, at: datetime, within: timedelta
) -> list[Order]:
    """Return the orders under way that may be the same wish (E-03): same item, near in time."""
    return [
        order
        for order in orders
        if order.item_id == item.pk
        and order.standing not in ENDED
        and (_overlaps(order, wish_from) or at - order.registered_at <= within)
    ]


def lapsable(*, at: datetime) -> KeptQuerySet[Order]:
    """Return the orders that nobody paid in time (O20), oldest first."""
    waiting = Order.objects.filter(standing=Standing.AWAITING_PAYMENT, due_at__lte=at)
    return waiting.order_by("due_at", "pk")


def _overlaps(order: Order, wish_from: datetime | None) -> bool:
    if wish_from is None or order.wish_from is None or order.wish_to is None:
        return False
    return order.wish_from <= wish_from < order.wish_to
