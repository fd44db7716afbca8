from __future__ import annotations

from typing import Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.api.receipts import ReceiptOut, receipt_out
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.settlement import forms, operations, queries, steps
from teyue.procedure.settlement.facts import Cancellation, Closing, Mistake, Voiding
from teyue.procedure.settlement.models import Settlement
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.keyed import KeyedIn, speaker
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    In,
    LineOut,
    ListOut,
    ListWords,
    Moment,
    Out,
    PaperOut,
    ReasonIn,
    Text,
    VersionIn,
    Yuan,
    paper,
)

router = Router(tags=[gettext_noop("结算")])


class SettleIn(VersionIn):
    """How the difference changes hands; ``itemized``: the list was shown first (I-74)."""

    order: str
    itemized: bool = False
    method: Method = Method.CASH
    tendered: Yuan | None = None
    channel_ref: Text = Field("", max_length=64)


class CollectFeeIn(VersionIn):
    """How the fee is paid; how much it is, the house computes."""

    method: Method = Method.CASH
    tendered: Yuan | None = None
    channel_ref: Text = Field("", max_length=64)


class GiveUpIn(KeyedIn):
    """Why the household gives an order up; material bought for it alone is at cost."""

    reason: Text = Field(max_length=200)
    special_material: Yuan = Money(0)


class VoidIn(ReasonIn):
    """What was wrong with an order, and of which order it is a duplicate."""

    mistake: Mistake
    duplicate_of: str | None = None


class AccountLineOut(Out):
    """One line of the itemized account."""

    text: str
    quantity: str
    unit_price: str
    amount: str


class AccountOut(Out):
    """What an order comes to, before anything is collected."""

    order: str | None
    row_version: int
    lines: list[AccountLineOut]
    actual: Yuan
    prepaid: Yuan
    difference: Yuan
    result: Literal["topup", "refund", "even"]
    currency: Literal["CNY"] = "CNY"


class FeeOut(Out):
    """What giving an order up would cost now, and what would come back."""

    order: str | None
    notice: str
    fee: Yuan
    held: Yuan
    refund: Yuan
    currency: Literal["CNY"] = "CNY"


class SettlementLine(LineOut):
    """A settlement in a list."""

    order: str | None
    room: str
    item: str
    actual: Yuan
    prepaid: Yuan
    difference: Yuan
    result: str
    settled_at: Moment | None
    settled_by: str | None


class SettlementOut(SettlementLine, PaperOut):
    """A settlement by itself."""

    lines: list[AccountLineOut]
    standing: str
    receipt: str | None
    refund: str | None
    refund_state: str | None
    reversed_because: str
    waits_for_reversal: bool
    reversal_declined_because: str


class EndedOut(LineOut):
    """An order that was given up: what it cost, and the refund that was asked for."""

    standing: str
    standing_label: str
    ended_because: str
    fee: Yuan
    refund: str | None
    refund_amount: Yuan | None


class SettlementWords(ListWords):
    """How the list of settlements may be narrowed."""

    state: str | None = None
    result: str | None = None
    order: str | None = None
    day: str | None = Field(None, examples=["2026-11-24"])


class FeeWords(In):
    """What was bought for the order alone."""

    special_material: Yuan = Money(0)


def settlement_line(slip: Settlement) -> SettlementLine:
    """Return a settlement as a list shows it."""
    settled_by = slip.settled_by.name if slip.settled_by else None
    return SettlementLine(**_facts(slip), settled_by=settled_by)


def settlement_out(request: ActedRequest, slip: Settlement) -> SettlementOut:
    """Return a settlement with what may be done next."""
    mine = slip.settled_by_id == request.actor.id
    others = slip.settled_by.name if not mine and slip.settled_by else None
    return SettlementOut(
        **_facts(slip),
        settled_by=request.actor.name if mine else others,
        lines=[AccountLineOut(**line) for line in forms.shown_lines(slip.lines)],
        standing=slip.order.standing,
        receipt=slip.receipt.number if slip.receipt else None,
        refund=slip.refund.number if slip.refund else None,
        refund_state=slip.refund.state if slip.refund else None,
        reversed_because=slip.reversed_because,
        waits_for_reversal=slip.waits_for_reversal,
        reversal_declined_because=slip.reversal_declined_because,
        allowed_steps=allowed_steps(slip, actor=request.actor, at=request.at),
    )


@router.get(
    "/settlements",
    **reads("settlement.settlements", gettext_noop("结算单"), ListOut[SettlementLine]),
)
def list_settlements(request: ActedRequest, words: Query[SettlementWords]) -> dict[str, object]:
    """List the settlements, newest first."""
    seen = queries.seen_by(request.actor)
    return forms.LIST.answer(seen, words, settlement_line)


@router.post("/settlements", **begins(steps.SETTLE, SettlementOut))
def settle(request: ActedRequest, body: SettleIn) -> HttpResponse:
    """Close an order's money (O15, F-13)."""

    def work() -> Settlement:
        order = seek(orders.seen_by(request.actor), number=body.order)
        order.still(body.row_version)
        closing = Closing(
            itemized=body.itemized,
            method=body.method,
            tendered=body.tendered,
            channel_ref=body.channel_ref,
        )
        return operations.settle(
            order,
            closing=closing,
            shift=cashier.till_of(request.actor),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=settlement_out)


# Before the address of one settlement, which would take “preview” for a number.
@router.get(
    "/settlements/preview", **reads("settlement.account", gettext_noop("结算清单"), AccountOut)
)
def preview(request: ActedRequest, order: str) -> AccountOut:
    """Show what an audited order comes to, to be handed to the household first (I-74)."""
    found = orders.seen_by(request.actor).get(number=order)
    account = queries.account(found)
    if account is None:
        text = _("服务记录还没有经客服主管审核，不能结算。请先送审核。")
        raise Refused("not_audited", text, clause="4.3.1")
    return AccountOut(
        order=found.number,
        row_version=found.row_version,
        lines=[AccountLineOut(**line) for line in forms.shown_lines(account.lines)],
        actual=account.actual,
        prepaid=account.prepaid,
        difference=account.difference,
        result=_result(account.difference),
    )


@router.get(
    "/settlements/{number}", **reads("settlement.settlement", gettext_noop("结算单"), SettlementOut)
)
def read_settlement(request: ActedRequest, number: str) -> SettlementOut:
    """Show one settlement."""
    return settlement_out(request, queries.seen_by(request.actor).get(number=number))


@router.get("/orders/{number}/fee", **reads("settlement.fee", gettext_noop("取消费用"), FeeOut))
def read_fee(request: ActedRequest, number: str, words: Query[FeeWords]) -> FeeOut:
    """Show what giving an order up would cost now (C-05b)."""
    order = orders.seen_by(request.actor).get(number=number)
    owed = queries.fee(order, special_material=words.special_material, at=request.at)
    held = till.held(order)
    back = max(held - owed.amount, NOTHING)
    return FeeOut(order=number, notice=owed.notice, fee=owed.amount, held=held, refund=back)


@router.post("/orders/{number}/give_up", **takes(steps.CANCEL, EndedOut))
def give_up(request: ActedRequest, number: str, body: GiveUpIn) -> HttpResponse:
    """Cancel for the household after its price was accepted (O18)."""

    def work() -> Order:
        order = _order(request, number, body)
        return operations.cancel(
            order,
            cancellation=Cancellation(reason=body.reason, special_material=body.special_material),
            actor=speaker(order, body, request.actor),
            at=request.at,
        )

    return act(request, work, show=ended_out, status=200)


@router.post("/orders/{number}/call_off", **takes(steps.CALL_OFF, EndedOut))
def call_off(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Cancel for the company; everything is given back (O19)."""

    def work() -> Order:
        order = _order(request, number, body)
        cancellation = Cancellation(reason=body.reason)
        return operations.call_off(
            order, cancellation=cancellation, actor=request.actor, at=request.at
        )

    return act(request, work, show=ended_out, status=200)


@router.post("/orders/{number}/void", **takes(steps.VOID, EndedOut))
def void(request: ActedRequest, number: str, body: VoidIn) -> HttpResponse:
    """Void an order that should never have been (O21, E-02, E-03)."""

    def work() -> Order:
        order = _order(request, number, body)
        return operations.void(
            order,
            voiding=Voiding(
                mistake=body.mistake,
                reason=body.reason,
                duplicate_of=queries.kept_order(request.actor, body.duplicate_of),
            ),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=ended_out, status=200)


@router.post("/orders/{number}/collect_fee", **begins(steps.COLLECT_FEE, ReceiptOut))
def collect_fee(request: ActedRequest, number: str, body: CollectFeeIn) -> HttpResponse:
    """Collect in whole what a cancellation left owing (C-05b)."""

    def work() -> Receipt:
        order = _order(request, number, body)
        payment = Payment(
            amount=till.still_due(order, Receipt.Purpose.ARREARS),
            method=body.method,
            tendered=body.tendered,
            channel_ref=body.channel_ref,
            purpose=Receipt.Purpose.ARREARS,
        )
        shift = cashier.till_of(request.actor)
        return operations.collect_fee(
            order, payment=payment, shift=shift, actor=request.actor, at=request.at
        )

    return act(request, work, show=receipt_out)


def ended_out(request: ActedRequest, order: Order) -> EndedOut:
    """Return an order that was given up."""
    refund = order.refunds.order_by("-pk").first()
    return EndedOut(
        **paper(order),
        standing=order.standing,
        standing_label=str(Standing(order.standing).label),
        ended_because=order.ended_because,
        fee=order.required,
        refund=refund.number if refund else None,
        refund_amount=refund.amount if refund else None,
    )


def _order(request: ActedRequest, number: str, body: VersionIn) -> Order:
    order = seek(orders.seen_by(request.actor), number=number)
    order.still(body.row_version)
    return order


def _result(difference: Money) -> Literal["topup", "refund", "even"]:
    if not difference:
        return "even"
    return "topup" if difference > NOTHING else "refund"


def _facts(slip: Settlement) -> dict[str, Any]:
    same = ("actual", "prepaid", "difference", "result", "settled_at")
    return {
        **paper(slip),
        **{name: getattr(slip, name) for name in same},
        "order": slip.order.number,
        "room": slip.order.household.label,
        "item": slip.order.item.name_zh,
    }
