from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Router
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.api import AcceptIn
from teyue.procedure.booking.facts import Acceptance, Pricing
from teyue.procedure.booking.models import Quote
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations as till
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.dispatch import operations, queries, steps
from teyue.procedure.dispatch.api.keyed import resident_of
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import In, LineOut, Moment, PaperOut, Text, VersionIn, Yuan, paper

router = Router(tags=[gettext_noop("应急先行")])


class OverrideIn(In):
    """Why an emergency is served before it is paid (F-28)."""

    order: str = Field(max_length=48, examples=["F07-YXY1-20261124-0001"])
    category: Override.Category
    reason: Text = Field(max_length=200)
    estimate: Yuan


class QuoteLateIn(VersionIn):
    """The unit price that a supervisor names on site, where the list gives a range (O2)."""

    on_site_price: Yuan | None = None


class RedeemIn(VersionIn):
    """The money that is handed over for an emergency."""

    amount: Yuan
    method: Method
    tendered: Yuan | None = None
    channel_ref: Text = Field("", max_length=64)


class OverrideOut(PaperOut):
    """An emergency that was served before it was paid."""

    order: str | None
    room: str
    category: str
    reason: str
    estimate: Yuan
    cap: Yuan
    approved_by: str
    approved_at: Moment
    pay_due_at: Moment


class LateQuoteOut(LineOut):
    """What an emergency was quoted after it was dispatched."""

    order: str | None
    no: int
    total: Yuan
    accepted_at: Moment | None


class PaidOut(LineOut):
    """The receipt for what an emergency left unpaid."""

    order: str | None
    amount: Yuan
    method: str


def override_out(request: ActedRequest, given: Override) -> OverrideOut:
    """Return an override with what may be done next."""
    same = ("category", "reason", "estimate", "cap", "approved_at", "pay_due_at")
    return OverrideOut(
        **paper(given),
        **{name: getattr(given, name) for name in same},
        order=given.order.number,
        room=given.order.household.label,
        approved_by=given.approved_by.name,
        allowed_steps=allowed_steps(given, actor=request.actor, at=request.at),
    )


def quote_out(request: ActedRequest, quote: Quote) -> LateQuoteOut:
    """Return what was quoted late."""
    same = {name: getattr(quote, name) for name in ("no", "total", "accepted_at")}
    return LateQuoteOut(**paper(quote), **same, order=quote.order.number)


def paid_out(request: ActedRequest, receipt: Receipt) -> PaidOut:
    """Return the receipt of what was owed."""
    same = {name: getattr(receipt, name) for name in ("amount", "method")}
    return PaidOut(**paper(receipt), **same, order=receipt.order.number)


@router.post("/overrides", **begins(steps.OVERRIDE, OverrideOut))
def override(request: ActedRequest, body: OverrideIn) -> HttpResponse:
    """Let an emergency be served before it is paid (O6, F-28)."""

    def work() -> Override:
        order = seek(orders.seen_by(request.actor), number=body.order)
        emergency = Emergency(category=body.category, reason=body.reason, estimate=body.estimate)
        return operations.override(order, emergency=emergency, actor=request.actor, at=request.at)

    return act(request, work, show=override_out)


@router.get(
    "/overrides/{number}", **reads("dispatch.read_override", gettext_noop("应急先行"), OverrideOut)
)
def read_override(request: ActedRequest, number: str) -> OverrideOut:
    """Show one override."""
    return override_out(request, queries.overrides_seen_by(request.actor).get(number=number))


@router.post("/overrides/{number}/quote_late", **begins(steps.QUOTE_LATE, LateQuoteOut))
def quote_late(request: ActedRequest, number: str, body: QuoteLateIn) -> HttpResponse:
    """Quote an emergency after it was dispatched, by the frozen list or within its range."""

    def work() -> Quote:
        order = _sought(request, number, body).order
        pricing = Pricing(on_site_price=body.on_site_price)
        return operations.quote_late(order, pricing=pricing, actor=request.actor, at=request.at)

    return act(request, work, show=quote_out)


@router.post("/overrides/{number}/accept_late", **takes(steps.ACCEPT_LATE, LateQuoteOut))
def accept_late(request: ActedRequest, number: str, body: AcceptIn) -> HttpResponse:
    """Let the household accept the price of an emergency."""

    def work() -> Quote:
        order = _sought(request, number, body).order
        reference = body.evidence.reference if body.evidence else ""
        who, _member = resident_of(order, body, request)
        return operations.accept_late(
            orders.last_quote(order),
            acceptance=Acceptance(method=body.method, evidence=reference),
            actor=who,
            at=request.at,
        )

    return act(request, work, show=quote_out, status=200)


@router.post("/overrides/{number}/redeem", **takes(steps.REDEEM, PaidOut))
def redeem(request: ActedRequest, number: str, body: RedeemIn) -> HttpResponse:
    """Collect what an emergency left unpaid, in whole, in the cashier's open shift."""

    def work() -> Receipt:
        given = _sought(request, number, body)
        return operations.redeem(
            given,
            payment=_payment(body),
            shift=till.till_of(request.actor),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=paid_out, status=200)


def _payment(body: RedeemIn) -> Payment:
    return Payment(
        amount=body.amount,
        method=body.method,
        tendered=body.tendered,
        channel_ref=body.channel_ref,
        purpose=Receipt.Purpose.ARREARS,
    )


def _sought(request: ActedRequest, number: str, body: VersionIn) -> Override:
    given = seek(queries.overrides_seen_by(request.actor), number=number)
    given.still(body.row_version)
    return given
