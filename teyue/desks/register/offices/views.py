from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from teyue.desks.register.offices import forms
from teyue.desks.register.offices import operations as desk
from teyue.desks.register.sheets import Sheet, closed, entitled, filled, told
from teyue.foundation.lifecycle import Step, seek
from teyue.register.calendar.quiet import DEFAULT_PRESET, PRESETS
from teyue.register.company import operations, queries, steps
from teyue.register.company.models import Company, Department, Office
from teyue.web.people import ActedRequest

either = require_http_methods(["GET", "POST"])


@require_GET
def offices(request: ActedRequest) -> HttpResponse:
    """Show the company and its offices."""
    entitled(request, queries.READ)
    facts = {
        "company": queries.company(),
        "offices": queries.offices_where(request.actor, queries.READ),
        "may_open": request.actor.may_somewhere(steps.OPEN_OFFICE.power),
        "may_key": request.actor.may_somewhere(steps.KEY),
    }
    return render(request, "register/offices.html", facts)


@require_GET
def office(request: ActedRequest, code: str) -> HttpResponse:
    """Show one office: its data and departments."""
    one = queries.offices_where(request.actor, queries.READ).get(code=code)
    facts = {
        "one": one,
        "departments": Department.objects.filter(office=one).order_by("pk"),
        "preset": PRESETS.get(one.preset, DEFAULT_PRESET),
        "may_describe": request.actor.may(steps.DESCRIBE_OFFICE.power, one.pk),
        "may_add": request.actor.may(steps.ADD_DEPARTMENT.power, one.pk),
    }
    return render(request, "register/office.html", facts)


@either
def open_office(request: ActedRequest) -> HttpResponse:
    """Open an office."""
    entitled(request, steps.OPEN_OFFICE.power)
    form = forms.OfficeForm(request.POST or None)
    sheet = Sheet(step=steps.OPEN_OFFICE, back=reverse("offices"))

    def work(filled_in: forms.OfficeForm) -> Office:
        owner = seek(Company.objects.all())
        facts = filled_in.cleaned_data
        return operations.open_office(owner, **facts, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_opened)


@either
def describe_office(request: ActedRequest, code: str) -> HttpResponse:
    """Change name, address and phone of an office."""
    one = queries.offices_where(request.actor, queries.READ).get(code=code)
    before = {name: getattr(one, name) for name in ("name", "address", "phone")}
    form = forms.AddressForm(request.POST or None, initial=before)
    sheet = _sheet(request, steps.DESCRIBE_OFFICE, one)

    def work(filled_in: forms.AddressForm) -> Office:
        locked = seek(queries.offices_where(request.actor, queries.READ), code=code)
        return operations.describe_office(
            locked, address=filled_in.facts(), actor=request.actor, at=request.at
        )

    show = told(_("管理处资料已更新。"), "office", code=code)
    return filled(request, form, sheet, work=work, show=show)


@either
def add_department(request: ActedRequest, code: str) -> HttpResponse:
    """Add a department."""
    one = queries.offices_where(request.actor, queries.READ).get(code=code)
    form = forms.DepartmentForm(request.POST or None)
    sheet = _sheet(request, steps.ADD_DEPARTMENT, one)

    def work(filled_in: forms.DepartmentForm) -> Department:
        locked = seek(queries.offices_where(request.actor, queries.READ), code=code)
        facts = filled_in.cleaned_data
        kind = Department.Kind(facts["kind"])
        return operations.add_department(
            locked, name=facts["name"], kind=kind, actor=request.actor, at=request.at
        )

    show = told(_("部门已设立。"), "office", code=code)
    return filled(request, form, sheet, work=work, show=show)


@either
def change_legal_person(request: ActedRequest) -> HttpResponse:
    """Note the company's new legal person, by the document."""
    entitled(request, steps.KEY)
    form = forms.LegalPersonForm(request.POST or None)
    note = _("变更后总经理的任命以新法定代表人的名义登记，此前的任命不受影响。")
    sheet = Sheet(step=steps.CHANGE_LEGAL_PERSON, back=reverse("offices"), note=note)

    def work(filled_in: forms.LegalPersonForm) -> Company:
        return desk.change_legal_person(
            seek(Company.objects.all()),
            name=filled_in.cleaned_data["name"],
            evidence=filled_in.evidence(),
            actor=request.actor,
            at=request.at,
        )

    return filled(request, form, sheet, work=work, show=told(_("法定代表人已变更。"), "offices"))


def _sheet(request: ActedRequest, step: Step, one: Office) -> Sheet:
    back = reverse("office", kwargs={"code": one.code})
    return Sheet(step=step, back=back, about=one.name, refusal=closed(step, one, request))


def _opened(request: ActedRequest, one: Office) -> HttpResponse:
    text = _("%(name)s已设立。请您接着设立部门、录入房屋和人员。")
    messages.success(request, text % {"name": one.name})
    return redirect("office", code=one.code)
