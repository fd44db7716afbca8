from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Router
from pydantic import Field

from teyue.desks.resident import deeds
from teyue.desks.resident.deeds import Said, Signed
from teyue.procedure.booking.api import QuoteLineOut
from teyue.procedure.booking.forms import shown_line, written
from teyue.procedure.dispute import steps as disputes
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service import steps
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.queries import links
from teyue.web.acts import act
from teyue.web.endpoints import begins, reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import In, LineOut, Moment, Text, Yuan, paper
from teyue.web.throttle import count_failure, refuse_guessing

router = Router(tags=[gettext_noop("业主确认（免登录）")])

_CONFIRM = {"operation_id": "resident.confirm", "summary": gettext_noop("业主凭链接确认")}
_REFUSE = {"operation_id": "resident.refuse", "summary": gettext_noop("业主凭链接提出不同意")}
_ACCEPT_CHANGE = {
    "operation_id": "resident.accept_change",
    "summary": gettext_noop("住户凭链接同意增项"),
}
_REFUSE_CHANGE = {
    "operation_id": "resident.refuse_change",
    "summary": gettext_noop("住户凭链接不同意增项"),
}


class SaidIn(In):
    """The owner's word: the digest that was shown, and the code or a drawn signature."""

    digest: str = Field(min_length=64, max_length=64)
    code: Text = Field("", max_length=6, description=gettext_noop("预交款收据上的 6 位确认码"))
    signature: str = Field("", max_length=700_000, description=gettext_noop("签名 PNG 的 data URL"))
    person: int | None = None
    rating: int | None = Field(None, ge=1, le=5)
    remark: Text = Field("", max_length=200)

    def said(self) -> Said:
        """Return what was said."""
        drawn = Confirmation.Method.DEVICE if self.signature else Confirmation.Method.CODE
        return Said(**self.model_dump(), method=drawn)


class RefusedIn(In):
    """Why the owner does not confirm, in the owner's own words."""

    words: Text = Field(max_length=400)


class SignedIn(In):
    """Who signs for the household, and the drawn signature."""

    person: int
    signature: str = Field(max_length=700_000, description=gettext_noop("签名 PNG 的 data URL"))
    row_version: int | None = None


class NotWantedIn(In):
    """The household does not want the extra work."""

    row_version: int | None = None


class OfferedOut(LineOut):
    """Extra work as the household is shown it."""

    room: str
    item_name: str
    reason: str
    lines: list[QuoteLineOut]
    delta: Yuan
    most: Yuan = Field(description=gettext_noop("同意以后最多收多少"))


class ShownOut(LineOut):
    """What the owner is shown; ``digest`` binds the word to it."""

    room: str
    item_name: str
    work_done: str
    minutes: int
    quantity: str
    lines: list[QuoteLineOut]
    amount: Yuan
    recorded_at: Moment
    digest: str


def shown_out(request: ActedRequest, record: Record) -> ShownOut:
    """Return what the owner is shown."""
    order = record.order
    same = ("work_done", "minutes", "amount", "recorded_at")
    return ShownOut(
        **paper(record),
        **{name: getattr(record, name) for name in same},
        room=order.household.label,
        item_name=f"{order.item.name_zh} {order.line.variant}".strip(),
        quantity=written(record.qty_x100),
        lines=[QuoteLineOut(**shown_line(line)) for line in record.lines],
        digest=record.content_digest,
    )


def offered_out(request: ActedRequest, change: Change) -> OfferedOut:
    """Return extra work as the household is shown it."""
    order = change.order
    return OfferedOut(
        **paper(change),
        room=order.household.label,
        item_name=f"{order.item.name_zh} {order.line.variant}".strip(),
        reason=change.reason,
        lines=[QuoteLineOut(**shown_line(line)) for line in change.lines],
        delta=change.delta,
        most=deeds.most(change),
    )


@router.get(
    "/public/confirmations/{token}",
    auth=None,
    **reads("resident.confirmation", gettext_noop("待业主确认的服务"), ShownOut),
)
def read(request: ActedRequest, token: str) -> ShownOut:
    """Show what was done and what it costs."""
    return shown_out(request, _named(request, token))


@router.post(
    "/public/confirmations/{token}/confirm", auth=None, **takes(steps.CONFIRM, ShownOut) | _CONFIRM
)
def confirm(request: ActedRequest, token: str, body: SaidIn) -> HttpResponse:
    """Confirm by code or signature what was shown (O10)."""
    _named(request, token)
    return act(
        request,
        lambda: deeds.confirm(token, body.said(), at=request.at),
        show=shown_out,
        status=200,
    )


@router.post(
    "/public/confirmations/{token}/refuse", auth=None, **begins(disputes.OPEN, ShownOut) | _REFUSE
)
def refuse(request: ActedRequest, token: str, body: RefusedIn) -> HttpResponse:
    """Refuse to confirm; a dispute is opened (O12)."""
    _named(request, token)

    def show(asked: ActedRequest, dispute: Dispute) -> ShownOut:
        return shown_out(asked, dispute.record)

    return act(request, lambda: deeds.refuse(token, body.words, at=request.at), show=show)


@router.get(
    "/public/changes/{token}",
    auth=None,
    **reads("resident.change", gettext_noop("待住户同意的增项"), OfferedOut),
)
def read_change(request: ActedRequest, token: str) -> OfferedOut:
    """Show what would be done beyond the quote, and what it costs."""
    return offered_out(request, _offered(request, token))


@router.post(
    "/public/changes/{token}/accept",
    auth=None,
    **takes(steps.ACCEPT_CHANGE, OfferedOut) | _ACCEPT_CHANGE,
)
def accept_change(request: ActedRequest, token: str, body: SignedIn) -> HttpResponse:
    """Accept extra work by a signature (E-10, I-17)."""
    _offered(request, token)
    signed = Signed(**body.model_dump())
    return act(
        request,
        lambda: deeds.accept_change(token, signed, at=request.at),
        show=offered_out,
        status=200,
    )


@router.post(
    "/public/changes/{token}/refuse",
    auth=None,
    **takes(steps.REFUSE_CHANGE, OfferedOut) | _REFUSE_CHANGE,
)
def refuse_change(request: ActedRequest, token: str, body: NotWantedIn) -> HttpResponse:
    """Refuse extra work; only what was quoted is done."""
    _offered(request, token)
    shown = body.row_version
    return act(
        request,
        lambda: deeds.refuse_change(token, shown, at=request.at),
        show=offered_out,
        status=200,
    )


def _offered(request: ActedRequest, token: str) -> Change:
    refuse_guessing(request)
    try:
        return links.change_named_by(token, at=request.at).get()
    except Change.DoesNotExist:
        count_failure(request)
        raise


def _named(request: ActedRequest, token: str) -> Record:
    refuse_guessing(request)
    try:
        return links.named_by(token, at=request.at).get()
    except Record.DoesNotExist:
        count_failure(request)
        raise
