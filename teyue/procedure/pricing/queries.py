"""What pricing can tell: the charge standard and the service standard in force."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from teyue.procedure.planning.models import Item
from teyue.procedure.pricing import formulas
from teyue.procedure.pricing.models import PriceLine, PriceList, Standard
from teyue.register.company import edition

RATE_FIELDS = tuple(field.name for field in fields(formulas.Rate))


@dataclass(frozen=True, slots=True)
class Offer:
    """A charge standard in force with the service standard that goes with it."""

    line: PriceLine
    standard_id: int | None
    minutes: int

    @property
    def item(self) -> Item:
        """Return the item that is offered."""
        return self.line.item


def offer(office: int, code: str, variant: str, *, at: datetime) -> Offer | None:
    """Return what is offered under an item code and variant."""
    found = (one for one in offers(office, at=at) if one.item.code == code)
    return next((one for one in found if one.line.variant == variant), None)


def offers(office: int, *, at: datetime) -> tuple[Offer, ...]:
    """Return the charge standards in force at an instant, each with its service standard.

    Remembered by the edition: whoever publishes a list or moves an item replaces it.
    """
    lines, standards = _priced(office)
    in_force = {one.item_id: one for one in standards if _lasts(one, at)}
    found = []
    for line in lines:
        if line.in_force(at):
            standard = in_force.get(line.item_id)
            minutes = standard.duration_min if standard else 0
            found.append(Offer(line, standard.pk if standard else None, minutes))
    return tuple(found)


@edition.remembered
def _priced(office: int) -> tuple[tuple[PriceLine, ...], tuple[Standard, ...]]:
    published = (PriceList.State.PUBLISHED, PriceList.State.SUPERSEDED)
    lines = PriceLine.objects.filter(item__office=office, price_list__state__in=published)
    standards = Standard.objects.filter(item__office=office, state=Standard.State.IN_FORCE)
    return (
        tuple(lines.select_related("item__department", "price_list").order_by("item__code", "pk")),
        tuple(standards.order_by("version")),
    )


def _lasts(standard: Standard, at: datetime) -> bool:
    ended = standard.effective_to is not None and standard.effective_to <= at
    return standard.effective_from <= at and not ended


def rate_of(line: PriceLine) -> formulas.Rate:
    """Return a charge standard as the formulas need it."""
    values = {name: getattr(line, name) for name in RATE_FIELDS}
    values |= {
        "unit": formulas.Unit(line.unit),
        "price_mode": formulas.PriceMode(line.price_mode),
        "prepay_mode": formulas.PrepayMode(line.prepay_mode),
    }
    return formulas.Rate(**{key: value for key, value in values.items() if value is not None})
