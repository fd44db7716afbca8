from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.models import Method
from teyue.procedure.refund import forms, operations, queries, steps
from teyue.procedure.refund.facts import Payout
from teyue.procedure.refund.models import Refund
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    LineOut,
    ListOut,
    ListWords,
    Moment,
    PaperOut,
    ReasonIn,
    Text,
    VersionIn,
    Yuan,
    paper,
)

router = Router(tags=[gettext_noop("退款")])


class RequestIn(VersionIn):
    """Why and how much; without ``amount`` it is all that is held for the household."""

    order: str
    source: Refund.Source
    amount: Yuan | None = None
    receipt: str | None = Field(None, description=gettext_noop("手里的原收据"))
    note: Text = Field("", max_length=200)


class ReviewIn(VersionIn):
    """The account, where the money must be transferred."""

    payee_account: Text = Field("", max_length=60)


class RetryIn(VersionIn):
    """The account that is right."""

    payee_account: Text = Field(max_length=60)


class PayIn(VersionIn):
    """What is handed over for the money (E-26, I-61)."""

    original_returned: bool = False
    loss_declared: bool = False
    authorization: Text = Field("", max_length=40)
    channel_ref: Text = Field("", max_length=64)


class RefundLine(LineOut):
    """A refund in a list."""

    order: str | None
    room: str
    payee: str
    source: str
    source_label: str
    amount: Yuan
    method: Method
    due_at: Moment | None
    requested_at: Moment | None
    paid_at: Moment | None


class RefundOut(RefundLine, PaperOut):
    """A refund by itself. The account is shown by its last four characters."""

    account_tail: str
    original_receipt: str | None
    original_returned: bool
    loss_declared: bool
    channel_ref: str
    note: str
    rejected_because: str
    failed_because: str


class RefundWords(ListWords):
    """How the list of refunds may be narrowed."""

    state: str | None = Field(None, examples=["approved,failed"])
    source: str | None = None
    method: str | None = None
    order: str | None = None


def refund_line(refund: Refund) -> RefundLine:
    """Return a refund as a list shows it."""
    return RefundLine(**_facts(refund))


def refund_out(request: ActedRequest, refund: Refund) -> RefundOut:
    """Return a refund with what may be done next."""
    same = ("original_returned", "loss_declared", "channel_ref", "note")
    return RefundOut(
        **_facts(refund),
        **{name: getattr(refund, name) for name in same},
        account_tail=refund.payee_account[-4:],
        original_receipt=refund.original_receipt.number if refund.original_receipt else None,
        rejected_because=refund.rejected_because,
        failed_because=refund.failed_because,
        allowed_steps=allowed_steps(refund, actor=request.actor, at=request.at),
    )


@router.get("/refunds", **reads("refund.refunds", gettext_noop("退款单"), ListOut[RefundLine]))
def list_refunds(request: ActedRequest, words: Query[RefundWords]) -> dict[str, object]:
    """List the refunds, newest first."""
    seen = queries.seen_by(request.actor)
    return forms.LIST.answer(seen, words, refund_line)


@router.post("/refunds", **begins(steps.REQUEST, RefundOut))
def request_refund(request: ActedRequest, body: RequestIn) -> HttpResponse:
    """Ask for money to go back (F-14)."""

    def work() -> Refund:
        order = seek(orders.seen_by(request.actor), number=body.order)
        order.still(body.row_version)
        held = queries.refundable(order) if body.amount is None else body.amount
        return operations.request(
            order,
            source=body.source,
            amount=held,
            note=body.note,
            original_receipt=queries.receipt_of(order, body.receipt),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=refund_out)


@router.get("/refunds/{number}", **reads("refund.refund", gettext_noop("退款单"), RefundOut))
def read_refund(request: ActedRequest, number: str) -> RefundOut:
    """Show one refund."""
    return refund_out(request, queries.seen_by(request.actor).get(number=number))


@router.post("/refunds/{number}/review", **takes(steps.REVIEW, RefundOut))
def review(request: ActedRequest, number: str, body: ReviewIn) -> HttpResponse:
    """Review a request, and name the account where money must be transferred (E-27)."""
    return _take(request, number, body, operations.review, payee_account=body.payee_account)


@router.post("/refunds/{number}/approve", **takes(steps.APPROVE, RefundOut))
def approve(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Approve a refund within the own limit."""
    return _take(request, number, body, operations.approve)


@router.post("/refunds/{number}/endorse", **takes(steps.ENDORSE, RefundOut))
def endorse(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Approve a refund of a sum that finance must sign as well."""
    return _take(request, number, body, operations.endorse)


@router.post("/refunds/{number}/cosign", **takes(steps.COSIGN, RefundOut))
def cosign(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Sign for finance."""
    return _take(request, number, body, operations.cosign)


@router.post("/refunds/{number}/reject", **takes(steps.REJECT, RefundOut))
def reject(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Reject a refund; its money is held for the order again."""
    return _take(request, number, body, operations.reject, reason=body.reason)


@router.post("/refunds/{number}/pay", **takes(steps.PAY, RefundOut))
def pay(request: ActedRequest, number: str, body: PayIn) -> HttpResponse:
    """Pay an approved refund out of the own open shift (I-29, I-36)."""

    def work() -> Refund:
        refund = _sought(request, number, body)
        payout = Payout(
            shift=cashier.till_of(request.actor),
            original_returned=body.original_returned,
            loss_declared=body.loss_declared,
            authorization=body.authorization,
            channel_ref=body.channel_ref,
        )
        return operations.pay(refund, payout=payout, actor=request.actor, at=request.at)

    return act(request, work, show=refund_out, status=200)


@router.post("/refunds/{number}/fail", **takes(steps.FAIL, RefundOut))
def fail(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Record that a channel or bank did not take the money back."""
    return _take(request, number, body, operations.fail, reason=body.reason)


@router.post("/refunds/{number}/retry", **takes(steps.RETRY, RefundOut))
def retry(request: ActedRequest, number: str, body: RetryIn) -> HttpResponse:
    """Let a refund that failed be transferred to a corrected account (E-27)."""
    return _take(request, number, body, operations.retry, payee_account=body.payee_account)


@router.post("/refunds/{number}/reconcile", **takes(steps.RECONCILE, RefundOut))
def reconcile(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Close a paid refund that agrees with the day close and the channel."""
    return _take(request, number, body, operations.reconcile)


def _take(
    request: ActedRequest,
    number: str,
    body: VersionIn,
    operation: Callable[..., Refund],
    **said: str,
) -> HttpResponse:
    def work() -> Refund:
        refund = _sought(request, number, body)
        return operation(refund, **said, actor=request.actor, at=request.at)

    return act(request, work, show=refund_out, status=200)


def _sought(request: ActedRequest, number: str, body: VersionIn) -> Refund:
    refund = seek(queries.seen_by(request.actor), number=number)
    refund.still(body.row_version)
    return refund


def _facts(refund: Refund) -> dict[str, Any]:
    return {
        **paper(refund),
        "order": refund.order.number,
        "room": refund.order.household.label,
        "payee": refund.payee.name,
        "source": refund.source,
        "source_label": refund.get_source_display(),
        "amount": refund.amount,
        "method": refund.method,
        "due_at": queries.due(refund),
        "requested_at": refund.created_at,
        "paid_at": refund.paid_at,
    }
