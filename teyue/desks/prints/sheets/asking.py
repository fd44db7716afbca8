"""F-07 of one order, F-07 of a day, the quote slip, F-28."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from teyue.desks.casefile.wording import item_name, quantity, standing_of
from teyue.desks.prints.sheets.heads import (
    Printer,
    charges,
    head,
    names_of,
    place,
    price_list_of,
    serials_of,
    signed,
    unit_of,
)
from teyue.foundation.money import NOTHING
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.dispatch.models import Override
from teyue.procedure.pricing.models import PriceLine
from teyue.register.company.models import Office
from teyue.web import formats
from teyue.web.prints import parts
from teyue.web.prints.sheets import DaySheet, EmergencySheet, OrderSheet, QuoteSheet


def order_sheet(order: Order, printer: Printer) -> OrderSheet:
    """Return F-07 of one order."""
    void = order.standing == Standing.VOID
    quote = order.quotes.order_by("-no").first()
    state = {"state": "voided", "state_note": order.ended_note} if void else {}
    return OrderSheet(
        **head(printer, order.office, order.number or "", **state),
        place=place(order, order.requester),
        channel=order.get_channel_display(),
        registered_at=order.registered_at,
        registered_by=names_of(order.registered_by_id).get(order.registered_by_id, ""),
        item=item_name(order.item),
        variant=order.line.variant,
        quantity=quantity(order.qty_x100),
        unit=unit_of(order),
        price=_price(order),
        price_list=price_list_of(order),
        description=order.description,
        site_notes=order.household.visit_note,
        wish_from=order.wish_from,
        wish_to=order.wish_to,
        urgency=order.get_urgency_display(),
        coverage=order.get_coverage_display(),
        estimate=quote.total if quote else None,
        prepay=quote.prepay if quote else None,
        prepay_by=order.due_at if order.standing == Standing.AWAITING_PAYMENT else None,
        offline_number=order.offline_number,
        receipts=serials_of(order),
    )


def _price(order: Order) -> str:
    line = order.line
    if line.price_mode == PriceLine.Mode.RANGE:
        low, high = line.range_min or NOTHING, line.range_max or NOTHING
        return _("现场报价，%(low)s–%(high)s") % {"low": low.shown, "high": high.shown}
    facts = {"price": line.unit_price.plain, "unit": unit_of(order)}
    return _("%(price)s 元/%(unit)s，材料按成本") % facts


def day_sheet(office: Office, day: date, orders: Iterable[Order], printer: Printer) -> DaySheet:
    """Return F-07 as the register of one day."""
    found = list(orders)
    names = names_of(*(order.registered_by_id for order in found))
    number = f"F07-{office.code}-{day:%Y%m%d}"
    rows = tuple(_entry(order, names[order.registered_by_id], printer) for order in found)
    return DaySheet(**head(printer, office, number), day=day, rows=rows)


def _entry(order: Order, registered_by: str, printer: Printer) -> parts.RegisterRow:
    return parts.RegisterRow(
        number=order.number or "",
        at=order.registered_at,
        room=order.household.label,
        name=order.requester.name,
        phone=formats.masked(order.requester.phone),
        item=item_name(order.item),
        quantity=f"{quantity(order.qty_x100)} {unit_of(order)}",
        wish=formats.stamp(order.wish_from, printer.at) if order.wish_from else "",
        registered_by=registered_by,
        standing=standing_of(order),
    )


def quote_sheet(quote: Quote, printer: Printer) -> QuoteSheet:
    """Return the quote slip, with the code that the cashier scans."""
    order = quote.order
    number = order.number or ""
    return QuoteSheet(
        **head(printer, order.office, f"{number}-{quote.no}"),
        order_number=number,
        place=place(order),
        item=item_name(order.item),
        appoint_from=order.wish_from,
        appoint_to=order.wish_to,
        lines=charges(quote.lines, order),
        total=quote.total,
        prepay=quote.prepay,
        prepay_rule=order.line.get_prepay_mode_display(),
        valid_until=quote.valid_until,
        price_list=price_list_of(order),
        pay_code=f"TEYUE:{number}:{quote.prepay.fen}",
        accepted=signed(quote.accepted_by, quote.accepted_at),
        accept_method=quote.get_accept_method_display(),
        quoted_by=quote.quoted_by.name if quote.quoted_by else _("系统"),
    )


def emergency_sheet(paper: Override, printer: Printer) -> EmergencySheet:
    """Return F-28: work before payment, approved by who neither asks for nor does it (I-63)."""
    order = paper.order
    visit = order.visits.select_related("performer").order_by("no").first()
    performer = visit.performer.name if visit and visit.performer else ""
    names = names_of(order.registered_by_id)
    registrar = names.get(order.registered_by_id, "")
    return EmergencySheet(
        **head(printer, order.office, paper.number or ""),
        order_number=order.number or "",
        place=place(order),
        item=item_name(order.item),
        category=paper.get_category_display(),
        reason=paper.reason,
        estimate=paper.estimate,
        cap=paper.cap,
        pay_due_at=paper.pay_due_at,
        registered=parts.Signed(registrar, order.registered_at),
        performer=performer,
        approved=signed(paper.approved_by, paper.approved_at),
        approver_role=_("批准人"),
        checks=_checks(paper, performer),
    )


def _checks(paper: Override, performer: str) -> tuple[parts.Point, ...]:
    order, approver = paper.order, paper.approved_by
    urgent = order.urgency == Order.Urgency.URGENT
    apart = approver.pk != order.registered_by_id and approver.name != performer
    return (
        parts.Point(text=_("急单，险情类别与理由已写明"), done=urgent and bool(paper.reason)),
        parts.Point(text=_("预计费用不超过限额"), done=paper.estimate <= paper.cap),
        parts.Point(text=_("批准人不是登记人，也不是服务人员"), done=apart),
    )
