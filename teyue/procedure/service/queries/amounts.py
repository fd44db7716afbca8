"""What the work comes to, by the frozen charge standard (C-02, C-05a, C-05b).

An order is one service, however many visits it takes: the work of all of them is priced together,
so that a minimum is charged once and a started half hour once. Each record carries what the order
comes to with it, less what the other records charge already (ADR 0011).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from teyue.foundation.money import NOTHING, Money, total
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.queries import prices
from teyue.procedure.dispatch.queries import late_by
from teyue.procedure.pricing import formulas
from teyue.procedure.pricing.formulas import (
    LateTerms,
    LineKind,
    Material,
    PriceMode,
    Quotation,
    QuoteLine,
    Unit,
)
from teyue.procedure.pricing.queries import rate_of
from teyue.procedure.service.facts import Cause, Extra
from teyue.procedure.service.models import Change, Record
from teyue.register.parameters.queries import value

WORK = (LineKind.LABOUR, LineKind.SURCHARGE, LineKind.MERGED)
TOGETHER = "与其他各次上门合并计价"
PRO_RATA = "公司原因未完成，按约定总价比例计"
AT_MOST = "以已接受的总价为限"


def charged(record: Record, used: Iterable[Material], others: Sequence[Record]) -> Quotation:
    """Return the lines of a record: the work as done, materials, accepted changes, late credit.

    ``others`` are the other records of the order. A rework costs nothing (I-28); what was broken
    off is charged by C-05a.
    """
    order = record.order
    if order.rework_of_id is not None:
        return Quotation(())
    rate = rate_of(order.line)
    work = _work(record, others)
    lines = (*work, *(formulas.material(rate, one) for one in used), *_changes(record))
    lines = (*lines, *_limited(record, lines, others))
    labor = min(_part(work, (LineKind.LABOUR,)), _part(work, WORK))
    return Quotation((*lines, *_late_credit(record, max(labor, NOTHING))))


def given_up(record: Record, others: Sequence[Record]) -> tuple[QuoteLine, ...]:
    """Return what a company that does not go on takes off what was confirmed (C-05a)."""
    if record.partial_cause != Cause.COMPANY:
        return ()
    so_far = total(gross(one) for one in (record, *others))
    return _down_to(_pro_rata([record, *others]), so_far, PRO_RATA)


def gross(record: Record) -> Money:
    """Return what a record charges before credits and allowances, which are the household's."""
    return _sum(record, [kind for kind in LineKind if kind != LineKind.DISCOUNT])


def extra_lines(extra: Extra) -> Quotation:
    """Return the lines of extra work: labor by agreement, materials at cost."""
    rate = formulas.Rate(unit=formulas.Unit.VISIT, unit_price=extra.labor)
    text = extra.labor_text or extra.reason
    work = formulas.Work(text=text, qty_x100=100, materials=extra.materials)
    priced = formulas.quotation(rate, work)
    kept = tuple(line for line in priced.lines if line.amount != NOTHING)
    return Quotation(kept)


def _work(record: Record, others: Sequence[Record]) -> tuple[QuoteLine, ...]:
    """Price the work of this visit by itself, and let it be one piece with the other visits."""
    order, done = record.order, _measure(record)
    stopped = record.partial_cause == Cause.HOUSEHOLD
    price, on_site = _at_list if stopped else _priced, _site_price(order)
    own = price(order, done, on_site)
    if not others:
        return own
    together = price(order, done + sum(map(_measure, others)), on_site)
    due = _part(together, WORK) - total(_sum(one, WORK) for one in others)
    # What a household confirmed before it stopped stays charged.
    due = max(due, NOTHING) if stopped else due
    return (*own, *_merged(due - _part(own, WORK), TOGETHER))


def _priced(order: Order, done: int, on_site: Money | None) -> tuple[QuoteLine, ...]:
    """Price an amount of work by C-02: minutes of an hourly rate, else hundredths."""
    if not done:
        return ()
    pricing = Pricing(on_site_price=on_site)
    work = prices.work_of(order, pricing, qty_x100=done, minutes=done)
    work = replace(work, occasions=prices.charged_occasions(order))
    return formulas.quotation(rate_of(order.line), work).lines


def _at_list(order: Order, done: int, on_site: Money | None) -> tuple[QuoteLine, ...]:
    """Price what was done before a household stopped: by the piece, without any minimum."""
    per = 60 if order.line.unit == Unit.HOUR else 100
    price = order.line.unit_price if on_site is None else on_site
    amount = formulas.partial_by_household(
        order.agreed, done_at_list=(price.times(Fraction(done, per)),)
    )
    line = QuoteLine(LineKind.LABOUR, prices.title(order), done * 100 // per, price, amount)
    return (line,) if done else ()


def _limited(
    record: Record, lines: Sequence[QuoteLine], others: Sequence[Record]
) -> tuple[QuoteLine, ...]:
    """Take off what C-05a does not let a service that was broken off come to."""
    here = total(line.amount for line in lines)
    if Cause.COMPANY in (record.partial_cause, *(one.partial_cause for one in others)):
        most = _pro_rata([record, *others]) - total(map(gross, others))
        return _down_to(most, here, PRO_RATA)
    if record.partial_cause == Cause.HOUSEHOLD:
        most = record.order.agreed - total(one.amount for one in others)
        return _down_to(most, here, AT_MOST)
    return ()


def _pro_rata(whole: Sequence[Record]) -> Money:
    order = whole[0].order
    planned, done = order.qty_x100, sum(map(_hundredths, whole))
    return formulas.partial_by_company(
        order.agreed, done_x100=min(done, planned), planned_x100=planned
    )


def _down_to(most: Money, amount: Money, text: str) -> tuple[QuoteLine, ...]:
    return _merged(most - amount, text) if amount > most else ()


def _merged(amount: Money, text: str) -> tuple[QuoteLine, ...]:
    return (QuoteLine(LineKind.MERGED, text, 100, amount, amount),) if amount else ()


def _measure(record: Record) -> int:
    """Return how much was done as it is priced: minutes of an hourly rate, else hundredths."""
    if record.order.line.unit != Unit.HOUR:
        return record.qty_x100
    return record.qty_x100 * 60 // 100 if record.partial_cause else record.minutes


def _hundredths(record: Record) -> int:
    return (
        record.qty_x100
        if record.order.line.unit != Unit.HOUR
        else (_measure(record) * 100 + 30) // 60
    )


def _sum(record: Record, kinds: Iterable[LineKind]) -> Money:
    wanted = set(kinds)
    return total(Money(one["amount"]) for one in record.lines if one["kind"] in wanted)


def _part(lines: Iterable[QuoteLine], kinds: Iterable[LineKind]) -> Money:
    wanted = set(kinds)
    return total(line.amount for line in lines if line.kind in wanted)


def _changes(record: Record) -> tuple[QuoteLine, ...]:
    """Return the labor of the changes that were accepted on this visit; materials are reported."""
    if not record.visit.change_count or record.partial_cause == Cause.HOUSEHOLD:
        return ()
    changes = Change.objects.filter(visit=record.visit_id, state=Change.State.ACCEPTED)
    return tuple(
        QuoteLine(
            LineKind.CHANGE,
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


def _site_price(order: Order) -> Money | None:
    if order.line.price_mode != PriceMode.RANGE:
        return None
    quote = Quote.objects.filter(order=order, state=Quote.State.ACCEPTED).first()
    labor = [line for line in quote.lines if line["kind"] == LineKind.LABOUR] if quote else []
    return Money(labor[0]["unit_price"]) if labor else None
