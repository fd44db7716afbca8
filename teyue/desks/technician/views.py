from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.technician import jobs
from teyue.foundation.files import operations as storing
from teyue.foundation.files.models import Attachment
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import ReasonForm, written
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch import queries as visits
from teyue.procedure.dispatch import steps as dispatching
from teyue.procedure.dispatch.facts import Absence
from teyue.procedure.dispatch.forms import AbsentForm
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import operations
from teyue.procedure.service.forms import Materials, ReportForm, used_of
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import files, records
from teyue.web.acts import act
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

JOB = "technician/job.html"
HAND_IN = {"photo": files.PHOTO, "invoice": files.INVOICE}


def _posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead whoever opens the address of a button, as after a refusal, back to the job."""

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def guarded(request: ActedRequest, number: str) -> HttpResponse:
        return view(request, number) if request.method == "POST" else redirect("job", number=number)

    return guarded


@require_GET
def board(request: ActedRequest) -> HttpResponse:
    """Show what this person has to do, the next job first."""
    if not request.actor.may_somewhere(dispatching.ACCEPT.power):
        raise Refused("no_power", _("这一页给上门服务人员使用。"))
    found = jobs.listed(request.actor, at=request.at)
    live = [one for one in found if one.state in Visit.LIVE]
    done = [one for one in reversed(found) if one.state not in Visit.LIVE]
    return render(request, "technician/jobs.html", {"live": live, "done": done})


@require_GET
def job(request: ActedRequest, number: str) -> HttpResponse:
    """Show one job with its one next action."""
    known = jobs.job_of(request.actor, number, at=request.at)
    return render(request, JOB, _facts(request, known))


@_posted
def accept(request: ActedRequest, number: str) -> HttpResponse:
    """Take the job."""
    return _go(request, number, dispatch.accept)


@_posted
def depart(request: ActedRequest, number: str) -> HttpResponse:
    """Set off."""
    return _go(request, number, dispatch.depart)


@_posted
def arrive(request: ActedRequest, number: str) -> HttpResponse:
    """Arrive at the door."""
    proof = request.POST.get("proof", "").strip()[:80] or _("手机登记到达")
    return _go(request, number, partial(dispatch.arrive, proof=proof))


@_posted
def start(request: ActedRequest, number: str) -> HttpResponse:
    """Show the badge and begin."""
    shown = request.POST.get("identity_shown") == "on"
    return _go(request, number, partial(operations.start, identity_shown=shown))


@require_http_methods(["GET", "POST"])
def decline(request: ActedRequest, number: str) -> HttpResponse:
    """Refuse the job with a reason."""
    form = ReasonForm(request.POST or None)
    known = jobs.job_of(request.actor, number, at=request.at)
    facts = {"job": known, "visit": known.visit, "order": known.visit.order}
    page = "technician/decline.html"
    if request.method == "GET":
        return render(request, page, {**facts, "form": form})

    def work(filled: ReasonForm) -> Visit:
        reason = filled.cleaned_data["reason"]
        visit = _visit(request, number)
        return dispatch.decline(visit, reason=reason, actor=request.actor, at=request.at)

    return fill(request, form, page=page, facts=facts, work=work, show=_to_jobs)


@require_http_methods(["GET", "POST"])
def absent(request: ActedRequest, number: str) -> HttpResponse:
    """Give the visit up because nobody is at home (E-09)."""
    form = AbsentForm(request.POST or None, request.FILES or None)
    known = jobs.job_of(request.actor, number, at=request.at)
    waits = jobs.waits(known.visit, at=request.at)
    facts = {"job": known, "visit": known.visit, "order": known.visit.order, "waits": waits}
    page = "technician/absent.html"
    if request.method == "GET":
        return render(request, page, {**facts, "form": form})

    def work(filled: AbsentForm) -> Visit:
        visit = _visit(request, number)
        said = filled.cleaned_data
        photo = _stored(request, visit, said["photo"], "photo") if said["photo"] else None
        tried = Absence(
            rings=said["rings"],
            calls=said["calls"],
            photo=f"file:{photo.pk}" if photo else "",
            note=said["note"],
        )
        return dispatch.report_absent(visit, absence=tried, actor=request.actor, at=request.at)

    return fill(request, form, page=page, facts=facts, work=work, show=_to_jobs)


@require_POST
def hand_in(request: ActedRequest, number: str, kind: str) -> HttpResponse:
    """Keep a photo or an invoice with the visit, and show what lies there now."""

    def work() -> Attachment:
        visit = (
            visits.seen_by(request.actor)
            .filter(visits.performing(request.actor))
            .get(number=number)
        )
        upload = request.FILES.get("file")
        if upload is None or kind not in HAND_IN:
            raise Refused("file_missing", _("请您先拍照或选择照片。"), field="file", clause="4.3.1")
        return _stored(request, visit, upload, kind)

    def show(asked: ActedRequest, kept: Attachment) -> HttpResponse:
        if not asked.htmx:
            return redirect("job", number=number)
        known = jobs.job_of(asked.actor, number, at=asked.at)
        return render(asked, "technician/_pictures.html", {"job": known, "visit": known.visit})

    return act(request, work, show=show, status=200)


@_posted
def record(request: ActedRequest, number: str) -> HttpResponse:
    """Record the work, or correct the record that the audit sent back."""
    known = jobs.job_of(request.actor, number, at=request.at)
    points = known.visit.order.standard.steps
    form, rows = ReportForm(request.POST, steps=points), Materials(request.POST, prefix="used")
    facts = _facts(request, known, rows=rows)
    if not rows.is_valid():
        form.add_error(None, _("材料有没填完的行，请您补全数量和单价。"))

    def work(filled: ReportForm) -> Record:
        written = Record.objects.filter(visit__number=number).exists()
        write = _revised if written else _recorded
        return write(request, number, filled, used_of(rows))

    return fill(request, form, page=JOB, facts=facts, work=work, show=_to_word)


def _recorded(request: ActedRequest, number: str, filled: ReportForm, used: Any) -> Record:
    visit = _visit(request, number)
    report = filled.report(used, **_lying(visit))
    return operations.record(visit, report=report, actor=request.actor, at=request.at)


def _revised(request: ActedRequest, number: str, filled: ReportForm, used: Any) -> Record:
    written = seek(records.seen_by(request.actor), visit__number=number)
    written.still(filled.cleaned_data["row_version"])
    report = filled.report(used, **_lying(written.visit))
    return operations.revise(written, report=report, actor=request.actor, at=request.at)


def _lying(visit: Visit) -> dict[str, tuple[int, ...]]:
    kept = list(files.files_of(visit).values_list("kind", "pk"))
    return {
        "photos": tuple(pk for kind, pk in kept if kind == files.PHOTO.code),
        "invoices": tuple(pk for kind, pk in kept if kind == files.INVOICE.code),
    }


def _go(request: ActedRequest, number: str, operation: Callable[..., Visit]) -> HttpResponse:
    def work() -> Visit:
        return operation(_visit(request, number), actor=request.actor, at=request.at)

    def show(asked: ActedRequest, visit: Visit) -> HttpResponse:
        return redirect("job", number=number)

    try:
        return act(request, work, show=show, status=200)
    except Refused as refusal:
        known = jobs.job_of(request.actor, number, at=request.at)
        facts = {**_facts(request, known), "refusal": refusal}
        return render(request, JOB, facts, status=422)


def _facts(request: ActedRequest, known: jobs.Job, *, rows: Any = None) -> dict[str, Any]:
    visit, order = known.visit, known.visit.order
    written_record = known.record
    minutes = jobs.lasted(visit, at=request.at)
    first = {
        "quantity": written(
            written_record.qty_x100 if written_record else records.left_x100(order)
        ),
        "minutes": written_record.minutes if written_record else minutes,
        "work_done": written_record.work_done if written_record else "",
        "row_version": written_record.row_version if written_record else None,
        "points": [no for no, done in written_record.checklist.items() if done]
        if written_record
        else [],
        "site_cleaned": bool(written_record and written_record.site_cleaned),
    }
    word, tone = jobs.punctual(visit, at=request.at)
    return {
        "job": known,
        "visit": visit,
        "order": order,
        "form": ReportForm(initial=first, steps=order.standard.steps),
        "rows": rows or Materials(prefix="used"),
        "minutes": minutes,
        "punctual": word,
        "punctual_tone": tone,
        "writes": visit.state == Visit.State.WORKING or bool(known.returned),
    }


def _visit(request: ActedRequest, number: str) -> Visit:
    return seek(visits.seen_by(request.actor), number=number)


def _stored(request: ActedRequest, visit: Visit, upload: Any, kind: str) -> Attachment:
    return storing.store(
        upload,
        kind=HAND_IN[kind],
        owner=files.owner_of(visit),
        actor=request.actor,
        at=request.at,
    )


def _to_jobs(request: ActedRequest, visit: Visit) -> HttpResponse:
    messages.success(request, _("已登记，客服会重新安排"))
    return redirect("jobs")


def _to_word(request: ActedRequest, written_record: Record) -> HttpResponse:
    return redirect("job-word", number=written_record.visit.number)
