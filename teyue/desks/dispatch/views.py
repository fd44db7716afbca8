from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from teyue.desks.dispatch.board import drawn
from teyue.foundation.clock import local, local_day
from teyue.foundation.lifecycle import Step, seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import ReasonForm, VersionedForm, written
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders, slots
from teyue.procedure.dispatch import operations, queries, steps
from teyue.procedure.dispatch.facts import Assignment, Emergency, Postponement
from teyue.procedure.dispatch.forms import AssignForm, OverrideForm, RescheduleForm, day_of, slot_of
from teyue.procedure.dispatch.models import Override, Visit
from teyue.web.context import office_of
from teyue.web.filling import fill
from teyue.web.people import ActedRequest
from teyue.web.problems import not_found

BOARD = "dispatch/board.html"
HALF = timedelta(minutes=30)


@require_GET
def board(request: ActedRequest) -> HttpResponse:
    """Show who is where today, and what still waits to be sent."""
    _may_look(request)
    return render(request, BOARD, _facts(request, day=_day(request)))


@require_http_methods(["GET", "POST"])
def assign(request: ActedRequest, number: str) -> HttpResponse:
    """Choose whom to send to one order, and send."""
    _may_look(request)
    order = orders.seen_by(request.actor).get(number=number)
    starts = _starts(request, order)
    form = AssignForm(request.POST or None, initial={"starts": _typed(starts), "minutes": 120})
    facts = _facts(request, day=local_day(starts), chosen=order, starts=starts)
    if request.method == "GET":
        return render(request, BOARD, {**facts, "form": form})

    def work(filled: AssignForm) -> Visit:
        locked = seek(orders.seen_by(request.actor), number=number)
        sent = queries.sendable(locked, **filled.named())
        assignment = Assignment(**sent, **filled.appointment())
        return operations.assign(locked, assignment=assignment, actor=request.actor, at=request.at)

    return fill(request, form, page=BOARD, facts=facts, work=work, show=_sent)


@require_GET
def visit(request: ActedRequest, number: str) -> HttpResponse:
    """Show one visit, what happened, and what the desk may do about it."""
    return render(request, "dispatch/visit.html", _about(request, number))


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


@require_http_methods(["GET", "POST"])
def override(request: ActedRequest, number: str) -> HttpResponse:
    """Let an emergency be served before it is paid (F-28)."""
    order = orders.seen_by(request.actor).get(number=number)
    blank = Override(order=order, office=order.office)
    form = OverrideForm(request.POST or None, initial={"row_version": order.row_version})
    page = "dispatch/override.html"
    facts = {
        "order": order,
        "cap": queries.cap(order, at=request.at),
        "refusal": steps.OVERRIDE.objection(blank, actor=request.actor, at=request.at),
    }
    if request.method == "GET":
        return render(request, page, {**facts, "form": form})

    def work(filled: OverrideForm) -> Override:
        locked = seek(orders.seen_by(request.actor), number=number)
        locked.still(filled.cleaned_data["row_version"])
        said = {name: filled.cleaned_data[name] for name in ("reason", "estimate")}
        category = Override.Category(filled.cleaned_data["category"])
        emergency = Emergency(category=category, **said)
        return operations.override(locked, emergency=emergency, actor=request.actor, at=request.at)

    return fill(request, form, page=page, facts=facts, work=work, show=_approved)


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
        return render(request, "dispatch/visit.html", {**facts, "form": form})
    page = "dispatch/visit.html"
    return fill(request, form, page=page, facts=facts, work=work, show=partial(_back, step))


def _about(request: ActedRequest, number: str) -> dict[str, Any]:
    known = queries.seen_by(request.actor).get(number=number)
    choices = (
        ("dispatch-reschedule", steps.RESCHEDULE),
        ("dispatch-withdraw", steps.WITHDRAW),
        ("dispatch-report-no-show", steps.REPORT_NO_SHOW),
    )
    return {
        "visit": known,
        "order": known.order,
        "much": written(known.order.qty_x100),
        "ways": [
            (
                step,
                reverse(name, args=[number]),
                step.objection(known, actor=request.actor, at=request.at),
            )
            for name, step in choices
            if known.state in step.source
        ],
    }


def _facts(
    request: ActedRequest,
    *,
    day: date,
    chosen: Order | None = None,
    starts: datetime | None = None,
) -> dict[str, Any]:
    office = chosen.office_id if chosen else getattr(office_of(request.actor), "pk", 0)
    visits = list(queries.on_board(request.actor, day=day))
    waiting = list(queries.to_send(request.actor))
    candidates = []
    if chosen is not None and starts is not None:
        ends = starts + timedelta(minutes=chosen.standard.duration_min)
        candidates = slots.candidates(
            chosen, starts=starts, ends=ends, at=request.at, exempt=chosen.in_arrears
        )
    shown = drawn(visits, office=office, day=day, at=request.at, candidates=candidates)
    return {
        "board": shown,
        "visits": visits,
        "queue": waiting,
        "overdue": sum(bool(one.due_at and one.due_at <= request.at) for one in waiting),
        "chosen": chosen,
        "much": written(chosen.qty_x100) if chosen else "",
        "starts": starts,
        "candidates": [
            (f"staff-{one.staff}" if one.staff else f"worker-{one.worker}", one)
            for one in candidates
        ],
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
    }


def _may_look(request: ActedRequest) -> None:
    looks = (orders.READ, steps.ASSIGN.power)
    if not any(request.actor.may_somewhere(power) for power in looks):
        raise Refused("no_power", _("派工板由客服接待、部门主管和客服主管使用。"))


def _day(request: ActedRequest) -> date:
    word = request.GET.get("day", "")
    try:
        return day_of(word) if word else local_day(request.at)
    except ValueError:
        raise not_found() from None


def _starts(request: ActedRequest, order: Order) -> datetime:
    """Return which begin is looked at: what was typed, what was wished, or the next half hour."""
    typed = request.POST.get("starts") or request.GET.get("starts", "")
    if found := slot_of(typed):
        return found
    if order.wish_from is not None and order.wish_from >= request.at:
        return order.wish_from
    here = local(request.at).replace(minute=0, second=0, microsecond=0)
    while here < request.at:
        here += HALF
    return here


def _typed(starts: datetime) -> str:
    return f"{local(starts):%Y-%m-%dT%H:%M}"


def _sought(request: ActedRequest, number: str, filled: VersionedForm) -> Visit:
    known = seek(queries.seen_by(request.actor), number=number)
    known.still(filled.cleaned_data["row_version"])
    return known


def _sent(request: ActedRequest, sent: Visit) -> HttpResponse:
    words = {
        "room": sent.order.household.label,
        "name": sent.performer.name if sent.performer else "",
        "time": f"{local(sent.appoint_from):%m-%d %H:%M}",
    }
    messages.success(request, _("%(room)s 已派给 %(name)s，%(time)s 到") % words)
    day = local_day(sent.appoint_from)
    return redirect(f"{reverse('board')}?day={day:%Y-%m-%d}")


def _back(step: Step, request: ActedRequest, moved: Visit) -> HttpResponse:
    messages.success(request, _("已%(step)s，请重新派工") % {"step": step.label})
    return redirect("dispatch-assign", number=moved.order.number)


def _approved(request: ActedRequest, given: Override) -> HttpResponse:
    messages.success(request, _("已批准应急先行，请立即派工"))
    return redirect("dispatch-assign", number=given.order.number)
