from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.procedure.subcontracting import forms, operations, queries, steps
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import AllowedStep, In, ListOut, ListWords, Moment, Out, Text

router = Router(tags=[gettext_noop("分包方")])


class SuspendIn(In):
    """Why a firm is stopped, and with which item; without one with all that it does."""

    reason: Text = Field(max_length=200)
    item: Text = Field("", max_length=8, examples=["JD-01"])


class FirmItemOut(Out):
    """What a firm may do, and how far it is trusted with it."""

    item: str
    name: str
    state: str
    state_label: str
    state_since: Moment | None
    suspended_because: str
    allowed_steps: list[AllowedStep]


class FirmLine(Out):
    """A firm in a list."""

    id: int
    name: str
    uscc: str
    contact: str
    state: str


class FirmOut(FirmLine):
    """A firm by itself, with what it does."""

    items: list[FirmItemOut]


class FirmWords(ListWords):
    """How the list of firms may be narrowed."""

    state: str | None = Field(None, examples=["suspended"])


def firm_line(firm: Firm) -> FirmLine:
    """Return a firm as a list shows it."""
    return FirmLine(**_facts(firm))


def firm_out(request: ActedRequest, firm: Firm) -> FirmOut:
    """Return a firm with what it does, and what may be done about it."""
    items = [_item_out(request, one) for one in queries.items_of(firm)]
    return FirmOut(**_facts(firm), items=items)


@router.get("/firms", **reads("subcontracting.firms", gettext_noop("分包方"), ListOut[FirmLine]))
def list_firms(request: ActedRequest, words: Query[FirmWords]) -> dict[str, object]:
    """List the firms, newest first."""
    seen = queries.seen_by(request.actor)
    return forms.LIST.answer(seen, words, firm_line)


@router.get("/firms/{firm}", **reads("subcontracting.firm", gettext_noop("分包方"), FirmOut))
def read_firm(request: ActedRequest, firm: int) -> FirmOut:
    """Show one firm with what it does."""
    return firm_out(request, queries.seen_by(request.actor).get(pk=firm))


@router.post("/firms/{firm}/suspend", **takes(steps.SUSPEND, FirmOut))
def suspend(request: ActedRequest, firm: int, body: SuspendIn) -> HttpResponse:
    """Stop a firm at once; visits that it has not begun go back (3.6.8, O7r)."""

    def work() -> Firm:
        found = queries.seen_by(request.actor).get(pk=firm)
        operations.suspend(
            found, item=body.item, reason=body.reason, actor=request.actor, at=request.at
        )
        return found

    return act(request, work, show=firm_out, status=200)


def _item_out(request: ActedRequest, one: FirmItem) -> FirmItemOut:
    return FirmItemOut(
        item=one.item_code,
        name=one.item.name if one.item else "",
        state=one.state,
        state_label=str(FirmItem.State(one.state).label),
        state_since=one.state_since,
        suspended_because=one.suspended_because,
        allowed_steps=allowed_steps(one, actor=request.actor, at=request.at),
    )


def _facts(firm: Firm) -> dict[str, Any]:
    same = ("name", "uscc", "contact", "state")
    return {"id": firm.pk, **{name: getattr(firm, name) for name in same}}
