"""What the work comes to, by the frozen charge standard (C-02, C-05a, C-05b)."""

from __future__ import annotations

from fractions import Fraction

from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.models import Quote
from teyue.procedure.booking.queries import prices
from teyue.procedure.dispatch.queries import late_by
from teyue.procedure.pricing import formulas
from teyue.procedure.pricing.formulas import LateTerms, LineKind, PriceMode, Quotation, QuoteLine
from teyue.procedure.pricing.queries import rate_of
from teyue.procedure.service.facts import Broken, Cause, Extra, Report
from teyue.procedure.service.models import Change, Record
from teyue.register.parameters.queries import value


def charged(record: Record, report: Report) -> Quotation:
    """Return the lines of a record: the work as done, accepted changes, the credit for lateness.

    A rework costs nothing (I-28).
    """
    order = record.order
    if order.rework_of_id is not None:
        return Quotation(())
    pricing = Pricing(materials=report.materials, on_site_price=_site_price(record))
    work = prices.work_of(order, pricing, qty_x100=report.qty_x100, minutes=report.minutes)
    priced = formulas.quotation(rate_of(order.line), work)
    credit = _late_credit(record, priced.part(LineKind.LABOUR))
    return Quotation((*priced.lines, *_labor_of_changes(record), *credit))


def charged_in_part(record: Record, broken: Broken) -> Quotation:
    """Return what is due for a part (C-05a).

    Because of the company: the agreed total pro rata. Because of the household: what was done at
    list price, never above the agreed total.
    """
    order = record.order
    if broken.cause == Cause.COMPANY:
        due = formulas.partial_by_company(
            order.agreed, done_x100=broken.done_x100, planned_x100=order.qty_x100
        )
    else:
        listed = order.line.unit_price.times(Fraction(broken.done_x100, 100))
        due = formulas.partial_by_household(order.agreed, done_at_list=(listed,))
    text = prices.title(order)
    line = QuoteLine(LineKind.LABOUR, text, broken.done_x100, order.line.unit_price, due)
    return Quotation((line,) if broken.done_x100 else ())


def extra_lines(extra: Extra) -> Quotation:
    """Return the lines of extra work: labor by agreement, materials at cost."""
    rate = formulas.Rate(unit=formulas.Unit.VISIT, unit_price=extra.labor)
    text = extra.labor_text or extra.reason
    work = formulas.Work(text=text, qty_x100=100, materials=extra.materials)
    priced = formulas.quotation(rate, work)
    kept = tuple(line for line in priced.lines if line.amount != NOTHING)
    return Quotation(kept)


def _labor_of_changes(record: Record) -> tuple[QuoteLine, ...]:
    if not record.visit.change_count:
        return ()
    changes = Change.objects.filter(visit=record.visit_id, state=Change.State.ACCEPTED)
    return tuple(
        QuoteLine(
            LineKind(line["kind"]),
            line["text"],
            line["qty_x100"],
            Money(line["unit_price"]),
            Money(line["amount"]),
        )
        for change in changes
        for line in change.lines
        if line["kind"] == LineKind.LABOUR
    )


def _late_credit(record: Record, labor: Money) -> tuple[QuoteLine, ...]:
    visit, office = record.visit, record.office_id
    if visit.arrived_at is None:
        return ()
    at = visit.arrived_at
    terms = LateTerms(
        after_min=value("late.threshold_min", office=office, at=at),
        credit_bp=value("late.credit_bp", office=office, at=at),
        cap=Money(value("late.credit_cap_fen", office=office, at=at)),
    )
    minutes = int(late_by(visit, at, at=at).total_seconds() // 60)
    credit = formulas.late_credit(labor, late_min=minutes, terms=terms)
    if credit == NOTHING:
        return ()
    return (QuoteLine(LineKind.DISCOUNT, "迟到减免", 100, -credit, -credit),)


def _site_price(record: Record) -> Money | None:
    order = record.order
    if order.line.price_mode != PriceMode.RANGE:
        return None
    quote = Quote.objects.filter(order=order, state=Quote.State.ACCEPTED).first()
    labor = [line for line in quote.lines if line["kind"] == LineKind.LABOUR] if quote else []
    return Money(labor[0]["unit_price"]) if labor else None
