from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BeforeValidator, Field, WithJsonSchema

from teyue.foundation.capitals import capitals
from teyue.foundation.lifecycle import seek
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import forms, operations, queries, steps
from teyue.procedure.cashier.facts import Closing, Count, Payment
from teyue.procedure.cashier.models import Drawer, Method, Receipt, Shift
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    In,
    LineOut,
    ListOut,
    ListWords,
    Moment,
    Out,
    PaperOut,
    Text,
    Yuan,
    paper,
)

router = Router(tags=["收银"])


def _pieces(value: object) -> dict[int, int]:
    if not isinstance(value, dict):
        raise ValueError(_('请按面额填写张数，例如 {"100": 5, "0.5": 2}。'))
    return {Money.typed(str(face)).fen: number for face, number in value.items()}


Pieces = Annotated[
    dict[int, int],
    BeforeValidator(_pieces),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "integer"}}),
]
"""How many of each denomination, by its worth in yuan: ``{"100": 5, "0.5": 2}``."""


class VersionIn(In):
    """Which version was shown, so that nothing newer is overwritten."""

    row_version: int | None = None


class OpenIn(In):
    """Which cash desk is opened, and what was counted into it."""

    drawer: int
    float_amount: Yuan = Field(alias="float")


class CountIn(VersionIn):
    """A blind count."""

    pieces: Pieces


class CloseIn(VersionIn):
    """Why the count differs, and what goes to the bank."""

    reason: Text = Field("", max_length=120)
    banked: Yuan = Money(0)
    bank_slip: Text = Field("", max_length=40)


class ForceIn(CountIn):
    """A count in the place of the cashier: with whom, and why."""

    witness: int
    reason: Text = Field(max_length=120)


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


class DrawerOut(Out):
    """A cash desk."""

    id: int
    office: str
    name: str


class ShiftLine(LineOut):
    """A shift in a list. What must be in the drawer is shown only after the blind count."""

    drawer: str
    cashier: str
    opened_at: Moment
    float_amount: Yuan = Field(serialization_alias="float")
    counted: Yuan | None
    expected: Yuan | None
    variance: Yuan | None
    banked: Yuan
    closed_at: Moment | None
    verified_at: Moment | None
    forced: bool


class ShiftOut(ShiftLine, PaperOut):
    """A shift by itself."""

    counts: dict[str, int]
    variance_reason: str
    bank_slip: str
    verified_by: str | None
    witness: str | None


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
    original_returned: bool


class PrintingOut(Out):
    """A receipt that was printed again: the mark on the paper counts from 1."""

    number: str | None
    n: int
    reason: str
    at: Moment


class ShiftWords(ListWords):
    """How the list of shifts may be narrowed."""

    state: str | None = None
    cashier: int | None = None
    day: str | None = Field(None, examples=["2026-11-24"])


class ReceiptWords(ListWords):
    """How the list of receipts may be narrowed."""

    state: str | None = None
    method: str | None = None
    purpose: str | None = None
    order: str | None = None
    shift: str | None = None
    day: str | None = Field(None, examples=["2026-11-24"])
    asked: str | None = Field(None, description="yes：已申请作废")


def shift_line(shift: Shift) -> ShiftLine:
    """Return a shift as a list shows it."""
    return ShiftLine(**_of_shift(shift))


def shift_out(request: ActedRequest, shift: Shift) -> ShiftOut:
    """Return a shift with what may be done next."""
    return ShiftOut(
        **_of_shift(shift),
        counts={str(Money(int(worth))): number for worth, number in shift.counts.items()},
        variance_reason=shift.variance_reason,
        bank_slip=shift.bank_slip,
        verified_by=shift.verified_by.name if shift.verified_by else None,
        witness=shift.witness.name if shift.witness else None,
        allowed_steps=allowed_steps(shift, actor=request.actor, at=request.at),
    )


def receipt_line(receipt: Receipt) -> ReceiptLine:
    """Return a receipt as a list shows it."""
    return ReceiptLine(**_of_receipt(receipt))


def receipt_out(request: ActedRequest, receipt: Receipt) -> ReceiptOut:
    """Return a receipt with what may be done next."""
    return ReceiptOut(
        **_of_receipt(receipt),
        item=receipt.order.item.name_zh,
        capitals=capitals(receipt.amount),
        tendered=receipt.tendered,
        change=forms.change(receipt),
        shift=receipt.shift.number,
        standing=receipt.order.standing,
        void_reason=receipt.void_reason,
        void_requested=receipt.void_requested_by is not None,
        original_returned=receipt.original_returned,
        allowed_steps=allowed_steps(receipt, actor=request.actor, at=request.at),
    )


@router.get("/drawers", **reads("cashier.drawers", "收银点", list[DrawerOut]))
def list_drawers(request: ActedRequest) -> list[DrawerOut]:
    """List the cash desks."""
    return [
        DrawerOut(id=desk.pk, office=desk.office.code, name=desk.name)
        for desk in queries.drawers(request.actor)
    ]


@router.get("/shifts", **reads("cashier.shifts", "收银班次", ListOut[ShiftLine]))
def list_shifts(request: ActedRequest, words: Query[ShiftWords]) -> dict[str, object]:
    """List the shifts, newest first."""
    seen = queries.shifts_seen_by(request.actor)
    return forms.SHIFTS.page(seen, words.model_dump()).answer(shift_line)


@router.post("/shifts", **begins(steps.OPEN_SHIFT, ShiftOut))
def open_shift(request: ActedRequest, body: OpenIn) -> HttpResponse:
    """Open a shift with the float that was counted (F-25)."""

    def work() -> Shift:
        desk: Drawer = queries.drawers(request.actor).get(pk=body.drawer)
        given = {"float_amount": body.float_amount}
        return operations.open_shift(desk, **given, actor=request.actor, at=request.at)

    return act(request, work, show=shift_out)


@router.get("/shifts/{number}", **reads("cashier.shift", "收银班次", ShiftOut))
def read_shift(request: ActedRequest, number: str) -> ShiftOut:
    """Show one shift."""
    return shift_out(request, queries.shifts_seen_by(request.actor).get(number=number))


@router.post("/shifts/{number}/count", **takes(steps.COUNT, ShiftOut))
def count(request: ActedRequest, number: str, body: CountIn) -> HttpResponse:
    """Count the drawer before the books are shown (C-22)."""

    def work() -> Shift:
        shift = _shift(request, number, body)
        counted = Count(pieces=body.pieces)
        return operations.count(shift, counted=counted, actor=request.actor, at=request.at)

    return act(request, work, show=shift_out, status=200)


@router.post("/shifts/{number}/close_shift", **takes(steps.CLOSE_SHIFT, ShiftOut))
def close_shift(request: ActedRequest, number: str, body: CloseIn) -> HttpResponse:
    """Close a counted shift (F-25)."""

    def work() -> Shift:
        shift = _shift(request, number, body)
        closing = Closing(reason=body.reason, banked=body.banked, bank_slip=body.bank_slip)
        return operations.close_shift(shift, closing=closing, actor=request.actor, at=request.at)

    return act(request, work, show=shift_out, status=200)


@router.post("/shifts/{number}/force_close", **takes(steps.FORCE_CLOSE, ShiftOut))
def force_close(request: ActedRequest, number: str, body: ForceIn) -> HttpResponse:
    """Close a shift that its cashier left open (E-31)."""

    def work() -> Shift:
        shift = _shift(request, number, body)
        return operations.force_close(
            shift,
            counted=Count(pieces=body.pieces),
            witness=body.witness,
            reason=body.reason,
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=shift_out, status=200)


@router.post("/shifts/{number}/verify", **takes(steps.VERIFY, ShiftOut))
def verify(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Verify a day close (I-38)."""

    def work() -> Shift:
        shift = _shift(request, number, body)
        return operations.verify(shift, actor=request.actor, at=request.at)

    return act(request, work, show=shift_out, status=200)


@router.get("/receipts", **reads("cashier.receipts", "收据", ListOut[ReceiptLine]))
def list_receipts(request: ActedRequest, words: Query[ReceiptWords]) -> dict[str, object]:
    """List the receipts, newest first."""
    seen = queries.receipts_seen_by(request.actor)
    return forms.RECEIPTS.page(seen, words.model_dump()).answer(receipt_line)


@router.post("/receipts", **begins(steps.RECEIVE, ReceiptOut))
def receive(request: ActedRequest, body: ReceiveIn) -> HttpResponse:
    """Receive a prepayment or deposit and issue the receipt (O5, F-11)."""

    def work() -> Receipt:
        order: Order = seek(orders.seen_by(request.actor), number=body.order)
        order.still(body.row_version)
        shift = operations.till_of(request.actor)
        payment = _payment(order, body)
        return operations.receive(
            order, payment=payment, shift=shift, actor=request.actor, at=request.at
        )

    return act(request, work, show=receipt_out)


@router.get("/receipts/{number}", **reads("cashier.receipt", "收据", ReceiptOut))
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


@router.post("/receipts/{number}/reverse", **takes(steps.REVERSE, ReceiptOut))
def reverse(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Reverse a receipt of an earlier day (红冲)."""

    def work() -> Receipt:
        receipt = _receipt(request, number, body)
        return operations.reverse(
            receipt, reason=body.reason, actor=request.actor, at=request.at
        )

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


def _shift(request: ActedRequest, number: str, body: VersionIn) -> Shift:
    shift = seek(queries.shifts_seen_by(request.actor), number=number)
    shift.still(body.row_version)
    return shift


def _receipt(request: ActedRequest, number: str, body: VersionIn) -> Receipt:
    receipt = seek(queries.receipts_seen_by(request.actor), number=number)
    receipt.still(body.row_version)
    return receipt


def _payment(order: Order, body: ReceiveIn) -> Payment:
    purpose = operations.purpose_of(order)
    due = queries.still_due(order, purpose) if body.amount is None else body.amount
    return Payment(
        amount=due,
        method=body.method,
        tendered=body.tendered,
        channel_ref=body.channel_ref,
        purpose=purpose,
    )


def _of_shift(shift: Shift) -> dict[str, Any]:
    same = ("opened_at", "float_amount", "counted", "expected", "variance", "banked", "closed_at")
    return {
        **paper(shift),
        **{name: getattr(shift, name) for name in (*same, "verified_at", "forced")},
        "drawer": shift.drawer.name,
        "cashier": shift.cashier.name,
    }


def _of_receipt(receipt: Receipt) -> dict[str, Any]:
    same = ("serial", "purpose", "amount", "method", "channel_ref", "issued_at")
    return {
        **paper(receipt),
        **{name: getattr(receipt, name) for name in same},
        "order": receipt.order.number,
        "room": receipt.household.label,
        "payer": receipt.payer.name,
        "purpose_label": receipt.get_purpose_display(),
        "issued_by": receipt.issued_by.name,
    }
