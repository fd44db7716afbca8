from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.importing import operations
from teyue.desks.importing.captions import ADDS, STATES
from teyue.desks.importing.examination import examine
from teyue.desks.importing.forms import UploadForm
from teyue.desks.importing.preview import matching, samples
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.register.importing import queries, steps
from teyue.register.importing.models import ImportRun
from teyue.web.acts import act
from teyue.web.exports import Column, workbook
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

SHOWN_RUNS = 20
SHOWN_FAULTS = 200


@require_http_methods(["GET", "POST"])
def imports(request: ActedRequest) -> HttpResponse:
    """Show what was imported, and take a new workbook."""
    if not request.actor.may_somewhere(queries.READ):
        raise Refused("no_power", _("导入名册由系统管理员、管理处经理或客服主管办理。"))
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor)
    runs = queries.seen_by(request.actor).order_by("-pk")[:SHOWN_RUNS]
    facts = {
        "runs": [(run, STATES[run.state]) for run in runs],
        "may_upload": request.actor.may_somewhere(queries.UPLOAD),
    }
    if request.method == "GET":
        return render(request, "importing/imports.html", {**facts, "form": form})
    work = partial(_upload, request)
    page = "importing/imports.html"
    return fill(request, form, page=page, facts=facts, work=work, show=_to_run)


@require_GET
def run(request: ActedRequest, number: int) -> HttpResponse:
    """Show one import: what it brings, what is left out, and what may be done."""
    one = queries.seen_by(request.actor).get(pk=number)
    sheet, text = request.GET.get("sheet", ""), request.GET.get("q", "").strip()
    faults = matching(one.faults, sheet=sheet, text=text)
    facts = {
        **_about(request, one),
        "samples": [sample for sample in samples(one) if _on(one, sheet, sample.kind)],
        "faults": faults[:SHOWN_FAULTS],
        "faults_total": len(faults),
        "notices": matching(_notices(one), sheet=sheet, text=text)[:SHOWN_FAULTS],
        "adds": [(ADDS[name], count) for name, count in one.adds.items()],
        "stopped": sum(line["stopped"] for line in one.counts),
        "undo_refusal": steps.UNDO.objection(one, actor=request.actor, at=request.at),
    }
    return render(request, "importing/run.html", facts)


@require_POST
def proceed(request: ActedRequest, number: int) -> HttpResponse:
    """Take the next rows in and show how far it is; without scripts all rows at once."""
    step = operations.proceed if request.htmx else operations.import_all

    def work() -> ImportRun:
        one = seek(queries.seen_by(request.actor), pk=number)
        return step(one, actor=request.actor, at=request.at)

    return act(request, work, show=_progress, status=200)


@require_POST
def undo(request: ActedRequest, number: int) -> HttpResponse:
    """Take an import back."""

    def work() -> ImportRun:
        one = seek(queries.seen_by(request.actor), pk=number)
        return operations.undo(one, actor=request.actor, at=request.at)

    return act(request, work, show=_undone, status=200)


@require_GET
def faults(request: ActedRequest, number: int) -> FileResponse:
    """Give what is wrong as a workbook, to be worked off beside the original."""
    one = queries.seen_by(request.actor).get(pk=number)
    sheet, text = request.GET.get("sheet", ""), request.GET.get("q", "").strip()
    columns: list[Column[list[Any]]] = [
        Column(_("工作表"), lambda found: found[0]),
        Column(_("行"), lambda found: found[1] or None, 8),
        Column(_("列"), lambda found: found[2] or None, 8),
        Column(_("问题"), lambda found: found[3], 70),
    ]
    return workbook(
        matching(one.faults, sheet=sheet, text=text),
        columns,
        title=_("导入问题清单"),
        narrowed=" ".join(filter(None, (one.file_name, sheet, text))),
        actor=request.actor,
        at=request.at,
    )


def _upload(request: ActedRequest, form: UploadForm) -> ImportRun:
    office, file = form.cleaned_data["office"], form.cleaned_data["workbook"]
    found = examine(office, file.read(), actor=request.actor, at=request.at)
    name = file.name or ""
    return operations.upload(found, name=name, actor=request.actor, at=request.at)


def _about(request: ActedRequest, one: ImportRun) -> dict[str, Any]:
    progress = queries.progress(one)
    return {
        "run": one,
        "state": STATES[one.state],
        "progress": progress,
        "begun": progress.done > 0,
        "is_open": one.state == ImportRun.State.PREVIEWED,
        "may_import": request.actor.may(steps.CONFIRM.power, one.office_id),
    }


def _on(one: ImportRun, sheet: str, kind: str) -> bool:
    return not sheet or any(line["sheet"] == sheet and line["kind"] == kind for line in one.counts)


def _notices(one: ImportRun) -> list[list[Any]]:
    """Return what was foretold, and what only came up while the rows went in."""
    later = one.batches.exclude(notices=[]).values_list("notices", flat=True)
    found = [*one.notices, *(notice for some in later for notice in some)]
    return [notice for place, notice in enumerate(found) if notice not in found[:place]]


def _to_run(request: ActedRequest, one: ImportRun) -> HttpResponse:
    return redirect("import", number=one.pk)


def _progress(request: ActedRequest, one: ImportRun) -> HttpResponse:
    if one.state == ImportRun.State.PREVIEWED:
        return render(request, "importing/_progress.html", _about(request, one))
    messages.success(request, _("名册已导入。"))
    address = reverse("import", kwargs={"number": one.pk})
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _undone(request: ActedRequest, one: ImportRun) -> HttpResponse:
    messages.success(request, _("导入已撤销，名册恢复原样。"))
    return redirect("import", number=one.pk)
