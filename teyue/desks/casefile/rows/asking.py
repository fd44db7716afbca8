"""What comes before the work: the registration, the quotes, the money in advance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from teyue.desks.casefile.dossier import Dossier
from teyue.desks.casefile.rows.shapes import Row, is_before, lives, stands
from teyue.desks.casefile.wording import listed, standing_of, state_of, window
from teyue.foundation.capitals import capitals
from teyue.foundation.money import NOTHING
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.cashier.models import Receipt, Transfer
from teyue.procedure.dispatch.models import Override
from teyue.web import formats

BEFORE_WORK = (Receipt.Purpose.PREPAYMENT, Receipt.Purpose.DEPOSIT, Receipt.Purpose.ARREARS)


def registration(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield the registration form (4.2.4)."""
    order = dossier.order
    who = {
        "name": order.requester.name,
        "channel": order.get_channel_display(),
        "by": dossier.name(order.registered_by_id),
    }
    told = order.description and _("%(wish)s。") % {"wish": order.description.rstrip("。")}
    yield Row(
        name=_("登记表"),
        form="F-07",
        clause="4.2.4",
        at=order.registered_at,
        fact=told + _("%(name)s（%(channel)s）提出，%(by)s登记。") % who,
        small=_more(order, at),
        sheet=("F-07", order.number or ""),
        struck=order.standing == Standing.VOID,
    )


def _more(order: Order, at: datetime) -> str:
    parts = []
    if order.wish_from:
        when = window(order.wish_from, order.wish_to or order.wish_from, at)
        parts.append(_("期望 %(when)s") % {"when": when})
    if order.urgency == Order.Urgency.URGENT:
        parts.append(_("急单"))
    if order.offline_number:
        parts.append(_("纸单 %(number)s") % {"number": order.offline_number})
    if order.ended_note:
        note = {"what": standing_of(order), "why": order.ended_note}
        parts.append(_("%(what)s：%(why)s") % note)
    return " · ".join(parts)


def quotes(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield the quotes, and the one that is still to come (4.2.4)."""
    if not dossier.quotes and lives(dossier):
        due = dossier.order.due_at
        yield Row(
            name=_("报价单"),
            clause="4.2.4",
            state="now" if stands(dossier, Standing.REGISTERED) else "todo",
            fact=_("按在用价目表报价，住户接受后才收款、派工。"),
            small=_before(due, at),
        )
    for quote in dossier.quotes:
        yield _quote(quote, dossier, at)


def _quote(quote: Quote, dossier: Dossier, at: datetime) -> Row:
    offered = quote.state == Quote.State.OFFERED
    return Row(
        name=_("报价单"),
        form=_("第 %(n)s 次") % {"n": quote.no},
        clause="4.2.4",
        at=quote.created_at,
        state="now" if offered and stands(dossier, Standing.QUOTED) else "done",
        tone="wait" if quote.state in (Quote.State.SUPERSEDED, Quote.State.EXPIRED) else "",
        fact=listed(quote.lines, of=dossier.order.item),
        strong=_("合计 %(total)s，应预交 %(prepay)s")
        % {"total": quote.total.shown, "prepay": quote.prepay.shown},
        small=_answer(quote, at),
        sheet=("quote", f"{dossier.order.number}-{quote.no}"),
    )


def _answer(quote: Quote, at: datetime) -> str:
    until = formats.stamp(quote.valid_until, at)
    if quote.accepted_at is None or quote.accepted_by is None:
        state = state_of(quote)
        return _("%(state)s，有效期至 %(until)s") % {"state": state, "until": until}
    facts = {
        "name": quote.accepted_by.name,
        "method": quote.get_accept_method_display(),
        "at": formats.stamp(quote.accepted_at, at),
    }
    return _("%(name)s于 %(at)s 以%(method)s接受") % facts


def overrides(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield the leave to serve an emergency before payment (4.4.2)."""
    for paper in dossier.overrides:
        facts = {"by": paper.approved_by.name, "category": paper.get_category_display()}
        paid = paper.state == Override.State.PAID
        due = {"cap": paper.cap.shown, "until": formats.stamp(paper.pay_due_at, at)}
        yield Row(
            name=_("应急先行审批"),
            form="F-28",
            clause="4.4.2",
            at=paper.approved_at,
            tone="" if paid else "near",
            fact=_("%(category)s，%(by)s批准先行服务。") % facts + paper.reason,
            strong=_("预计 %(estimate)s") % {"estimate": paper.estimate.shown},
            small=_("已补交") if paid else _("限额 %(cap)s，%(until)s 前补交") % due,
            sheet=("F-28", paper.number or ""),
        )


def payments(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield the receipts of what was paid before the work, and what is still due (4.3.1)."""
    for receipt in dossier.receipts:
        if receipt.purpose in BEFORE_WORK:
            yield receipt_row(receipt)
    yield from (_transfer(one, dossier, at) for one in dossier.transfers)
    if stands(dossier, Standing.AWAITING_PAYMENT):
        yield Row(
            name=_("预交款收据"),
            form="F-11",
            clause="4.3.1",
            state="now",
            fact=_("请住户到收银台或用公司收款码预交，逾期未交自动取消。"),
            strong=_("应预交 %(amount)s") % {"amount": dossier.order.required.shown},
            small=_before(dossier.order.due_at, at),
        )
    elif not dossier.receipts and is_before(dossier, Standing.AWAITING_PAYMENT):
        text = _("住户接受报价后在收银台预交，当场开收据。")
        yield Row(name=_("预交款收据"), form="F-11", clause="4.3.1", state="todo", fact=text)
    elif not dossier.receipts and lives(dossier) and dossier.order.required == NOTHING:
        text = _("本单免预交。")
        yield Row(name=_("预交款收据"), form="F-11", clause="4.3.1", fact=text)


def receipt_row(receipt: Receipt) -> Row:
    """Return the line of one receipt; a voided one stays, struck out."""
    valid = receipt.state == Receipt.State.ISSUED
    facts = {
        "amount": receipt.amount.shown,
        "capitals": capitals(receipt.amount),
        "method": receipt.get_method_display(),
        "by": receipt.issued_by.name,
    }
    return Row(
        name=_("%(purpose)s收据") % {"purpose": receipt.get_purpose_display()},
        form=f"F-11 No.{receipt.serial or 0:07d}",
        clause="4.3.1",
        at=receipt.issued_at,
        tone="" if valid else "wait",
        fact=_("收 %(amount)s（%(capitals)s），%(method)s，%(by)s开具。") % facts,
        small=_mark(receipt) if valid else f"{state_of(receipt)} {receipt.void_reason}".strip(),
        struck=not valid,
        sheet=("F-11", receipt.number or ""),
    )


def _mark(receipt: Receipt) -> str:
    """Say that a receipt replaces another one, or that its money was moved (E-25)."""
    parts = []
    if receipt.replaces is not None:
        parts.append(_("换开自 %(number)s，不是新收款") % {"number": receipt.replaces.number})
    if receipt.transferred:
        parts.append(_("已转出 %(amount)s") % {"amount": receipt.transferred.shown})
    return " · ".join(parts)


def _transfer(transfer: Transfer, dossier: Dossier, at: datetime) -> Row:
    """Return the line of money that was moved away or here; the other order goes by its number."""
    out = transfer.order_id == dossier.order.pk
    other = transfer.target if out else transfer.order
    words = {"amount": transfer.amount.shown, "number": other.number}
    asked = {"by": transfer.requested_by.name, "state": state_of(transfer)}
    text = _("%(amount)s 转到 %(number)s。") if out else _("%(amount)s 由 %(number)s 转来。")
    return Row(
        name=_("款项转移单"),
        clause="3.5",
        at=transfer.decided_at or transfer.created_at,
        state="now" if transfer.state == Transfer.State.REQUESTED else "done",
        tone="wait" if transfer.state == Transfer.State.REJECTED else "",
        fact=text % words,
        small=" · ".join(
            filter(
                None,
                (
                    str(transfer.get_reason_display()),
                    _("%(by)s申请，%(state)s") % asked,
                    transfer.note,
                    transfer.rejected_because,
                ),
            )
        ),
    )


def _before(due: datetime | None, at: datetime) -> str:
    if due is None:
        return ""
    form = _("期限 %(when)s，已逾期") if due < at else _("期限 %(when)s")
    return form % {"when": formats.until(due, at)}
