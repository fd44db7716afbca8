"""The pages of flats and shops, without the people in them."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from teyue.desks.register.households import forms, pages
from teyue.desks.register.sheets import Sheet, entitled, filled, told
from teyue.foundation.lifecycle import seek
from teyue.register.company import queries as company
from teyue.register.estate import operations, queries, steps
from teyue.register.estate.models import Building, Unit
from teyue.web.exports import workbook
from teyue.web.people import ActedRequest


@require_GET
def units(request: ActedRequest) -> HttpResponse:
    """List flats and shops."""
    entitled(request, company.READ)
    seen = company.within(request.actor, company.READ)
    page = pages.UNITS.page(pages.units(request.actor), request.GET.dict())
    facts = {
        "page": page,
        "rows": [(row, pages.area(row)) for row in page.rows],
        "buildings": Building.objects.filter(seen).order_by("office", "pk"),
        "statuses": Unit.Status.choices,
        "may_add": request.actor.may_somewhere(steps.ADD_UNIT.power),
        "may_settle": request.actor.may_somewhere(steps.ADD_HOUSEHOLD.power),
        "may_see": request.actor.may_somewhere(queries.READ),
    }
    return render(request, "register/units.html", facts)


@require_GET
def units_book(request: ActedRequest) -> FileResponse:
    """Give the list as a workbook."""
    entitled(request, company.READ)
    words = request.GET.dict()
    rows = pages.UNITS.narrow(pages.units(request.actor), words)
    return workbook(
        pages.UNITS.sorted(rows, words).iterator(500),
        pages.UNIT_COLUMNS,
        title=_("房屋"),
        narrowed=" ".join(filter(None, words.values())),
        actor=request.actor,
        at=request.at,
    )


@require_http_methods(["GET", "POST"])
def add_unit(request: ActedRequest) -> HttpResponse:
    """Register a flat or shop."""
    entitled(request, steps.ADD_UNIT.power)
    form = forms.UnitForm(request.POST or None, actor=request.actor)
    sheet = Sheet(step=steps.ADD_UNIT, back=reverse("units"))

    def work(filled_in: forms.UnitForm) -> Unit:
        chosen = filled_in.cleaned_data["office"].pk
        office = seek(company.offices_where(request.actor, steps.ADD_UNIT.power), pk=chosen)
        facts = filled_in.facts()
        return operations.add_unit(office, facts=facts, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=told(_("房屋已登记。"), "units"))
