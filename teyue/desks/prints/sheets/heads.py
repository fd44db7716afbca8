"""What every sheet needs: the head, the home, priced lines, signatures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from teyue.desks.casefile.wording import in_words, quantity
from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.pricing.formulas import LineKind
from teyue.procedure.pricing.models import PriceLine
from teyue.register.company.models import Office
from teyue.register.estate.models import Member, Person
from teyue.web import formats
from teyue.web.prints import parts
from teyue.web.prints.sheets import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """Who prints, when, and whether it is a reprint (E-28)."""

    actor: Actor
    at: datetime
    reprint: int = 0


def language() -> Language:
    """Return the language that is printed: that of the reader."""
    return "en" if (get_language() or "").startswith("en") else "zh-hans"


def head(printer: Printer, office: Office, number: str, **more: Any) -> dict[str, Any]:
    """Return what stands on every form."""
    return {
        "company": office.company.name,
        "office": office.name,
        "office_phone": office.phone,
        "office_address": office.address,
        "number": number,
        "printed_at": printer.at,
        "printed_by": printer.actor.name or printer.actor.login,
        "language": language(),
        "reprint": printer.reprint,
        **more,
    }


def place(order: Order, person: Person | None = None) -> parts.Place:
    """Return whose home it is and whom to ask for; the phone is masked."""
    person = person or order.contact
    return parts.Place(
        room=room_of(order),
        name=person.name,
        phone=formats.masked(person.phone),
        relation=relation_of(order, person),
    )


def room_of(order: Order) -> str:
    """Write the home as the language of the reader does."""
    label = order.household.label
    return label if language() == "en" else formats.room_long(label)


def relation_of(order: Order, person: Person) -> str:
    """Say what somebody is to the household, '' for who does not belong to it any more."""
    members = Member.objects.filter(household=order.household_id, person=person, voided_at=None)
    member = members.order_by("-pk").first()
    return member.get_relation_display() if member else ""


def unit_of(order: Order) -> str:
    """Return the unit in which an order is counted."""
    return order.line.get_unit_display()


def charges(lines: Iterable[dict[str, Any]], order: Order) -> tuple[parts.Charge, ...]:
    """Return priced lines of a paper; labor is counted in the unit of the price."""
    item, unit = order.item, unit_of(order)
    return tuple(
        parts.Charge(
            text=in_words(line["text"], item),
            quantity=quantity(line["qty_x100"]),
            unit=unit if line["kind"] == LineKind.LABOUR else str(PriceLine.Unit.PIECE.label),
            unit_price=Money(line["unit_price"]),
            amount=Money(line["amount"]),
        )
        for line in lines
    )


def signed(person: Person | None, at: datetime | None) -> parts.Signed:
    """Return who signed when, a blank line for nobody."""
    return parts.Signed(person.name, at) if person else parts.BLANK


def names_of(*people: int | None) -> dict[int | None, str]:
    """Return the names of people by their ids, in one statement."""
    wanted = {person for person in people if person}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


def price_list_of(order: Order) -> str:
    """Say by which edition of the price list an order is charged."""
    starts = formats.exact(order.line.effective_from)[:10]
    facts = {"n": order.line.price_list.version, "from": starts}
    return _("价目表第 %(n)s 版，%(from)s 起执行") % facts


def serials_of(order: Order) -> str:
    """Return the numbers of the receipts of an order, in one statement."""
    serials = order.receipts.order_by("pk").values_list("serial", flat=True)
    return _("、").join(f"{serial or 0:07d}" for serial in serials)
