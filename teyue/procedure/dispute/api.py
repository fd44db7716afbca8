from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.api import OrderOut, ReasonIn, order_out
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispute import operations, queries, steps
from teyue.procedure.dispute.facts import Decision, Redo
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.queries import records
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.paging import Listing
from teyue.web.paging import Order as Sorted
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    LineOut,
    ListOut,
    ListWords,
    Moment,
    PaperOut,
    Text,
    VersionIn,
    Yuan,
    paper,
)

router = Router(tags=[gettext_noop("争议")])


def _state(word: str) -> Q:
    if word not in Dispute.State.values:
        raise ValueError(word)
    return Q(state=word)


LIST = Listing(
    title=_("争议"),
    orders={"newest": Sorted(_("最新提出"), descending=True)},
    filters={"state": _state},
)


class DisputeWords(ListWords):
    """How the list of disputes may be narrowed."""

    state: str | None = Field(None, examples=["open"])


class OpenIn(VersionIn):
    """The owner refuses to confirm, in the owner's own words (O12)."""

    record: str = Field(max_length=48, examples=["F12-YXY1-20261124-0001"])
    words: Text = Field(max_length=400)


class ResolveIn(VersionIn):
    """How a dispute ends (O17)."""

    outcome: Dispute.Outcome
    text: Text = Field(max_length=400)
    agreed_amount: Yuan | None = None
    household_agreed: bool = False
    evidence: Text = Field("", max_length=120)


class DisputeLine(LineOut):
    """A dispute in a list."""

    id: int
    order: str | None
    record: str | None
    room: str
    amount: Yuan
    opened_at: Moment
    outcome: str


class DisputeOut(DisputeLine, PaperOut):
    """A dispute by itself."""

    words: str
    decision: str
    agreed_amount: Yuan | None
    decided_at: Moment | None
    household_agreed: bool


def dispute_line(dispute: Dispute) -> DisputeLine:
    """Return a dispute as a list shows it."""
    return DisputeLine(**_facts(dispute))


def dispute_out(request: ActedRequest, dispute: Dispute) -> DisputeOut:
    """Return a dispute with what may be done next."""
    same = ("words", "decision", "agreed_amount", "decided_at", "household_agreed")
    return DisputeOut(
        **_facts(dispute),
        **{name: getattr(dispute, name) for name in same},
        allowed_steps=allowed_steps(dispute, actor=request.actor, at=request.at),
    )


@router.get("/disputes", **reads("dispute.disputes", gettext_noop("争议"), ListOut[DisputeLine]))
def list_disputes(request: ActedRequest, words: Query[DisputeWords]) -> dict[str, object]:
    """List the disputes that may be seen, newest first."""
    return LIST.answer(queries.seen_by(request.actor), words, dispute_line)


@router.get(
    "/disputes/{int:number}", **reads("dispute.dispute", gettext_noop("一件争议"), DisputeOut)
)
def read_dispute(request: ActedRequest, number: int) -> DisputeOut:
    """Show one dispute."""
    return dispute_out(request, queries.seen_by(request.actor).get(pk=number))


@router.post("/disputes", **begins(steps.OPEN, DisputeOut))
def open_dispute(request: ActedRequest, body: OpenIn) -> HttpResponse:
    """Write down that the owner refuses to confirm (O12, E-13)."""

    def work() -> Dispute:
        record = seek(records.seen_by(request.actor), number=body.record)
        record.still(body.row_version)
        return operations.open(record, words=body.words, actor=request.actor, at=request.at)

    return act(request, work, show=dispute_out)


@router.post("/disputes/{int:number}/resolve", **takes(steps.RESOLVE, DisputeOut))
def resolve(request: ActedRequest, number: int, body: ResolveIn) -> HttpResponse:
    """Decide a dispute: confirm again, settle an agreed amount, or cancel the order (O17)."""

    def work() -> Dispute:
        dispute = seek(queries.seen_by(request.actor), pk=number)
        dispute.still(body.row_version)
        decision = Decision(
            outcome=body.outcome,
            text=body.text,
            agreed_amount=body.agreed_amount,
            household_agreed=body.household_agreed,
            evidence=body.evidence,
        )
        return operations.resolve(dispute, decision=decision, actor=request.actor, at=request.at)

    return act(request, work, show=dispute_out, status=200)


@router.post("/orders/{number}/close", **takes(steps.CLOSE, OrderOut))
def close(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Close a settled order that has come to rest (O16); only the system may."""

    def work() -> Order:
        order = _order(request, number, body)
        return operations.close(order, actor=request.actor, at=request.at)

    return act(request, work, show=_order_out, status=200)


@router.post("/orders/{number}/rework", **begins(steps.REWORK, OrderOut))
def rework(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Register that something is done again, free of charge (O23, E-17)."""

    def work() -> Order:
        source = _order(request, number, body)
        redo = Redo(reason=body.reason)
        return operations.rework(source, redo=redo, actor=request.actor, at=request.at)

    return act(request, work, show=_order_out)


def _order(request: ActedRequest, number: str, body: VersionIn) -> Order:
    order = seek(orders.seen_by(request.actor), number=number)
    order.still(body.row_version)
    return order


def _order_out(request: ActedRequest, order: Order) -> OrderOut:
    return order_out(request, order, order.quotes.order_by("no"))


def _facts(dispute: Dispute) -> dict[str, Any]:
    return {
        **paper(dispute),
        "id": dispute.pk,
        "order": dispute.order.number,
        "record": dispute.record.number,
        "room": dispute.order.household.label,
        "amount": dispute.record.amount,
        "opened_at": dispute.opened_at,
        "outcome": dispute.outcome,
    }
