"""The price of an order by its frozen charge standard (C-02, C-03)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from teyue.foundation.clock import local
from teyue.foundation.money import Money, basis_points, total
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.pricing import formulas
from teyue.procedure.pricing.formulas import LineKind, Occasion, Unit
from teyue.procedure.pricing.queries import rate_of
from teyue.register.calendar.days import DayKind
from teyue.register.calendar.queries import calendar_of
from teyue.register.parameters.queries import value

SURCHARGED = {DayKind.RESTDAY: Occasion.WEEKEND, DayKind.HOLIDAY: Occasion.HOLIDAY}


def priced(order: Order, pricing: Pricing) -> formulas.Quotation:
    """Return the quotation of an order.

    :raises Refused: those of :func:`formulas.quotation`.
    """
    return formulas.quotation(rate_of(order.line), work_of(order, pricing))


def work_of(
    order: Order, pricing: Pricing, *, qty_x100: int | None = None, minutes: int | None = None
) -> formulas.Work:
    """Return what is to be priced, as ordered or as it was really done."""
    quantity = order.qty_x100 if qty_x100 is None else qty_x100
    hourly = order.line.unit == Unit.HOUR
    ordered = quantity * 60 // 100 if minutes is None else minutes
    return formulas.Work(
        text=title(order),
        qty_x100=0 if hourly else quantity,
        minutes=ordered if hourly else 0,
        on_site_price=pricing.on_site_price,
        occasions=occasions(order.office_id, order.wish_from),
        materials=pricing.materials,
    )


def title(order: Order) -> str:
    """Return how the work of an order is called on a price list."""
    return f"{order.item.name_zh} {order.line.variant}".strip()


def occasions(office: int, starts: datetime | None) -> frozenset[Occasion]:
    """Return the occasions of a start that cost more; the highest surcharge applies (C-02)."""
    if starts is None:
        return frozenset()
    on = local(starts)
    found = SURCHARGED.get(calendar_of(office).kind(on.date()))
    night = {Occasion.NIGHT} if formulas.at_night(on.timetz().replace(tzinfo=None)) else set()
    return frozenset(night | ({found} if found else set()))


def charged_occasions(order: Order) -> frozenset[Occasion]:
    """Return the occasions for which done work is charged: never dearer than what was accepted.

    An order that moved to a weekend, a holiday or the night keeps its price; one that moved away
    from there is not charged for it any more (C-02, I-17).
    """
    now, rate = occasions(order.office_id, order.wish_from), rate_of(order.line)
    if order.accepted_at is None or not _dearest(rate, now):
        return now
    return min(now, _accepted(order, rate), key=lambda some: _dearest(rate, some))


def _dearest(rate: formulas.Rate, some: frozenset[Occasion]) -> int:
    return max(map(rate.surcharge_bp, some), default=0)


def _accepted(order: Order, rate: formulas.Rate) -> frozenset[Occasion]:
    """Return the occasions whose surcharge stands in the accepted quote."""
    quote = order.quotes.filter(state=Quote.State.ACCEPTED).last()
    lines = quote.lines if quote else []
    labor, surcharge = (
        total(Money(one["amount"]) for one in lines if one["kind"] == kind)
        for kind in (LineKind.LABOUR, LineKind.SURCHARGE)
    )
    if not surcharge:
        return frozenset()
    shares = {some: labor.share(basis_points(rate.surcharge_bp(some))) for some in Occasion}
    return frozenset(some for some, share in shares.items() if share == surcharge)


def prepay_terms(order: Order, *, at: datetime) -> formulas.PrepayTerms:
    """Return the company's own rule of prepayment at an instant (C-03)."""
    return formulas.PrepayTerms(
        full_below=Money(value("prepay.full_below_fen", office=order.office_id, at=at)),
        ratio_bp=value("prepay.ratio_bp", office=order.office_id, at=at),
    )


def prepayment(order: Order, total: Money, *, at: datetime) -> Money:
    """Return what must be paid before the work, of a total (C-03).

    :raises Refused: those of :func:`formulas.prepayment`.
    """
    return formulas.prepayment(rate_of(order.line), total, terms=prepay_terms(order, at=at))


def written(lines: Iterable[formulas.QuoteLine], *, line: int) -> list[dict[str, Any]]:
    """Return lines as a paper keeps them: sums in fen, and the charge standard they rest on."""
    return [
        {
            "kind": str(one.kind),
            "text": one.text,
            "qty_x100": one.qty_x100,
            "unit_price": one.unit_price.fen,
            "amount": one.amount.fen,
            "line": line,
        }
        for one in lines
    ]
