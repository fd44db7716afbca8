"""What the small approved set says: items, prices, standards and the papers that approve them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from teyue.foundation.money import Money
from teyue.procedure.planning.catalogue import (
    BY_CODE,
    CATALOGUE,
    CATEGORIES,
    UNIT_NAMES,
    Charge,
    Variant,
)
from teyue.procedure.planning.catalogue import CatalogueItem as Entry
from teyue.procedure.planning.models import Category, Item
from teyue.procedure.pricing.models import PriceLine, PriceList, Standard
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.register.company.models import Department, Office

ONLY_VARIANT = "std"
BY_TERMS = "ratio"
FIRM_SHARE_PERCENT = 70
TITLE = "特约服务项目及收费标准公告"


def categories(office: Office) -> list[Category]:
    """Return the headings of the price list."""
    return [
        Category(office=office, code=row.code, name_zh=row.name_zh, name_en=row.name_en, sort=place)
        for place, row in enumerate(CATEGORIES, start=1)
    ]


def items(
    office: Office,
    headings: Mapping[str, Category],
    departments: Mapping[str, Department],
) -> list[Item]:
    """Return the items of the starter catalogue, with headings and departments by their codes."""
    return [
        _item(entry, office, headings[entry.category_code], departments.get(entry.department or ""))
        for entry in CATALOGUE
    ]


def price_lines(edition: PriceList, item: Item, *, effective_from: datetime) -> list[PriceLine]:
    """Return the charge standards of an item, one a variant."""
    charge = BY_CODE[item.code].charge
    return [
        _price_line(edition, item, variant, charge, effective_from)
        for variant in BY_CODE[item.code].variants
    ]


def standard(item: Item, *, effective_from: datetime) -> Standard:
    """Return the service standard of an item: its three points, each to be checked off."""
    entry = BY_CODE[item.code]
    return Standard(
        office=item.office,
        item=item,
        version=1,
        steps=steps_of(entry),
        duration_min=entry.duration_min,
        warranty_text=f"质保 {entry.warranty_days} 天" if entry.warranty_days else "",
        effective_from=effective_from,
    )


def steps_of(entry: Entry) -> list[dict[str, Any]]:
    """Return the points of an item as a standard keeps them."""
    return [
        {
            "no": no,
            "text_zh": point.text_zh,
            "text_en": point.text_en,
            "check_required": True,
            "photo_required": point.photo,
        }
        for no, point in enumerate(entry.points, start=1)
    ]


def firm_items(
    firm: Firm, codes: Iterable[str], known: Mapping[str, Item], *, state: FirmItem.State
) -> Iterator[FirmItem]:
    """Return what a firm may do, and how far it is trusted with it."""
    for code in codes:
        rate = BY_CODE[code].variants[0].price_fen * FIRM_SHARE_PERCENT // 100
        yield FirmItem(
            office=firm.office,
            firm=firm,
            item=known[code],
            item_code=code,
            unit_rate=Money(rate),
            state=state,
        )


def payload(lines: Iterable[PriceLine]) -> dict[str, Any]:
    """Return what the general manager approves: every price, with its standard."""
    return {
        "lines": [
            {
                "item": line.item.code,
                "variant": line.variant,
                "unit": line.unit,
                "unit_price_fen": line.unit_price.fen,
                "standard": steps_of(BY_CODE[line.item.code]),
            }
            for line in lines
        ]
    }


def notice(lines: Iterable[PriceLine]) -> str:
    """Return the text that hangs on the board: every item with its price."""
    return "\n".join([TITLE, *map(_on_the_board, lines)])


def digest(content: object) -> str:
    """Return the SHA-256 of a text, or of data written as JSON, in hexadecimal."""
    text = content if isinstance(content, str) else json.dumps(content, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _on_the_board(line: PriceLine) -> str:
    name = f"{line.item.name_zh} {line.variant}".strip()
    return f"{line.item.code} {name} {line.unit_price.shown}/{UNIT_NAMES[line.unit][0]}"


def _item(entry: Entry, office: Office, heading: Category, department: Department | None) -> Item:
    gates = entry.gates
    return Item(
        office=office,
        code=entry.code,
        name_zh=entry.name_zh,
        name_en=entry.name_en,
        category=heading,
        provider_kind=entry.provider,
        department=department,
        disturbance=entry.disturbance.value,
        certificates=list(gates.certificates),
        requires_owner_consent=gates.owner_consent,
        requires_identity_check=gates.identity_check,
        needs_neighbor_notice=entry.needs_neighbor_notice,
        is_pass_through=gates.pass_through,
        agreement_allowed=entry.agreement_allowed,
        urgent_allowed=gates.urgent_allowed,
        warranty_days=entry.warranty_days,
        social_weight=entry.social_weight,
    )


def _price_line(
    edition: PriceList, item: Item, variant: Variant, charge: Charge, effective_from: datetime
) -> PriceLine:
    in_range = charge.mode == "range"
    least, most = charge.market_fen
    return PriceLine(
        price_list=edition,
        item=item,
        variant="" if variant.code == ONLY_VARIANT else variant.name_zh,
        unit=charge.unit,
        unit_price=Money(variant.price_fen),
        min_qty_x100=charge.least_qty_x100,
        min_charge=Money(charge.least_fen),
        increment_min=charge.increment_min,
        grace_min=charge.grace_min,
        price_mode=charge.mode,
        range_min=Money(least) if in_range else None,
        range_max=Money(most) if in_range else None,
        night_bp=charge.night_bp,
        weekend_bp=charge.weekend_bp,
        holiday_bp=charge.holiday_bp,
        callout_fee=Money(charge.callout_fee_fen),
        cancel_fee_bp=charge.cancel_fee_bp,
        cancel_fee_cap=Money(charge.cancel_fee_cap_fen),
        # A share is the company's own rule, which also says below which sum all is prepaid.
        prepay_mode=PriceLine.Prepay.STANDARD if charge.prepay == BY_TERMS else charge.prepay,
        deposit=Money(charge.deposit_fen),
        effective_from=effective_from,
    )
