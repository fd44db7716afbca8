from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.register.parameters import forms, pages
from teyue.desks.register.sheets import Sheet, filled, office_shown
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.register.company import queries as company
from teyue.register.company.models import Office
from teyue.register.parameters import operations, queries, steps
from teyue.register.parameters.defaults import BY_KEY
from teyue.register.parameters.kinds import Parameter, show
from teyue.register.parameters.models import Value
from teyue.web.acts import act
from teyue.web.people import ActedRequest

either = require_http_methods(["GET", "POST"])
SHOWN_DECISIONS = 30


@require_GET
def parameters(request: ActedRequest) -> HttpResponse:
    """List the dated values, what waits for approval on top."""
    office, choice = office_shown(request, company.READ)
    text = request.GET.get("q", "").strip()
    seen = queries.seen_by(request.actor).select_related("office")
    waiting = seen.filter(state=Value.State.PROPOSED)
    decided = seen.exclude(state=Value.State.PROPOSED).order_by("-updated_at", "-pk")
    facts = {
        "office_shown": office,
        "offices": choice,
        "clauses": pages.table(office=office.pk if office else None, text=text, at=request.at),
        "waiting": pages.wishes(waiting),
        "decided": pages.wishes(decided[:SHOWN_DECISIONS]),
        "may_approve": request.actor.may_somewhere(steps.APPROVE.power),
        "may_propose": request.actor.may_somewhere(steps.PROPOSE.power),
    }
    return render(request, "register/parameters.html", facts)


@either
def parameter(request: ActedRequest, key: str) -> HttpResponse:
    """Show one parameter and its history, and propose another value."""
    one = _parameter(key)
    office, _choice = office_shown(request, company.READ)
    line = pages.line_of(one, office=office.pk if office else None, at=request.at)
    history = queries.seen_by(request.actor).filter(key=key).select_related("office")
    form = forms.ProposeForm(
        request.POST or None,
        actor=request.actor,
        parameter=one,
        initial={"value": show(one.kind, one.default)},
    )
    sheet = Sheet(
        step=steps.PROPOSE,
        back=reverse("parameters"),
        page="register/parameter.html",
        facts={
            "line": line,
            "limits": pages.limits(one),
            "history": pages.wishes(history),
            "may_propose": request.actor.may_somewhere(steps.PROPOSE.power),
            "may_approve": request.actor.may_somewhere(steps.APPROVE.power),
        },
    )
    work = partial(_propose, request, key)
    return filled(request, form, sheet, work=work, show=_to_parameter)


@require_POST
def approve(request: ActedRequest, number: int) -> HttpResponse:
    """Let a proposed value hold."""

    def work() -> Value:
        value = seek(queries.seen_by(request.actor), pk=number)
        return operations.approve(value, actor=request.actor, at=request.at)

    return act(request, work, show=_decided, status=200)


@require_POST
def reject(request: ActedRequest, number: int) -> HttpResponse:
    """Leave a value as it is."""

    def work() -> Value:
        value = seek(queries.seen_by(request.actor), pk=number)
        return operations.reject(value, actor=request.actor, at=request.at)

    return act(request, work, show=_decided, status=200)


def _propose(request: ActedRequest, key: str, filled_in: forms.ProposeForm) -> Value:
    facts = filled_in.cleaned_data
    office: Office | None = facts["office"]
    proposal = operations.Proposal(
        key, facts["value"], office, facts["from_at"] or request.at, facts["reason"]
    )
    try:
        return operations.propose(proposal, actor=request.actor, at=request.at)
    except Refused as refusal:
        if refusal.code.startswith("parameter_"):
            refusal.field = "value"
        raise


def _parameter(key: str) -> Parameter:
    if key not in BY_KEY:
        raise Http404(key)
    return BY_KEY[key]


def _to_parameter(request: ActedRequest, value: Value) -> HttpResponse:
    messages.success(request, _("提议已送总经理批准，批准前仍按现值办理。"))
    return redirect("parameter", key=value.key)


def _decided(request: ActedRequest, value: Value) -> HttpResponse:
    approved = value.state == Value.State.APPROVED
    messages.success(request, _("参数已批准。") if approved else _("参数未批准，仍按现值办理。"))
    return redirect("parameters")
