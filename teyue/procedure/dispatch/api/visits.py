from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.models import Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch import forms, operations, queries, steps
from teyue.procedure.dispatch.api.keyed import PerformedIn, performer_of
from teyue.procedure.dispatch.facts import Absence, Assignment, Postponement
from teyue.procedure.dispatch.models import Visit
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    GivenMoment,
    In,
    LineOut,
    ListOut,
    ListWords,
    Moment,
    PaperOut,
    Text,
    VersionIn,
    paper,
)

router = Router(tags=[gettext_noop("派工")])


class AssignIn(In):
    """Whom to send to an order, and when; one of ``staff`` and ``worker``."""

    order: str = Field(max_length=48, examples=["F07-YXY1-20261124-0001"])
    staff: int | None = None
    worker: int | None = None
    appoint_from: GivenMoment
    appoint_to: GivenMoment | None = None


class ArriveIn(PerformedIn):
    """What shows that the technician is at the door."""

    proof: Text = Field("", max_length=80)


class BecauseIn(VersionIn):
    """A step that needs a reason."""

    reason: Text = Field(max_length=200)


class RescheduleIn(BecauseIn):
    """A new appointment, and whether the household asked for it."""

    appoint_from: GivenMoment
    appoint_to: GivenMoment | None = None
    by_household: bool = True


class AbsentIn(VersionIn):
    """What was tried before the visit was given up (E-09); ``photo`` shows the card left there."""

    rings: int = Field(ge=0, le=99)
    calls: int = Field(ge=0, le=99)
    photo: Text = Field(max_length=80)
    note: Text = Field("", max_length=200)


class NoShowIn(VersionIn):
    """What is known of somebody who did not come."""

    note: Text = Field("", max_length=200)


class VisitLine(LineOut):
    """A visit in a list."""

    order: str | None
    no: int
    room: str
    item: str
    item_name: str
    performer: str
    staff: int | None
    firm: str
    worker: int | None
    appoint_from: Moment
    appoint_to: Moment
    standing: str


class VisitOut(VisitLine, PaperOut):
    """A visit by itself."""

    note: str
    accepted_at: Moment | None
    departed_at: Moment | None
    arrived_at: Moment | None
    started_at: Moment | None
    finished_at: Moment | None
    confirmed_at: Moment | None
    failure: str
    failure_note: str
    moved_by_household: int
    rework: bool


class VisitWords(ListWords):
    """How the list of visits may be narrowed."""

    state: str | None = Field(None, examples=["assigned"])
    day: str | None = Field(None, max_length=10, examples=["2026-11-24"])
    mine: Literal["yes"] | None = None


def visit_line(visit: Visit) -> VisitLine:
    """Return a visit as a list shows it."""
    return VisitLine(**_facts(visit))


def visit_out(request: ActedRequest, visit: Visit) -> VisitOut:
    """Return a visit with what may be done next."""
    moments = ("accepted", "departed", "arrived", "started", "finished", "confirmed")
    same = ("failure", "failure_note", "moved_by_household")
    return VisitOut(
        **_facts(visit),
        **{f"{name}_at": getattr(visit, f"{name}_at") for name in moments},
        **{name: getattr(visit, name) for name in same},
        note=visit.order.household.visit_note,
        rework=visit.order.rework_of_id is not None,
        allowed_steps=allowed_steps(visit, actor=request.actor, at=request.at),
    )


@router.get("/visits", **reads("dispatch.visits", gettext_noop("上门"), ListOut[VisitLine]))
def list_visits(request: ActedRequest, words: Query[VisitWords]) -> dict[str, object]:
    """List the visits that may be seen, the soonest first."""
    listed = forms.listing(actor=request.actor)
    return listed.answer(queries.seen_by(request.actor), words, visit_line)


@router.get("/visits/{number}", **reads("dispatch.visit", gettext_noop("一次上门"), VisitOut))
def read_visit(request: ActedRequest, number: str) -> VisitOut:
    """Show one visit."""
    return visit_out(request, queries.seen_by(request.actor).get(number=number))


@router.post("/visits", **begins(steps.ASSIGN, VisitOut))
def assign(request: ActedRequest, body: AssignIn) -> HttpResponse:
    """Send somebody (O7): one of the staff, or somebody of a firm."""

    def work() -> Visit:
        order = seek(orders.seen_by(request.actor), number=body.order)
        assignment = Assignment(
            **queries.sendable(order, staff=body.staff, worker=body.worker),
            appoint_from=body.appoint_from,
            appoint_to=body.appoint_to or body.appoint_from,
        )
        return operations.assign(order, assignment=assignment, actor=request.actor, at=request.at)

    return act(request, work, show=visit_out)


@router.post("/visits/{number}/accept", **takes(steps.ACCEPT, VisitOut))
def accept(request: ActedRequest, number: str, body: PerformedIn) -> HttpResponse:
    """Take the job (V2)."""
    return _performed(request, number, body, operations.accept)


@router.post("/visits/{number}/depart", **takes(steps.DEPART, VisitOut))
def depart(request: ActedRequest, number: str, body: PerformedIn) -> HttpResponse:
    """Set off (V3)."""
    return _performed(request, number, body, operations.depart)


@router.post("/visits/{number}/arrive", **takes(steps.ARRIVE, VisitOut))
def arrive(request: ActedRequest, number: str, body: ArriveIn) -> HttpResponse:
    """Arrive at the door (V4)."""
    return _performed(request, number, body, operations.arrive, proof=body.proof)


@router.post("/visits/{number}/decline", **takes(steps.DECLINE, VisitOut))
def decline(request: ActedRequest, number: str, body: BecauseIn) -> HttpResponse:
    """Refuse the job with a reason; it is dispatched again (E-08)."""
    return _taken(request, number, body, operations.decline, reason=body.reason)


@router.post("/visits/{number}/withdraw", **takes(steps.WITHDRAW, VisitOut))
def withdraw(request: ActedRequest, number: str, body: BecauseIn) -> HttpResponse:
    """Take the job back, to give it to somebody else."""
    return _taken(request, number, body, operations.withdraw, reason=body.reason)


@router.post("/visits/{number}/reschedule", **takes(steps.RESCHEDULE, VisitOut))
def reschedule(request: ActedRequest, number: str, body: RescheduleIn) -> HttpResponse:
    """Move the visit to another time (E-47)."""
    to = Postponement(
        appoint_from=body.appoint_from,
        appoint_to=body.appoint_to or body.appoint_from,
        by_household=body.by_household,
        reason=body.reason,
    )
    return _taken(request, number, body, operations.reschedule, to=to)


@router.post("/visits/{number}/report_absent", **takes(steps.REPORT_ABSENT, VisitOut))
def report_absent(request: ActedRequest, number: str, body: AbsentIn) -> HttpResponse:
    """Give the visit up because nobody is at home (E-09)."""
    tried = Absence(rings=body.rings, calls=body.calls, photo=body.photo, note=body.note)
    return _taken(request, number, body, operations.report_absent, absence=tried)


@router.post("/visits/{number}/report_no_show", **takes(steps.REPORT_NO_SHOW, VisitOut))
def report_no_show(request: ActedRequest, number: str, body: NoShowIn) -> HttpResponse:
    """Write down that nobody came (E-07)."""
    return _taken(request, number, body, operations.report_no_show, note=body.note)


def sought(request: ActedRequest, number: str, body: VersionIn) -> Visit:
    """Return the locked visit, if nobody moved it since it was shown."""
    visit = seek(queries.seen_by(request.actor), number=number)
    visit.still(body.row_version)
    return visit


def _performed(
    request: ActedRequest,
    number: str,
    body: PerformedIn,
    operation: Callable[..., Visit],
    **asked: object,
) -> HttpResponse:
    def work() -> Visit:
        visit = sought(request, number, body)
        return operation(visit, **asked, actor=performer_of(visit, body, request), at=request.at)

    return act(request, work, show=visit_out, status=200)


def _taken(
    request: ActedRequest,
    number: str,
    body: VersionIn,
    operation: Callable[..., Visit],
    **asked: object,
) -> HttpResponse:
    def work() -> Visit:
        visit = sought(request, number, body)
        return operation(visit, **asked, actor=request.actor, at=request.at)

    return act(request, work, show=visit_out, status=200)


def _facts(visit: Visit) -> dict[str, Any]:
    order = visit.order
    return {
        **paper(visit),
        "order": order.number,
        "no": visit.no,
        "room": order.household.label,
        "item": order.item.code,
        "item_name": f"{order.item.name_zh} {order.line.variant}".strip(),
        "performer": visit.performer.name if visit.performer else "",
        "staff": visit.staff_id,
        "firm": visit.firm.name if visit.firm else "",
        "worker": visit.worker_id,
        "appoint_from": visit.appoint_from,
        "appoint_to": visit.appoint_to,
        "standing": str(Standing(order.standing).label),
    }
