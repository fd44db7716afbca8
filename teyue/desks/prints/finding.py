"""Which paper a form and a number name, among those that somebody may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from teyue.desks.prints.sheets import asking, money, till, work
from teyue.desks.prints.sheets.heads import Printer
from teyue.foundation.actors import Actor
from teyue.foundation.clock import HOUSE, read_day
from teyue.foundation.lifecycle import Document
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.refund import queries as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import records
from teyue.procedure.settlement import queries as settlement
from teyue.procedure.settlement.models import Settlement
from teyue.register.company.models import Office
from teyue.web.prints.sheets import Sheet

D = TypeVar("D", bound=Document)
DAY = "F-07-day"
LONGEST_NO = 4
NEAR = tuple(f"order__{name}" for name in (*Order.along, "line__price_list", "office__company"))


@dataclass(frozen=True, slots=True)
class Print:
    """How the paper of a form is found, and how its sheet is made."""

    find: Callable[[Actor, str], Document]
    sheet: Callable[[Any, Printer], Sheet]


def found(form: str, number: str, *, actor: Actor) -> Document:
    """Return the paper of a form.

    :raises DoesNotExist: when there is none, the person may not see it, or no such form is kept.
    """
    if form not in PRINTS:
        raise ObjectDoesNotExist(form)
    return PRINTS[form].find(actor, number)


def sheet_of(form: str, paper: Document, printer: Printer) -> Sheet:
    """Return what a form says about its paper."""
    return PRINTS[form].sheet(paper, printer)


def day_of(number: str, office: Office | None, printer: Printer) -> Sheet:
    """Return the register of one day of an office.

    :raises DoesNotExist: for what is no day, or when somebody may not see the orders.
    """
    if office is None or not printer.actor.may(orders.READ, office.pk):
        raise ObjectDoesNotExist(number)
    try:
        day = read_day(number)
    except ValueError as error:
        raise ObjectDoesNotExist(number) from error
    begin = datetime.combine(day, time(), HOUSE)
    of_day = {"registered_at__gte": begin, "registered_at__lt": begin + timedelta(days=1)}
    rows = orders.seen_by(printer.actor).filter(office=office, **of_day).order_by("pk")
    return asking.day_sheet(office, day, rows, printer)


def _near(papers: KeptQuerySet[D], *more: str) -> KeptQuerySet[D]:
    return papers.select_related("office__company", *NEAR, *more)


def _order(actor: Actor, number: str) -> Order:
    related = ("line__price_list", "office__company", *Order.along)
    return orders.seen_by(actor).select_related(*related).get(number=number)


def _quote(actor: Actor, number: str) -> Quote:
    """Find a quote by ``order number-no``, or the last one of an order by its number alone."""
    seen = orders.seen_by(actor).values("pk")
    quotes = _near(Quote.objects.filter(order__in=seen), "quoted_by", "accepted_by")
    of, _, no = number.rpartition("-")
    named = Q(order__number=number)
    if no.isdecimal() and len(no) <= LONGEST_NO:
        named |= Q(order__number=of, no=int(no))
    return quotes.filter(named).latest("no")


def _override(actor: Actor, number: str) -> Override:
    seen = orders.seen_by(actor).values("pk")
    return _near(Override.objects.filter(order__in=seen), "approved_by").get(number=number)


def _visit(actor: Actor, number: str) -> Visit:
    seen = dispatch.seen_by(actor)
    related = ("performer", "staff", "firm", "order__rework_of")
    return _near(seen, *related).get(number=number)


def _record(actor: Actor, number: str) -> Record:
    related = ("recorded_by", "visit__performer", "visit__firm", "visit__order__item__department")
    return _near(records.seen_by(actor), *related).get(number=number)


def _receipt(actor: Actor, number: str) -> Receipt:
    related = ("payer", "household", "issued_by")
    return _near(cashier.receipts_seen_by(actor), *related).get(number=number)


def _slip(actor: Actor, number: str) -> Settlement:
    related = ("audited_by", "settled_by", "refund")
    return _near(settlement.seen_by(actor), *related).get(number=number)


def _refund(actor: Actor, number: str) -> Refund:
    return _near(refund.seen_by(actor), "payee").get(number=number)


def _shift(actor: Actor, number: str) -> Shift:
    return cashier.shifts_seen_by(actor).select_related("office__company").get(number=number)


PRINTS = {
    "F-07": Print(_order, asking.order_sheet),
    "quote": Print(_quote, asking.quote_sheet),
    "F-10": Print(_visit, work.job_sheet),
    "F-11": Print(_receipt, money.receipt_sheet),
    "F-12": Print(_record, work.record_sheet),
    "F-13": Print(_slip, money.settlement_sheet),
    "F-14": Print(_refund, money.refund_sheet),
    "F-25": Print(_shift, till.close_sheet),
    "F-28": Print(_override, asking.emergency_sheet),
}
