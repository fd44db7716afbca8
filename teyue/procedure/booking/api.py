from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BeforeValidator, Field, WithJsonSchema

from teyue.foundation.lifecycle import seek
from teyue.procedure.booking import forms, operations, steps
from teyue.procedure.booking.facts import Acceptance, Pricing, Wish, hundredths
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.queries import orders, wishes
from teyue.register.estate import queries as estate
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.keyed import KeyedIn, speaker
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    GivenMoment,
    In,
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

router = Router(tags=[gettext_noop("登记与报价")])


def _quantity(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(_("数量没有看懂，请您只填写数字，例如 2 或 1.5。"))
    return hundredths(str(value))


Quantity = Annotated[
    int,
    BeforeValidator(_quantity),
    WithJsonSchema(
        {"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$", "examples": ["6"]}
    ),
]


class ReasonIn(KeyedIn):
    """A step that needs a reason."""

    reason: Text = Field(max_length=200)


class CorrectIn(VersionIn):
    """To which household an order really belongs."""

    household: int
    reason: Text = Field(max_length=200)


class SiteQuoteIn(VersionIn):
    """The unit price that was named on site, within the listed range."""

    on_site_price: Yuan


class AcceptIn(KeyedIn):
    """How the household said yes."""

    method: Quote.Method


class RegisterIn(In):
    """A wish: who, what, how much, when. Prices are never sent."""

    household: int
    item: Text = Field(max_length=8, examples=["WX-01"])
    variant: Text = Field("", max_length=20)
    quantity: Quantity = 100
    requester: int | None = None
    payer: int | None = None
    contact: int | None = None
    channel: Order.Channel = Order.Channel.PHONE
    urgency: Order.Urgency = Order.Urgency.NORMAL
    description: Text = Field("", max_length=200)
    wish_from: GivenMoment | None = None
    duplicate_reason: Text = Field("", max_length=120)
    owner_consent: Text = Field("", max_length=120)
    offline_number: Text = Field("", max_length=24)

    def wish(self) -> Wish:
        """Return what was asked."""
        said = {name: getattr(self, name) for name in Wish.__slots__ if hasattr(self, name)}
        return Wish(**said, qty_x100=self.quantity)


class BookIn(RegisterIn):
    """A wish with the household's yes to its price, in one telephone call."""

    method: Quote.Method = Quote.Method.CALL
    evidence: Text = Field("", max_length=120, examples=["录音 0571-1042"])


class QuoteLineOut(Out):
    """One line of a quote."""

    kind: str
    text: str
    quantity: str
    unit_price: str
    amount: str


class QuoteOut(Out):
    """A price that was offered."""

    no: int
    state: str
    lines: list[QuoteLineOut]
    total: Yuan
    prepay: Yuan
    valid_until: Moment
    accepted_at: Moment | None = None
    accept_method: str = ""


class OrderLine(LineOut):
    """An order in a list."""

    standing: str
    standing_label: str
    due_at: Moment | None
    household: int
    room: str
    item: str
    item_name: str
    quantity: str
    unit: str
    urgency: str
    agreed: Yuan
    required: Yuan
    registered_at: Moment
    wish_from: Moment | None
    wish_to: Moment | None


class OrderOut(OrderLine, PaperOut):
    """An order by itself."""

    channel: str
    description: str
    requester: str
    payer: str
    contact: str
    coverage: str
    in_arrears: bool
    quotes: list[QuoteOut]


class OrderWords(ListWords):
    """How the list of orders may be narrowed."""

    standing: str | None = Field(None, examples=["awaiting_payment"])
    item: str | None = Field(None, max_length=8)
    household: str | None = Field(None, max_length=32, description=gettext_noop("编号或房号"))
    overdue: Literal["yes", "no"] | None = None
    mine: Literal["yes"] | None = None


def order_line(order: Order) -> OrderLine:
    """Return an order as a list shows it."""
    return OrderLine(**_facts(order))


def order_out(request: ActedRequest, order: Order, quotes: Iterable[Quote]) -> OrderOut:
    """Return an order with its quotes and what may be done next."""
    return OrderOut(
        **_facts(order),
        channel=order.channel,
        description=order.description,
        requester=order.requester.name,
        payer=order.payer.name,
        contact=order.contact.name,
        coverage=order.coverage,
        in_arrears=order.in_arrears,
        quotes=[_quote(quote) for quote in quotes],
        allowed_steps=allowed_steps(order, actor=request.actor, at=request.at),
    )


@router.get("/orders", **reads("booking.orders", gettext_noop("订单"), ListOut[OrderLine]))
def list_orders(request: ActedRequest, words: Query[OrderWords]) -> dict[str, object]:
    """List the orders that may be seen, soonest due first."""
    listed = forms.listing(actor=request.actor, at=request.at)
    return listed.answer(orders.seen_by(request.actor), words, order_line)


@router.post("/orders", **begins(steps.REGISTER, OrderOut))
def register(request: ActedRequest, body: RegisterIn) -> HttpResponse:
    """Register a wish (O1)."""

    def work() -> Order:
        asked = wishes.registration(body.wish(), actor=request.actor, at=request.at)
        return operations.register(asked, actor=request.actor, at=request.at)

    return act(request, work, show=lambda asked, order: order_out(asked, order, ()))


_BOOK = begins(steps.REGISTER, OrderOut) | {
    "operation_id": "booking.book",
    "summary": gettext_noop("登记、报价并由住户接受（一次通话）"),
}


# Before the address of one order, which would take “book” for a number.
@router.post("/orders/book", **_BOOK)
def book(request: ActedRequest, body: BookIn) -> HttpResponse:
    """Register, quote and accept in one telephone call (O1–O3)."""

    def work() -> Quote:
        return operations.book(
            wishes.registration(body.wish(), actor=request.actor, at=request.at),
            pricing=Pricing(),
            acceptance=Acceptance(method=body.method, evidence=body.evidence),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=_with_quote)


@router.get("/orders/{number}", **reads("booking.order", gettext_noop("订单"), OrderOut))
def read_order(request: ActedRequest, number: str) -> OrderOut:
    """Show one order."""
    order = orders.seen_by(request.actor).get(number=number)
    return order_out(request, order, order.quotes.order_by("no"))


@router.post("/orders/{number}/quote", **takes(steps.QUOTE, OrderOut))
def quote(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Offer the price by the frozen list (O2)."""

    def work() -> Quote:
        order = _sought(request, number, body)
        return operations.quote(order, pricing=Pricing(), actor=request.actor, at=request.at)

    return act(request, work, show=_with_quote, status=200)


@router.post("/orders/{number}/quote_on_site", **takes(steps.QUOTE_ON_SITE, OrderOut))
def quote_on_site(request: ActedRequest, number: str, body: SiteQuoteIn) -> HttpResponse:
    """Offer a price within the approved range, after seeing the place (O2)."""

    def work() -> Quote:
        order = _sought(request, number, body)
        pricing = Pricing(on_site_price=body.on_site_price)
        return operations.quote_on_site(order, pricing=pricing, actor=request.actor, at=request.at)

    return act(request, work, show=_with_quote, status=200)


@router.post("/orders/{number}/accept", **takes(steps.ACCEPT, OrderOut))
def accept(request: ActedRequest, number: str, body: AcceptIn) -> HttpResponse:
    """Let the household accept the last quote (O3)."""

    def work() -> Quote:
        order = _sought(request, number, body)
        actor = speaker(order, body, request.actor)
        reference = body.evidence.reference if body.evidence else ""
        acceptance = Acceptance(method=body.method, evidence=reference)
        offered = orders.last_quote(order)
        return operations.accept(offered, acceptance=acceptance, actor=actor, at=request.at)

    return act(request, work, show=_with_quote, status=200)


@router.post("/orders/{number}/cancel", **takes(steps.CANCEL, OrderOut))
def cancel(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Cancel an order before its price was accepted (O18)."""

    def work() -> Order:
        order = _sought(request, number, body)
        actor = speaker(order, body, request.actor)
        return operations.cancel(order, reason=body.reason, actor=actor, at=request.at)

    return act(request, work, show=_alone, status=200)


@router.post("/orders/{number}/correct", **takes(steps.CORRECT, OrderOut))
def correct(request: ActedRequest, number: str, body: CorrectIn) -> HttpResponse:
    """Move an order that nobody paid to the household it belongs to (E-02)."""

    def work() -> Order:
        order = _sought(request, number, body)
        right = estate.seen_by(request.actor).get(pk=body.household)
        return operations.correct(
            order, household=right, reason=body.reason, actor=request.actor, at=request.at
        )

    return act(request, work, show=_alone, status=200)


def _sought(request: ActedRequest, number: str, body: VersionIn) -> Order:
    order = seek(orders.seen_by(request.actor), number=number)
    order.still(body.row_version)
    return order


def _with_quote(request: ActedRequest, offered: Quote) -> OrderOut:
    return order_out(request, offered.order, (offered,))


def _alone(request: ActedRequest, order: Order) -> OrderOut:
    return order_out(request, order, order.quotes.order_by("no"))


def _facts(order: Order) -> dict[str, Any]:
    same = ("standing", "due_at", "urgency", "agreed", "required", "registered_at", "wish_from")
    return {
        **paper(order),
        **{name: getattr(order, name) for name in (*same, "wish_to")},
        "standing_label": str(Standing(order.standing).label),
        "household": order.household_id,
        "room": order.household.label,
        "item": order.item.code,
        "item_name": f"{order.item.name_zh} {order.line.variant}".strip(),
        "quantity": forms.written(order.qty_x100),
        "unit": order.line.get_unit_display(),
    }


def _quote(quote: Quote) -> QuoteOut:
    return QuoteOut(
        no=quote.no,
        state=quote.state,
        lines=[QuoteLineOut(**forms.shown_line(line)) for line in quote.lines],
        total=quote.total,
        prepay=quote.prepay,
        valid_until=quote.valid_until,
        accepted_at=quote.accepted_at,
        accept_method=quote.accept_method,
    )
