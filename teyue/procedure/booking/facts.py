"""What is asked of booking, frozen when it comes through a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.pricing.formulas import Material
from teyue.procedure.pricing.queries import Offer
from teyue.register.estate.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A wish as it was told: who, what, how much (hundredths), when, and what was answered.

    ``known`` are the orders that the household has under way, read when the wish was told.
    """

    members: tuple[Member, ...]
    requester: Member
    payer: Member
    contact: Member
    offer: Offer
    known: tuple[Order, ...] = ()
    channel: Order.Channel = Order.Channel.PHONE
    urgency: Order.Urgency = Order.Urgency.NORMAL
    qty_x100: int = 100
    description: str = ""
    wish_from: datetime | None = None
    wish_to: datetime | None = None
    duplicate_reason: str = ""
    owner_consent: str = ""
    offline_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What a quotation needs beyond the order: materials at cost, the price named on site."""

    materials: tuple[Material, ...] = ()
    on_site_price: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """How the household said yes."""

    method: Quote.Method
    evidence: str = ""
