from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from teyue.procedure.subcontracting import forms, operations, queries, steps
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest


@only_with(queries.READ)
def firms(request: ActedRequest) -> HttpResponse:
    """List the firms with what they may do."""
    page = forms.LIST.page(queries.seen_by(request.actor), request.GET.dict())
    items = queries.items_by_firm(page.rows)
    facts = {"page": page, "lines": [(one, items.get(one.pk, [])) for one in page.rows]}
    states = [(state.value, state.label) for state in FirmItem.State if state != "void"]
    return render(request, "subcontracting/firms.html", {**facts, "states": states})


@only_with(queries.READ)
def firm(request: ActedRequest, pk: int) -> HttpResponse:
    """Show one firm: what it does, how far it is trusted, and how it is stopped."""
    return render(request, "subcontracting/firm.html", _facts(request, pk))


@only_with(steps.SUSPEND.power)
def suspend(request: ActedRequest, pk: int) -> HttpResponse:
    """Stop a firm at once."""
    facts = _facts(request, pk)
    form = forms.SuspendForm(request.POST, items=queries.serving(facts["firm"]))

    def work(filled: forms.SuspendForm) -> Firm:
        found = queries.seen_by(request.actor).get(pk=pk)
        operations.suspend(found, **filled.cleaned_data, actor=request.actor, at=request.at)
        return found

    def show(asked: ActedRequest, done: Firm) -> HttpResponse:
        messages.success(asked, _("已暂停，未开工的上门随即退回待派"))
        return HttpResponseRedirect(reverse("firm", args=(done.pk,)))

    page = "subcontracting/firm.html"
    return fill(request, form, page=page, facts=facts, work=work, show=show)


def _facts(request: ActedRequest, pk: int) -> dict[str, Any]:
    found = queries.seen_by(request.actor).get(pk=pk)
    items = list(queries.items_of(found))
    serving = [one for one in items if one.state in FirmItem.MAY_SERVE]
    return {
        "firm": found,
        "items": items,
        "serving": serving,
        "may_suspend": request.actor.may(steps.SUSPEND.power, found.office_id),
        "form": forms.SuspendForm(items=serving),
    }
