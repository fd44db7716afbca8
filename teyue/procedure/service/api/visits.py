from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import File, Form, Router, UploadedFile

from teyue.foundation.files import operations as storing
from teyue.foundation.files.models import Attachment
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.api import AcceptIn
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.api.keyed import performer_of, resident_of
from teyue.procedure.dispatch.api.visits import VisitOut, sought, visit_out
from teyue.procedure.dispatch.facts import Assignment
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import operations, steps
from teyue.procedure.service.api.shapes import (
    BreakIn,
    ChangeIn,
    ChangeOut,
    FileOut,
    RecordOut,
    StartIn,
    change_out,
    record_out,
)
from teyue.procedure.service.facts import Broken, Cause, Consent, Extra
from teyue.procedure.service.models import Change, Record
from teyue.procedure.service.queries import files, records
from teyue.web.acts import act
from teyue.web.endpoints import begins, reads, takes
from teyue.web.keyed import KeyedIn
from teyue.web.people import ActedRequest
from teyue.web.shapes import GivenMoment, Problem, VersionIn

router = Router(tags=[gettext_noop("上门服务")])

_STORE: dict[str, Any] = {
    "operation_id": "service.files",
    "summary": gettext_noop("上传现场照片、票据、签名或签字纸单"),
    "response": {201: FileOut, frozenset({401, 403, 404, 422}): Problem},
}


class ContinueIn(VersionIn):
    """Whom to send again, and when; one of ``staff`` and ``worker``."""

    staff: int | None = None
    worker: int | None = None
    appoint_from: GivenMoment
    appoint_to: GivenMoment | None = None


@router.post("/visits/{number}/start", **takes(steps.START, VisitOut))
def start(request: ActedRequest, number: str, body: StartIn) -> HttpResponse:
    """Begin the work after showing the badge (O8, I-14)."""

    def work() -> Visit:
        visit = sought(request, number, body)
        return operations.start(
            visit,
            identity_shown=body.identity_shown,
            actor=performer_of(visit, body, request),
            at=request.at,
        )

    return act(request, work, show=visit_out, status=200)


@router.post("/visits/{number}/terminate", **begins(steps.TERMINATE, RecordOut))
def terminate(request: ActedRequest, number: str, body: BreakIn) -> HttpResponse:
    """Break the service off and record what was done of it (O22, E-16)."""

    def work() -> Record:
        visit = sought(request, number, body)
        broken = Broken(
            cause=Cause(body.cause), done_x100=body.done, report=body.worked.report(visit)
        )
        return operations.terminate(visit, broken=broken, actor=request.actor, at=request.at)

    return act(request, work, show=record_out)


@router.post("/visits/{number}/offer_change", **begins(steps.OFFER_CHANGE, ChangeOut))
def offer_change(request: ActedRequest, number: str, body: ChangeIn) -> HttpResponse:
    """Quote extra work before it starts (E-10)."""

    def work() -> Change:
        visit = sought(request, number, body)
        extra = Extra(
            reason=body.reason,
            labor=body.labor,
            labor_text=body.labor_text,
            materials=tuple(used.material() for used in body.materials),
        )
        who = performer_of(visit, body, request)
        return operations.offer_change(visit, extra=extra, actor=who, at=request.at)

    return act(request, work, show=change_out)


@router.post("/visits/{number}/continue_order", **begins(steps.CONTINUE_ORDER, VisitOut))
def continue_order(request: ActedRequest, number: str, body: ContinueIn) -> HttpResponse:
    """Send somebody again when more visits are needed (O9m)."""

    def work() -> Visit:
        last = sought(request, number, body)
        assignment = Assignment(
            **dispatch.sendable(last.order, staff=body.staff, worker=body.worker),
            appoint_from=body.appoint_from,
            appoint_to=body.appoint_to or body.appoint_from,
        )
        return operations.continue_order(
            last, assignment=assignment, actor=request.actor, at=request.at
        )

    return act(request, work, show=visit_out)


@router.get("/changes/{int:number}", **reads("service.change", gettext_noop("增项"), ChangeOut))
def read_change(request: ActedRequest, number: int) -> ChangeOut:
    """Show work beyond the quote."""
    return change_out(request, records.changes_seen_by(request.actor).get(pk=number))


@router.post("/changes/{int:number}/accept_change", **takes(steps.ACCEPT_CHANGE, ChangeOut))
def accept_change(request: ActedRequest, number: int, body: AcceptIn) -> HttpResponse:
    """Let the household accept extra work; it raises what may be charged (I-17)."""

    def work() -> Change:
        change = _change(request, number, body)
        reference = body.evidence.reference if body.evidence else ""
        consent = Consent(method=body.method, evidence=reference)
        who, _member = resident_of(change.order, body, request)
        return operations.accept_change(change, consent=consent, actor=who, at=request.at)

    return act(request, work, show=change_out, status=200)


@router.post("/changes/{int:number}/refuse_change", **takes(steps.REFUSE_CHANGE, ChangeOut))
def refuse_change(request: ActedRequest, number: int, body: KeyedIn) -> HttpResponse:
    """Let the household refuse extra work."""

    def work() -> Change:
        change = _change(request, number, body)
        who, _member = resident_of(change.order, body, request)
        return operations.refuse_change(change, actor=who, at=request.at)

    return act(request, work, show=change_out, status=200)


@router.post("/visits/{number}/files", **_STORE)
def store(
    request: ActedRequest, number: str, file: File[UploadedFile], kind: Form[str]
) -> HttpResponse:
    """Hand in a photo, an invoice, a signature or a signed paper of a visit."""

    def work() -> Attachment:
        visit = dispatch.seen_by(request.actor).get(number=number)
        _let_hand_in(request, visit)
        if kind not in files.KINDS:
            text = _("没有这种文件，请您选择照片、票据、签名或纸单。")
            raise Refused("file_kind_unknown", text, field="kind", clause="4.3.1")
        return storing.store(
            file.read(),
            kind=files.KINDS[kind],
            owner=files.owner_of(visit),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=_stored)


def _let_hand_in(request: ActedRequest, visit: Visit) -> None:
    """Refuse who may neither record the work nor type it: a file belongs to the record."""
    leaves = (steps.RECORD.power, *steps.RECORD.keyed_by)
    if not any(request.actor.may(leave, visit.scope) for leave in leaves):
        text = _("您没有“%(step)s”的权限，请找有此权限的同事办理。")
        raise Refused("no_power", text % {"step": steps.RECORD.label}, clause="4.3.1")


def _stored(request: ActedRequest, kept: Attachment) -> FileOut:
    return FileOut(id=kept.pk, kind=kept.kind, media_type=kept.media_type, size=kept.size)


def _change(request: ActedRequest, number: int, body: KeyedIn) -> Change:
    change = seek(records.changes_seen_by(request.actor), pk=number)
    change.still(body.row_version)
    return change
