from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from teyue.foundation.lifecycle import Document, Step, seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import ReasonForm, VersionedForm
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch import operations, queries, steps
from teyue.procedure.dispatch.facts import Postponement
from teyue.procedure.dispatch.forms import RescheduleForm
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import steps as serving
from teyue.procedure.service.models import Record
from teyue.procedure.service.steps.objections import paper_barred
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

PAGE = "dispatch/visit.html"
WAYS = (
    ("dispatch-reschedule", steps.RESCHEDULE),
    ("dispatch-withdraw", steps.WITHDRAW),
    ("dispatch-report-no-show", steps.REPORT_NO_SHOW),
)
REST = {
    Visit.State.FINISHED: gettext_lazy("已经完工，等业主看单确认。"),
    Visit.State.DISPUTED: gettext_lazy("业主有不同意见，等管理处经理处理。"),
    Visit.State.CONFIRMED: gettext_lazy("这次上门已经做完，业主已确认。"),
    Visit.State.FAILED: gettext_lazy("这次上门没有做成，请您在派工板上重新派工。"),
    Visit.State.CANCELLED: gettext_lazy("这次上门已随本单取消。"),
}


@require_GET
def visit(request: ActedRequest, number: str) -> HttpResponse:
    """Show one visit, what happened, and what the desk may do about it."""
    return render(request, PAGE, _about(request, number))


@require_http_methods(["GET", "POST"])
def withdraw(request: ActedRequest, number: str) -> HttpResponse:
    """Take a job back."""
    return _with_reason(request, number, steps.WITHDRAW, operations.withdraw, "reason")


@require_http_methods(["GET", "POST"])
def report_no_show(request: ActedRequest, number: str) -> HttpResponse:
    """Write down that nobody came."""
    return _with_reason(request, number, steps.REPORT_NO_SHOW, operations.report_no_show, "note")


@require_http_methods(["GET", "POST"])
def reschedule(request: ActedRequest, number: str) -> HttpResponse:
    """Move a visit to another time."""
    form = RescheduleForm(request.POST or None)

    def work(filled: RescheduleForm) -> Visit:
        known = _sought(request, number, filled)
        starts, length = filled.cleaned_data["starts"], known.appoint_to - known.appoint_from
        to = Postponement(
            appoint_from=starts,
            appoint_to=starts + length,
            by_household=filled.cleaned_data["by_household"],
            reason=filled.cleaned_data["reason"],
        )
        return operations.reschedule(known, to=to, actor=request.actor, at=request.at)

    return _step(request, number, steps.RESCHEDULE, form, work)


def _with_reason(
    request: ActedRequest, number: str, step: Step, operation: Callable[..., Visit], name: str
) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def work(filled: ReasonForm) -> Visit:
        known = _sought(request, number, filled)
        told = {name: filled.cleaned_data["reason"]}
        return operation(known, **told, actor=request.actor, at=request.at)

    return _step(request, number, step, form, work)


def _step(
    request: ActedRequest, number: str, step: Step, form: Any, work: Callable[..., Visit]
) -> HttpResponse:
    facts = {**_about(request, number), "step": step}
    if request.method == "GET":
        form.initial["row_version"] = facts["visit"].row_version
        return render(request, PAGE, {**facts, "form": form})
    return fill(request, form, page=PAGE, facts=facts, work=work, show=partial(_back, step))


def _about(request: ActedRequest, number: str) -> dict[str, Any]:
    known = queries.seen_by(request.actor).get(number=number)
    return {
        "visit": known,
        "order": known.order,
        "ways": list(_ways(request, known)),
        "rest": REST.get(Visit.State(known.state), ""),
        "may_key": paper_barred(known, request.actor) is None,
    }


def _ways(request: ActedRequest, known: Visit) -> Iterator[tuple[Step, str, Refused | None]]:
    """Yield the steps that fit where a visit stands: where each is taken, or why it is closed."""

    def way(step: Step, paper: Document, name: str, of: str) -> tuple[Step, str, Refused | None]:
        refusal = step.objection(paper, actor=request.actor, at=request.at)
        return step, reverse(name, args=(of,)), refusal

    number, order = known.number or "", known.order
    for name, step in WAYS:
        if known.state in step.source:
            yield way(step, known, name, number)
    if known.state in serving.FINISH.source:
        blank = Record(visit=known, order=order, office=known.office)
        yield way(serving.TERMINATE, blank, "service-terminate", number)
    if known.state == Visit.State.CONFIRMED and order.standing == Standing.IN_SERVICE:
        following = Visit(order=order, office=known.office)
        of = order.number or ""
        yield way(serving.CONTINUE_ORDER, following, "service-continue-order", of)
        record = known.record
        yield way(serving.CONCLUDE, record, "service-conclude", record.number or "")


def _sought(request: ActedRequest, number: str, filled: VersionedForm) -> Visit:
    known = seek(queries.seen_by(request.actor), number=number)
    known.still(filled.cleaned_data["row_version"])
    return known


def _back(step: Step, request: ActedRequest, moved: Visit) -> HttpResponse:
    messages.success(request, _("已%(step)s，请重新派工") % {"step": step.label})
    return redirect("dispatch-assign", number=moved.order.number)
