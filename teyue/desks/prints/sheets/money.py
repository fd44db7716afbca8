"""F-11, the receipt, F-13, the settlement, F-14, the refund."""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext as _

from teyue.desks.casefile.wording import item_name, listed
from teyue.desks.prints.sheets.heads import (
    Printer,
    charges,
    head,
    names_of,
    place,
    price_list_of,
    relation_of,
    room_of,
    signed,
)
from teyue.foundation.money import NOTHING
from teyue.procedure.booking.models import ENDED, Order, Quote, Standing
from teyue.procedure.cashier import steps as cashier
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.refund.models import Refund
from teyue.procedure.service.models import Change
from teyue.procedure.service.queries.records import confirmation_code
from teyue.procedure.settlement.models import Settlement
from teyue.register.parameters.queries import value
from teyue.web import formats
from teyue.web.prints import parts
from teyue.web.prints.sheets import (
    Copy,
    Difference,
    Purpose,
    ReceiptSheet,
    RefundSheet,
    SettlementSheet,
    State,
)

COPIES: tuple[Copy, ...] = ("household", "finance", "file")
IN_ADVANCE = (Receipt.Purpose.PREPAYMENT, Receipt.Purpose.DEPOSIT)
CONFIRMED = (Standing.TO_AUDIT, Standing.TO_SETTLE, Standing.SETTLED, *ENDED)


def receipt_sheet(receipt: Receipt, printer: Printer) -> ReceiptSheet:
    """Return F-11 in three copies; a resident gets the copy of the household."""
    order, actor = receipt.order, printer.actor
    at_till = actor.may(cashier.RECEIVE.power, receipt.office_id)
    lives_there = receipt.household_id in actor.tied("household")
    state = {"state": cast(State, receipt.state), "state_note": receipt.void_reason}
    serial = f"{receipt.serial or 0:07d}"
    change = receipt.tendered - receipt.amount if receipt.tendered else None
    return ReceiptSheet(
        **head(printer, receipt.office, serial, **state),
        purpose=cast(Purpose, receipt.purpose),
        order_number=order.number or "",
        payer=receipt.payer.name,
        relation=relation_of(order, receipt.payer),
        room=room_of(order),
        particulars=_particulars(receipt),
        method=receipt.get_method_display(),
        amount=receipt.amount,
        tendered=receipt.tendered,
        change=change,
        channel_reference=receipt.channel_ref,
        issued_at=receipt.issued_at,
        cashier=receipt.issued_by.name,
        cancel_rule=_cancel_rule(receipt, printer),
        appointment=_appointment(order),
        price_list=price_list_of(order),
        confirmation_code=_code(receipt) if at_till or lives_there else "",
        check_code=f"TEYUE:F11:{serial}:{receipt.amount.fen}",
        copies=COPIES if at_till else COPIES[:1] if lives_there else COPIES[-1:],
    )


def _code(receipt: Receipt) -> str:
    """Return the code that confirms the work, as long as it is good for something."""
    order = receipt.order
    if receipt.purpose not in IN_ADVANCE or receipt.state != Receipt.State.ISSUED:
        return ""
    if order.standing in CONFIRMED:
        return ""
    code = confirmation_code(order)
    return f"{code[:3]} {code[3:]}"


def _particulars(receipt: Receipt) -> str:
    order = receipt.order
    what = {"purpose": receipt.get_purpose_display(), "item": item_name(order.item)}
    quote = order.quotes.filter(state=Quote.State.ACCEPTED).first()
    if receipt.purpose not in IN_ADVANCE or quote is None:
        return _("特约服务%(purpose)s：%(item)s") % what
    facts = {**what, "lines": listed(quote.lines), "total": quote.total.shown}
    return _("特约服务%(purpose)s：%(lines)s，合计 %(total)s") % facts


def _cancel_rule(receipt: Receipt, printer: Printer) -> str:
    if receipt.purpose not in IN_ADVANCE:
        return ""
    order = receipt.order
    key = "cancel.free.sub_h" if order.item.provider_kind == "sub" else "cancel.free.inhouse_h"
    hours = value(key, office=receipt.office_id, at=printer.at)
    return _("上门前 %(hours)s 小时以前取消，全额退还。") % {"hours": hours}


def _appointment(order: Order) -> str:
    if order.wish_from is None:
        return ""
    return _("预约 %(when)s") % {"when": formats.exact(order.wish_from)}


def settlement_sheet(slip: Settlement, printer: Printer) -> SettlementSheet:
    """Return F-13: the itemized list, what was paid, what changes hands (C-04, I-74)."""
    order = slip.order
    reversed_one = slip.state == Settlement.State.REVERSED
    state = {"state": "reversed", "state_note": slip.reversed_because} if reversed_one else {}
    quote = order.quotes.filter(state=Quote.State.ACCEPTED).first()
    return SettlementSheet(
        **head(printer, slip.office, slip.number or "", **state),
        order_number=order.number or "",
        place=place(order, order.payer),
        item=item_name(order.item),
        records=_records(order),
        lines=charges(slip.lines, order),
        actual=slip.actual,
        accepted_quote=quote.total if quote else None,
        changes=_changes(order),
        cap=order.agreed or None,
        paid=_paid(order),
        prepaid=slip.prepaid,
        kind=cast(Difference, slip.result),
        due=abs(slip.difference),
        audited=signed(slip.audited_by, slip.audited_at),
        settled=signed(slip.settled_by, slip.settled_at),
        refund_number=slip.refund.number or "" if slip.refund else "",
    )


def _records(order: Order) -> str:
    numbers = order.records.order_by("pk").values_list("number", flat=True)
    return _("、").join(filter(None, numbers))


def _changes(order: Order) -> tuple[parts.Change, ...]:
    accepted = order.changes.filter(state=Change.State.ACCEPTED).order_by("pk")
    return tuple(
        parts.Change(reason=one.reason, accepted_at=one.accepted_at, delta=one.delta)
        for one in accepted
        if one.accepted_at
    )


def _paid(order: Order) -> tuple[parts.Paid, ...]:
    valid = order.receipts.filter(state=Receipt.State.ISSUED).order_by("pk")
    return tuple(
        parts.Paid(
            serial=f"{one.serial or 0:07d}",
            purpose=one.get_purpose_display(),
            method=one.get_method_display(),
            at=one.issued_at,
            amount=one.amount,
        )
        for one in valid
    )


def refund_sheet(refund: Refund, printer: Printer) -> RefundSheet:
    """Return F-14 with every hand that it went through."""
    order = refund.order
    return RefundSheet(
        **head(printer, refund.office, refund.number or ""),
        order_number=order.number or "",
        place=place(order, order.payer),
        payee=refund.payee.name,
        payee_relation=relation_of(order, refund.payee),
        payee_phone=formats.masked(refund.payee.phone),
        source=refund.get_source_display(),
        reason=refund.note or refund.get_source_display(),
        principal=refund.amount,
        interest=refund.interest or NOTHING,
        amount=refund.amount + (refund.interest or NOTHING),
        method=refund.get_method_display(),
        account=_tail(refund.payee_account),
        receipts=_serials(order),
        original="returned" if refund.original_returned else "lost",
        loss_declaration=_("遗失声明已收") if refund.loss_declared else "",
        agent_authorization=refund.authorization,
        **_hands(refund),
    )


def _hands(refund: Refund) -> dict[str, Any]:
    names = names_of(
        refund.requested_by,
        refund.reviewed_by,
        refund.approved_by,
        refund.cosigned_by,
        refund.paid_by,
    )

    def hand(person: int | None) -> parts.Signed:
        return parts.Signed(names.get(person, "")) if person else parts.BLANK

    return {
        "requested": parts.Signed(names.get(refund.requested_by, _("系统")), refund.created_at),
        "reviewed": hand(refund.reviewed_by),
        "approved": hand(refund.approved_by),
        "cosigned": hand(refund.cosigned_by) if refund.cosigned_by else None,
        "paid": parts.Signed(names.get(refund.paid_by, ""), refund.paid_at),
    }


def _tail(account: str) -> str:
    return _("尾号 %(tail)s") % {"tail": account[-4:]} if account else ""


def _serials(order: Order) -> str:
    serials = order.receipts.order_by("pk").values_list("serial", flat=True)
    return _("、").join(f"{serial or 0:07d}" for serial in serials)
