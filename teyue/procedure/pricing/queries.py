"""What pricing can tell: the charge standard and the service standard in force."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery

from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.planning.models import Item
from teyue.procedure.pricing import formulas
from teyue.procedure.pricing.models import PriceLine, Standard

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


def lines_in_force(office: int, *, at: datetime) -> KeptQuerySet[PriceLine]:
    """Return the charge standards in force at an instant, whatever the state of their items."""
    ended = Q(effective_to__isnull=False, effective_to__lte=at)
    lines = PriceLine.objects.filter(
        ~ended,
        item__office=office,
        effective_from__lte=at,
        price_list__state__in=("published", "superseded"),
    )
    return lines.select_related("item__department", "price_list").order_by("item__code", "id")


def offer(office: int, code: str, variant: str, *, at: datetime) -> Offer | None:
    """Return what is offered under an item code and variant, in one statement."""
    found = offers(office, at=at).filter(item__code=code, variant=variant).first()
    if found is None:
        return None
    return Offer(found, found.standard_in_force, found.standard_minutes or 0)  # type: ignore[attr-defined]


def offers(office: int, *, at: datetime) -> KeptQuerySet[PriceLine]:
    """Return the lines in force, each with the id and the minutes of its standard."""
    standards = Standard.objects.filter(
        Q(effective_to=None) | Q(effective_to__gt=at),
        item=OuterRef("item"),
        state=Standard.State.IN_FORCE,
        effective_from__lte=at,
    ).order_by("-version")
    return lines_in_force(office, at=at).annotate(
        standard_in_force=Subquery(standards.values("pk")[:1]),
        standard_minutes=Subquery(standards.values("duration_min")[:1]),
        item_state=F("item__state"),
    )


def rate_of(line: PriceLine) -> formulas.Rate:
    """Return a charge standard as the formulas need it."""
    values = {name: getattr(line, name) for name in RATE_FIELDS}
    values |= {
        "unit": formulas.Unit(line.unit),
        "price_mode": formulas.PriceMode(line.price_mode),
        "prepay_mode": formulas.PrepayMode(line.prepay_mode),
    }
    return formulas.Rate(**{key: value for key, value in values.items() if value is not None})
