from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import forms, operations, queries, steps
from teyue.procedure.cashier.api.receipts import ReasonIn
from teyue.procedure.cashier.facts import Transferring
from teyue.procedure.cashier.models import Transfer
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
    PaperOut,
    Text,
    VersionIn,
    Yuan,
    paper,
)

router = Router(tags=[gettext_noop("收银")])


class TransferIn(In):
    """To which order money belongs; without ``receipt`` all that is held goes over."""

    target: Text = Field(max_length=48, examples=["F07-YXY1-20261124-0002"])
    reason: Transfer.Reason
    receipt: str | None = None
    note: Text = Field("", max_length=120)


class TransferLine(LineOut):
    """A transfer in a list."""

    order: str | None
    target: str | None
    reason: str
    reason_label: str
    amount: Yuan
    receipt: str | None
    requested_by: str
    decided_at: Moment | None


class TransferOut(TransferLine, PaperOut):
    """A transfer by itself, with where both orders stand now."""

    note: str
    rejected_because: str
    order_standing: str
    target_standing: str


class TransferWords(ListWords):
    """How the list of transfers may be narrowed."""

    state: str | None = Field(None, examples=["requested"])
    reason: str | None = None
    order: str | None = None


def transfer_line(transfer: Transfer) -> TransferLine:
    """Return a transfer as a list shows it."""
    return TransferLine(**_facts(transfer))


def transfer_out(request: ActedRequest, transfer: Transfer) -> TransferOut:
    """Return a transfer with what may be done next."""
    return TransferOut(
        **_facts(transfer),
        note=transfer.note,
        rejected_because=transfer.rejected_because,
        order_standing=transfer.order.standing,
        target_standing=transfer.target.standing,
        allowed_steps=allowed_steps(transfer, actor=request.actor, at=request.at),
    )


@router.get(
    "/transfers", **reads("cashier.transfers", gettext_noop("款项转移单"), ListOut[TransferLine])
)
def list_transfers(request: ActedRequest, words: Query[TransferWords]) -> dict[str, object]:
    """List the transfers, newest first."""
    seen = queries.transfers_seen_by(request.actor)
    return forms.TRANSFERS.answer(seen, words, transfer_line)


@router.post("/orders/{number}/transfer", **begins(steps.REQUEST_TRANSFER, TransferOut))
def request_transfer(request: ActedRequest, number: str, body: TransferIn) -> HttpResponse:
    """Ask for money to be moved to the order it belongs to (E-02, E-25)."""

    def work() -> Transfer:
        seen = orders.seen_by(request.actor)
        order = seen.get(number=number)
        receipts = queries.receipts_seen_by(request.actor).filter(order=order)
        return operations.request_transfer(
            order,
            transferring=Transferring(
                target=seen.get(number=body.target),
                reason=body.reason,
                receipt=receipts.get(number=body.receipt) if body.receipt else None,
                note=body.note,
            ),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=transfer_out)


@router.post("/orders/{number}/transfer/approve", **takes(steps.APPROVE_TRANSFER, TransferOut))
def approve_transfer(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Move the money and issue receipts in place of the old ones."""

    def work() -> Transfer:
        transfer = _sought(request, number, body)
        return operations.approve_transfer(transfer, actor=request.actor, at=request.at)

    return act(request, work, show=transfer_out, status=200)


@router.post("/orders/{number}/transfer/reject", **takes(steps.REJECT_TRANSFER, TransferOut))
def reject_transfer(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Leave the money where it is."""

    def work() -> Transfer:
        transfer = _sought(request, number, body)
        reason = body.reason
        return operations.reject_transfer(
            transfer, reason=reason, actor=request.actor, at=request.at
        )

    return act(request, work, show=transfer_out, status=200)


def _sought(request: ActedRequest, number: str, body: VersionIn) -> Transfer:
    transfer = operations.sought_transfer(request.actor, number)
    transfer.still(body.row_version)
    return transfer


def _facts(transfer: Transfer) -> dict[str, Any]:
    return {
        **paper(transfer),
        "order": transfer.order.number,
        "target": transfer.target.number,
        "reason": transfer.reason,
        "reason_label": transfer.get_reason_display(),
        "amount": transfer.amount,
        "receipt": transfer.receipt.number if transfer.receipt else None,
        "requested_by": transfer.requested_by.name,
        "decided_at": transfer.decided_at,
    }
