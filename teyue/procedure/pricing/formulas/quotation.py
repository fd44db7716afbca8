"""What a service costs by its price line (C-02)."""

from __future__ import annotations

import re
from datetime import time
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from teyue.foundation.money import Money, basis_points, total
from teyue.foundation.refusal import Refused
from teyue.procedure.pricing.formulas.checks import no_quantity, not_negative
from teyue.procedure.pricing.formulas.terms import (
    Discount,
    LineKind,
    Material,
    Occasion,
    PriceMode,
    Quotation,
    QuoteLine,
    Rate,
    Unit,
    Work,
)

BILLED = gettext_noop("%(work)s（计费 %(minutes)d 分钟）")
CALLOUT = gettext_noop("上门费")
SURCHARGES = {
    Occasion.NIGHT: gettext_noop("夜间加价"),
    Occasion.WEEKEND: gettext_noop("周末加价"),
    Occasion.HOLIDAY: gettext_noop("节假日加价"),
}
_BILLED = re.compile(r"(?P<work>.+)（计费 (?P<minutes>[0-9]+) 分钟）")
_WHOLE = 100
_NIGHT_FALLS, _NIGHT_ENDS = time(22), time(6)


def at_night(start: time) -> bool:
    """Tell whether work that starts at this local time is night work (C-02: 22:00 to 06:00)."""
    return start >= _NIGHT_FALLS or start < _NIGHT_ENDS


def quotation(rate: Rate, work: Work) -> Quotation:
    """Price work by one price line: labour, surcharge, material, call-out, discount (C-02).

    :raises Refused: no_quantity, negative_amount, outside_range, price_is_fixed,
        callout_not_listed, discount_too_large.
    """
    labour = _labour(rate, work)
    lines = (
        labour,
        *_surcharge(rate, work.occasions, labour.amount),
        *(material(rate, item) for item in work.materials),
        *_callout(rate, work.callouts),
    )
    return Quotation((*lines, *_discount(work.discount, total(line.amount for line in lines))))


def billed_minutes(rate: Rate, worked: int) -> int:
    """Return the minutes an hourly rate bills: whole increments, at least the minimum (C-02).

    A started increment counts only when the overrun exceeds the grace.
    """
    least = -(-rate.min_qty_x100 * 60 // _WHOLE)
    if not rate.increment_min:
        return max(least, worked)
    whole, overrun = divmod(worked, rate.increment_min)
    return max(least, (whole + (overrun > rate.grace_min)) * rate.increment_min)


def material(rate: Rate, item: Material) -> QuoteLine:
    """Return what a material costs: at cost, with the mark-up of the price line (C-02).

    :raises Refused: no_quantity, negative_amount.
    """
    if item.qty_x100 <= 0:
        raise no_quantity("materials")
    not_negative(item.unit_cost, "materials")
    marked_up = 1 + basis_points(rate.material_markup_bp)
    amount = item.unit_cost.times(marked_up * Fraction(item.qty_x100, _WHOLE))
    price = item.unit_cost.times(marked_up)
    return QuoteLine(LineKind.MATERIAL, item.text, item.qty_x100, price, amount)


def worded(text: str) -> str:
    """Return the text of a line, which papers keep in Chinese, in the words of the reader."""
    if kept := _BILLED.fullmatch(text):
        return _(BILLED) % {"work": kept["work"], "minutes": int(kept["minutes"])}
    name, blank, rest = text.partition(" ")
    return _(name) + blank + rest if name in (*SURCHARGES.values(), CALLOUT) else text


def _labour(rate: Rate, work: Work) -> QuoteLine:
    price = _unit_price(rate, work.on_site_price)
    quantity, text = _billed(rate, work)
    exact = price.times(quantity)
    return QuoteLine(
        LineKind.LABOUR, text, _hundredths(quantity), price, max(rate.min_charge, exact)
    )


def _billed(rate: Rate, work: Work) -> tuple[Fraction, str]:
    asked, other = work.qty_x100, work.minutes
    if rate.unit == Unit.HOUR:
        asked, other = other, asked
    if asked <= 0 or other:
        raise no_quantity("minutes" if rate.unit == Unit.HOUR else "qty_x100")
    if rate.unit != Unit.HOUR:
        return Fraction(max(asked, rate.min_qty_x100), _WHOLE), work.text
    minutes = billed_minutes(rate, asked)
    return Fraction(minutes, 60), BILLED % {"work": work.text, "minutes": minutes}


def _unit_price(rate: Rate, on_site: Money | None) -> Money:
    if rate.price_mode != PriceMode.RANGE:
        if on_site is not None:
            message = _("该项目按价目表收费，不能现场另行定价，请您清空现场报价。")
            raise Refused("price_is_fixed", message, field="on_site_price")
        return rate.unit_price
    if on_site is None or not rate.range_min <= on_site <= rate.range_max:
        message = _("现场报价须在 %(low)s 至 %(high)s 之间，请您重新填写。")
        bounds = {"low": rate.range_min.shown, "high": rate.range_max.shown}
        raise Refused("outside_range", message % bounds, field="on_site_price")
    return on_site


def _surcharge(rate: Rate, occasions: frozenset[Occasion], labour: Money) -> tuple[QuoteLine, ...]:
    """Charge the dearest occasion only: surcharges never stack."""
    dearest = max(sorted(occasions), key=rate.surcharge_bp, default=None)
    if dearest is None or not rate.surcharge_bp(dearest):
        return ()
    bp = rate.surcharge_bp(dearest)
    text = f"{SURCHARGES[dearest]} {_percent(bp)}"
    return (_single(LineKind.SURCHARGE, text, labour.share(basis_points(bp))),)


def _callout(rate: Rate, times: int) -> tuple[QuoteLine, ...]:
    not_negative(times, "callouts")
    if not times:
        return ()
    if not rate.callout_fee:
        message = _("价目表没有公布该项目的上门费，不能收取，请您删去这一项。")
        raise Refused("callout_not_listed", message, field="callouts")
    fee = rate.callout_fee
    return (QuoteLine(LineKind.CALLOUT, CALLOUT, times * _WHOLE, fee, fee.times(times)),)


def _discount(discount: Discount | None, before: Money) -> tuple[QuoteLine, ...]:
    if discount is None:
        return ()
    not_negative(discount.amount, "discount")
    if discount.amount > before:
        message = _("优惠不能超过应收金额 %(before)s，请您改小后再试。")
        raise Refused("discount_too_large", message % {"before": before.shown}, field="discount")
    return (_single(LineKind.DISCOUNT, discount.text, -discount.amount),)


def _single(kind: LineKind, text: str, amount: Money) -> QuoteLine:
    return QuoteLine(kind, text, _WHOLE, amount, amount)


def _hundredths(quantity: Fraction) -> int:
    return int(quantity * _WHOLE + Fraction(1, 2))


def _percent(bp: int) -> str:
    whole, part = divmod(bp, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + "%"
