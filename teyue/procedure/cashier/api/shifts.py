from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BeforeValidator, Field, WithJsonSchema

from teyue.foundation.lifecycle import seek
from teyue.foundation.money import Money
from teyue.procedure.cashier import forms, operations, queries, steps
from teyue.procedure.cashier.facts import Closing, Count
from teyue.procedure.cashier.models import Drawer, Shift
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


class DrawerIn(In):
    """A new cash desk; the office is named where there are several."""

    office: str | None = Field(None, max_length=8)
    name: Text = Field(max_length=20)


class OpenIn(In):
    """Which cash desk is opened, what was counted in it, and why that is not what was left."""

    drawer: int
    float_amount: Yuan = Field(alias="float")
    reason: Text = Field("", max_length=120)


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


class DrawerOut(LineOut):
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
    opening_variance: Yuan
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
    opening_reason: str
    variance_reason: str
    bank_slip: str
    verified_by: str | None
    witness: str | None


class ShiftWords(ListWords):
    """How the list of shifts may be narrowed."""

    state: str | None = None
    cashier: int | None = None
    day: str | None = Field(None, examples=["2026-11-24"])


def drawer_out(request: ActedRequest, desk: Drawer) -> DrawerOut:
    """Return a cash desk."""
    return DrawerOut(**paper(desk), id=desk.pk, office=desk.office.code, name=desk.name)


def shift_line(shift: Shift) -> ShiftLine:
    """Return a shift as a list shows it."""
    return ShiftLine(**_of_shift(shift))


def shift_out(request: ActedRequest, shift: Shift) -> ShiftOut:
    """Return a shift with what may be done next."""
    return ShiftOut(
        **_of_shift(shift),
        counts={str(Money(int(worth))): number for worth, number in shift.counts.items()},
        opening_reason=shift.opening_reason,
        variance_reason=shift.variance_reason,
        bank_slip=shift.bank_slip,
        verified_by=shift.verified_by.name if shift.verified_by else None,
        witness=shift.witness.name if shift.witness else None,
        allowed_steps=allowed_steps(shift, actor=request.actor, at=request.at),
    )


@router.get("/drawers", **reads("cashier.drawers", gettext_noop("收银点"), list[DrawerOut]))
def list_drawers(request: ActedRequest) -> list[DrawerOut]:
    """List the cash desks."""
    return [drawer_out(request, desk) for desk in queries.drawers(request.actor)]


@router.post("/drawers", **begins(steps.INSTALL_DRAWER, DrawerOut))
def install_drawer(request: ActedRequest, body: DrawerIn) -> HttpResponse:
    """Set a cash desk up."""

    def work() -> Drawer:
        office = queries.office_of(request.actor, body.office)
        return operations.install_drawer(office, name=body.name, actor=request.actor, at=request.at)

    return act(request, work, show=drawer_out)


@router.get("/shifts", **reads("cashier.shifts", gettext_noop("收银班次"), ListOut[ShiftLine]))
def list_shifts(request: ActedRequest, words: Query[ShiftWords]) -> dict[str, object]:
    """List the shifts, newest first."""
    seen = queries.shifts_seen_by(request.actor)
    return forms.SHIFTS.answer(seen, words, shift_line)


@router.post("/shifts", **begins(steps.OPEN_SHIFT, ShiftOut))
def open_shift(request: ActedRequest, body: OpenIn) -> HttpResponse:
    """Open a shift with the float that was counted (F-25)."""

    def work() -> Shift:
        desk: Drawer = queries.drawers(request.actor).get(pk=body.drawer)
        return operations.open_shift(
            desk,
            float_amount=body.float_amount,
            reason=body.reason,
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=shift_out)


@router.get("/shifts/{number}", **reads("cashier.shift", gettext_noop("收银班次"), ShiftOut))
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


def _shift(request: ActedRequest, number: str, body: VersionIn) -> Shift:
    shift = seek(queries.shifts_seen_by(request.actor), number=number)
    shift.still(body.row_version)
    return shift


def _of_shift(shift: Shift) -> dict[str, Any]:
    counted = ("float_amount", "opening_variance", "counted", "expected", "variance", "banked")
    when = ("opened_at", "closed_at", "verified_at", "forced")
    return {
        **paper(shift),
        **{name: getattr(shift, name) for name in (*counted, *when)},
        "drawer": shift.drawer.name,
        "cashier": shift.cashier.name,
    }
