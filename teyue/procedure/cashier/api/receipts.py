from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.foundation.capitals import capitals
from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import forms, operations, queries, steps
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    LineOut,
    ListOut,
    ListWords,
    Moment,
    Out,
    PaperOut,
    Text,
    VersionIn,
    Yuan,
    paper,
)

router = Router(tags=[gettext_noop("收银")])


class ReceiveIn(VersionIn):
    """Money for an order; without ``amount`` it is all that is still due."""

    order: str
    amount: Yuan | None = None
    method: Method
    tendered: Yuan | None = None
    channel_ref: Text = Field("", max_length=64)


class RequestVoidIn(VersionIn):
    """Why a receipt is void, and that its original came back."""

    reason: Text = Field(max_length=120)
    original_returned: bool


class ReasonIn(VersionIn):
    """A step that needs a reason."""

    reason: Text = Field(max_length=120)


class ReceiptLine(LineOut):
    """A receipt in a list."""

    serial: int | None
    order: str | None
    room: str
    payer: str
    purpose: str
    purpose_label: str
    amount: Yuan
    method: Method
    channel_ref: str
    issued_at: Moment
    issued_by: str


class ReceiptOut(ReceiptLine, PaperOut):
    """A receipt by itself."""

    item: str
    capitals: str
    tendered: Yuan | None
    change: Yuan | None
    shift: str | None
    standing: str
    void_reason: str
    void_requested: bool
    void_refusal: str
    original_returned: bool


class PrintingOut(Out):
    """A receipt that is printed again; ``n`` counts its prints, the original included."""

    number: str | None
    n: int
    reason: str
    at: Moment


class ReceiptWords(ListWords):
    """How the list of receipts may be narrowed."""

    state: str | None = None
    method: str | None = None
    purpose: str | None = None
    order: str | None = None
    shift: str | None = None
    day: str | None = Field(None, examples=["2026-11-24"])
    asked: str | None = Field(None, description=gettext_noop("yes：已申请作废"))


def receipt_line(receipt: Receipt) -> ReceiptLine:
    """Return a receipt as a list shows it."""
    return ReceiptLine(**_of_receipt(receipt), issued_by=receipt.issued_by.name)


def receipt_out(request: ActedRequest, receipt: Receipt) -> ReceiptOut:
    """Return a receipt with what may be done next."""
    mine = receipt.issued_by_id == request.actor.id
    return ReceiptOut(
        **_of_receipt(receipt),
        issued_by=request.actor.name if mine else receipt.issued_by.name,
        item=receipt.order.item.name_zh,
        capitals=capitals(receipt.amount),
        tendered=receipt.tendered,
        change=forms.change(receipt),
        shift=receipt.shift.number,
        standing=receipt.order.standing,
        void_reason=receipt.void_reason,
        void_requested=receipt.void_requested_by is not None,
        void_refusal=receipt.void_refusal,
        original_returned=receipt.original_returned,
        allowed_steps=allowed_steps(receipt, actor=request.actor, at=request.at),
    )


@router.get("/receipts", **reads("cashier.receipts", gettext_noop("收据"), ListOut[ReceiptLine]))
def list_receipts(request: ActedRequest, words: Query[ReceiptWords]) -> dict[str, object]:
    """List the receipts, newest first."""
    seen = queries.receipts_seen_by(request.actor)
    return forms.RECEIPTS.answer(seen, words, receipt_line)


@router.post("/receipts", **begins(steps.RECEIVE, ReceiptOut))
def receive(request: ActedRequest, body: ReceiveIn) -> HttpResponse:
    """Receive a prepayment or deposit and issue the receipt (O5, F-11)."""

    def work() -> Receipt:
        order = seek(queries.with_held(orders.seen_by(request.actor)), number=body.order)
        order.still(body.row_version)
        shift = operations.till_of(request.actor)
        payment = _payment(order, body)
        return operations.receive(
            order, payment=payment, shift=shift, actor=request.actor, at=request.at
        )

    return act(request, work, show=receipt_out)


@router.get("/receipts/{number}", **reads("cashier.receipt", gettext_noop("收据"), ReceiptOut))
def read_receipt(request: ActedRequest, number: str) -> ReceiptOut:
    """Show one receipt."""
    return receipt_out(request, queries.receipts_seen_by(request.actor).get(number=number))


@router.post("/receipts/{number}/request_void", **takes(steps.REQUEST_VOID, ReceiptOut))
def request_void(request: ActedRequest, number: str, body: RequestVoidIn) -> HttpResponse:
    """Ask finance to void a receipt of today (E-29)."""

    def work() -> Receipt:
        receipt = _receipt(request, number, body)
        return operations.request_void(
            receipt,
            reason=body.reason,
            original_returned=body.original_returned,
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=receipt_out, status=200)


@router.post("/receipts/{number}/void", **takes(steps.VOID, ReceiptOut))
def void(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Void a receipt of today; its order waits for payment again (I-37)."""

    def work() -> Receipt:
        receipt = _receipt(request, number, body)
        return operations.void(receipt, actor=request.actor, at=request.at)

    return act(request, work, show=receipt_out, status=200)


@router.post("/receipts/{number}/refuse_void", **takes(steps.REFUSE_VOID, ReceiptOut))
def refuse_void(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Let a receipt stand whose voiding was asked for (E-29)."""

    def work() -> Receipt:
        receipt = _receipt(request, number, body)
        return operations.refuse_void(
            receipt, reason=body.reason, actor=request.actor, at=request.at
        )

    return act(request, work, show=receipt_out, status=200)


@router.post("/receipts/{number}/reverse", **takes(steps.REVERSE, ReceiptOut))
def reverse(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Reverse a receipt of an earlier day (红冲)."""

    def work() -> Receipt:
        receipt = _receipt(request, number, body)
        return operations.reverse(receipt, reason=body.reason, actor=request.actor, at=request.at)

    return act(request, work, show=receipt_out, status=200)


@router.post("/receipts/{number}/reprint", **takes(steps.REPRINT, PrintingOut))
def reprint(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Log a reprint with its reason (E-28, I-61)."""

    def work() -> PrintingOut:
        receipt = _receipt(request, number, body)
        printing = operations.reprint(
            receipt, reason=body.reason, actor=request.actor, at=request.at
        )
        return PrintingOut(
            number=receipt.number, n=printing.n, reason=printing.reason, at=printing.at
        )

    return act(request, work, show=lambda asked, printing: printing, status=200)


def _receipt(request: ActedRequest, number: str, body: VersionIn) -> Receipt:
    receipt = seek(queries.receipts_seen_by(request.actor), number=number)
    receipt.still(body.row_version)
    return receipt


def _payment(order: Order, body: ReceiveIn) -> Payment:
    purpose = operations.purpose_of(order)
    return Payment(
        amount=queries.due_now(order) if body.amount is None else body.amount,
        method=body.method,
        tendered=body.tendered,
        channel_ref=body.channel_ref,
        purpose=purpose,
    )


def _of_receipt(receipt: Receipt) -> dict[str, Any]:
    same = ("serial", "purpose", "amount", "method", "channel_ref", "issued_at")
    return {
        **paper(receipt),
        **{name: getattr(receipt, name) for name in same},
        "order": receipt.order.number,
        "room": receipt.household.label,
        "payer": receipt.payer.name,
        "purpose_label": receipt.get_purpose_display(),
    }
