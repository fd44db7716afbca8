"""F-11, the receipt, F-13, the settlement, F-14, the refund."""

from __future__ import annotations

from datetime import datetime
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
    serials_of,
    signed,
)
from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import Step
from teyue.foundation.money import NOTHING
from teyue.procedure.booking.models import ENDED, Order, Quote, Standing
from teyue.procedure.cashier import steps as cashier
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.cashier.queries import movable, replacements
from teyue.procedure.refund import steps as refunding
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
    Original,
    Purpose,
    ReceiptSheet,
    RefundSheet,
    SettlementSheet,
    State,
)

COPIES: tuple[Copy, ...] = ("household", "finance", "file")
IN_ADVANCE = (Receipt.Purpose.PREPAYMENT, Receipt.Purpose.DEPOSIT)
UNDECIDED = (Refund.State.REQUESTED, Refund.State.REVIEWED, Refund.State.COSIGNING)
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
        return _("特约服务%(purpose)s：%(item)s") % what + _moved(receipt)
    facts = {**what, "lines": listed(quote.lines, of=order.item), "total": quote.total.shown}
    return _("特约服务%(purpose)s：%(lines)s，合计 %(total)s") % facts + _moved(receipt)


def _moved(receipt: Receipt) -> str:
    """Refer to the receipt in whose place this one stands, and to those in place of this one."""
    number = receipt.replaces and receipt.replaces.serial
    parts = [_("由 No. %(serial)s 换开") % {"serial": f"{number:07d}"}] if number else []
    for one in replacements(receipt):
        facts = {"amount": one.amount.shown, "serial": f"{one.serial or 0:07d}"}
        parts.append(_("%(amount)s 已转出，换开 No. %(serial)s") % facts)
    return _("（%(text)s）") % {"text": _("；").join(parts)} if parts else ""


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
    return tuple(
        parts.Paid(
            serial=f"{one.serial or 0:07d}",
            purpose=one.get_purpose_display(),
            method=one.get_method_display(),
            at=one.issued_at,
            amount=one.amount - one.transferred,
        )
        for one in movable(order).order_by("pk")
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
        receipts=serials_of(order),
        original=_original(refund),
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

    taken = _taken_at(refund)

    def hand(person: int | None, *steps: Step) -> parts.Signed:
        at = next((taken[step.name] for step in steps if step.name in taken), None)
        return parts.Signed(names.get(person, ""), at) if person else parts.BLANK

    cosigned = hand(refund.cosigned_by, refunding.COSIGN)
    return {
        "requested": parts.Signed(names.get(refund.requested_by, _("系统")), refund.created_at),
        "reviewed": hand(refund.reviewed_by, refunding.REVIEW, refunding.REVIEW_BY_AUDIT),
        "approved": hand(
            refund.approved_by, refunding.APPROVE, refunding.APPROVE_BY_AUDIT, refunding.ENDORSE
        ),
        "cosigned": cosigned if refund.cosigned_by or refund.state in UNDECIDED else None,
        "paid": parts.Signed(names.get(refund.paid_by, ""), refund.paid_at),
    }


def _taken_at(refund: Refund) -> dict[str, datetime]:
    """Return when each step of a refund was taken, from the journal."""
    entries = Entry.objects.filter(document_kind=refund.kind, document_id=refund.pk)
    return dict(entries.order_by("pk").values_list("step", "at"))


def _original(refund: Refund) -> Original:
    """Say what became of the receipt; nothing is known of it before the money is paid."""
    if refund.original_returned:
        return "returned"
    return "lost" if refund.loss_declared else ""


def _tail(account: str) -> str:
    return _("尾号 %(tail)s") % {"tail": account[-4:]} if account else ""
