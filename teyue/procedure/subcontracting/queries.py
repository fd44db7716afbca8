"""Firms of an office, and what rows of a workbook would add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.money import Money
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.planning.models import Item
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.register.company.models import Office
from teyue.register.importing.firms import FirmRow
from teyue.register.importing.forecasts import Forecast

READ = Power("firms.read", gettext_lazy("看分包方"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm that nobody knew, with what it may be asked to do; not kept yet."""

    firm: Firm
    items: tuple[FirmItem, ...]


def seen_by(actor: Actor) -> KeptQuerySet[Firm]:
    """Return the firms of the offices whose firms somebody may look at, voided ones left out."""
    known = Firm.objects.exclude(state=Firm.State.VOID).select_related("office")
    scopes = actor.scopes(READ)
    return known if EVERYWHERE in scopes else known.filter(office__in=scopes)


def items_of(firm: Firm) -> KeptQuerySet[FirmItem]:
    """Return what a firm does or did, with the items, in the order of their codes."""
    known = FirmItem.objects.filter(firm=firm).exclude(state=FirmItem.State.VOID)
    return known.select_related("item", "office", "firm").order_by("item_code", "pk")


def items_by_firm(firms: Sequence[Firm]) -> dict[int, list[FirmItem]]:
    """Return what some firms do or did, by the ids of the firms, in one statement."""
    known = FirmItem.objects.filter(firm__in=firms).exclude(state=FirmItem.State.VOID)
    found: dict[int, list[FirmItem]] = {}
    for one in known.select_related("item").order_by("item_code", "pk"):
        found.setdefault(one.firm_id, []).append(one)
    return found


def serving(firm: Firm, *, item: str = "") -> KeptQuerySet[FirmItem]:
    """Return what a firm may do now: all of it, or one item by its code."""
    known = items_of(firm).filter(state__in=FirmItem.MAY_SERVE)
    return known.filter(item_code=item) if item else known


def forecast(office: Office, rows: Sequence[FirmRow]) -> Forecast[FirmRow]:
    """Say what the rows would add to the firms of an office."""
    found = candidates(office, rows)
    fresh = {candidate.firm.uscc for candidate in found}
    adds = {"firm": len(found), "firmitem": sum(len(one.items) for one in found)}
    new = tuple(row for row in rows if row.uscc in fresh)
    return Forecast("firms", new, len(rows) - len(new), adds)


def candidates(office: Office, rows: Sequence[FirmRow]) -> list[Candidate]:
    """Return the firms that are new by their unified social credit code. Two statements."""
    codes = {row.uscc for row in rows}
    firms = Firm.objects.filter(office=office, uscc__in=codes).exclude(state=Firm.State.VOID)
    known = set(firms.values_list("uscc", flat=True))
    wanted = {code for row in rows for code in row.items}
    items = {item.code: item for item in Item.objects.filter(office=office, code__in=wanted)}
    return [_candidate(office, row, items) for row in rows if row.uscc not in known]


def _candidate(office: Office, row: FirmRow, items: dict[str, Item]) -> Candidate:
    firm = Firm(
        office=office,
        name=row.name[:60],
        uscc=row.uscc,
        contact=row.contact[:40],
        phone=row.phone,
        insured_to=row.insured_until,
    )
    rate = Money(row.unit_rate_fen or 0)
    mine = (
        FirmItem(office=office, firm=firm, item=items.get(code), item_code=code, unit_rate=rate)
        for code in row.items
    )
    return Candidate(firm, tuple(mine))
