"""Doing something again, free of charge, within the warranty (O23, E-17)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.forms import ReasonForm
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispute import operations, queries, steps
from teyue.procedure.dispute.facts import Redo
from teyue.procedure.service.queries import records
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

PAGE = "supervisor/rework.html"


@require_http_methods(["GET", "POST"])
def rework(request: ActedRequest, number: str) -> HttpResponse:
    """Show what was done and until when it is warranted, and register that it is done again."""
    source = orders.seen_by(request.actor).get(number=number)
    form = ReasonForm(request.POST or None, initial={"row_version": source.row_version})
    facts = _facts(request, source)
    if request.method == "GET":
        return render(request, PAGE, {**facts, "form": form})

    def work(filled: ReasonForm) -> Order:
        locked = seek(orders.seen_by(request.actor), number=number)
        locked.still(filled.cleaned_data["row_version"])
        redo = Redo(reason=filled.cleaned_data["reason"])
        return operations.rework(locked, redo=redo, actor=request.actor, at=request.at)

    return fill(request, form, page=PAGE, facts=facts, work=work, show=_registered)


def _facts(request: ActedRequest, source: Order) -> dict[str, Any]:
    again = queries.blank_rework(source)
    return {
        "order": source,
        "records": list(records.records_of(source)),
        "until": queries.warranty_ends(source),
        "refusal_now": steps.REWORK.objection(again, actor=request.actor, at=request.at),
    }


def _registered(request: ActedRequest, again: Order) -> HttpResponse:
    messages.success(request, _("已登记返工 %(number)s，请安排派工") % {"number": again.number})
    return redirect("case", number=again.number)
