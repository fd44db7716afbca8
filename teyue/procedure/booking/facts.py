"""What is asked of booking, frozen when it comes through a door."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.pricing.formulas import Material
from teyue.procedure.pricing.queries import Offer
from teyue.register.estate.models import Household, Member

LARGEST_QUANTITY = 9_999
_QUANTITY = re.compile(r"([0-9]{1,9})(?:\.([0-9]*))?")


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
class Wish:
    """A wish as a door hears it: ids of household and people, code and variant of what is wanted.

    Whoever is not named is the requester; a requester who is not named is the main contact, or
    the resident who asks. Quantities are hundredths.
    """

    household: int
    item: str
    variant: str = ""
    qty_x100: int = 100
    requester: int | None = None
    payer: int | None = None
    contact: int | None = None
    channel: Order.Channel = Order.Channel.PHONE
    urgency: Order.Urgency = Order.Urgency.NORMAL
    description: str = ""
    wish_from: datetime | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Where an order really belongs, who belongs there, and why it went wrong (E-02)."""

    household: Household
    members: tuple[Member, ...]
    reason: str


def hundredths(typed: str) -> int:
    """Read a quantity as people type it, in hundredths.

    :raises ValueError: with a polite sentence for what is no quantity.
    """
    clean = unicodedata.normalize("NFKC", typed).strip().replace("。", ".")
    found = _QUANTITY.fullmatch(clean)
    if found is None:
        raise ValueError(_("数量没有看懂，请您只填写数字，例如 2 或 1.5。"))
    whole, parts = int(found[1]), (found[2] or "").rstrip("0")
    if len(parts) > 2:
        raise ValueError(_("数量最多两位小数，请您改成例如 3.33。"))
    quantity = whole * 100 + int(parts.ljust(2, "0"))
    if quantity == 0:
        raise ValueError(_("数量要大于零，请您填写要做多少。"))
    if quantity > LARGEST_QUANTITY * 100:
        raise ValueError(_("数量太大，请您核对后重新填写。"))
    return quantity
