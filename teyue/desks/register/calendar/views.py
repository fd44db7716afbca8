from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.register.calendar import forms, pages
from teyue.desks.register.sheets import Sheet, closed, filled, office_shown
from teyue.foundation.clock import local_day, read_day
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.register.calendar import operations, steps
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.queries import calendar_of
from teyue.register.calendar.quiet import PRESETS
from teyue.register.company import queries as company
from teyue.register.company.models import Company, Office
from teyue.web.acts import act
from teyue.web.people import ActedRequest

either = require_http_methods(["GET", "POST"])


@require_GET
def calendar(request: ActedRequest) -> HttpResponse:
    """Show a year of an office."""
    office, choice = office_shown(request, company.READ)
    if office is None:
        return render(request, "register/calendar.html", {"office_shown": None})
    number = _year(request)
    year = pages.year_of(office, number, request.at)
    preset = PRESETS[office.preset]
    facts = {
        "office_shown": office,
        "offices": choice,
        "year": year,
        "years": (number - 1, number, number + 1),
        "preset": preset,
        "hours": pages.hours_of(preset),
        "may_seed": request.actor.may_somewhere(steps.SEED.power),
        "may_choose": request.actor.may(steps.CHOOSE_PRESET.power, office.pk),
    }
    return render(request, "register/calendar.html", facts)


@require_POST
def seed(request: ActedRequest) -> HttpResponse:
    """Enter the official days of a year."""
    form = forms.YearForm(request.POST)
    if not form.is_valid():
        raise Refused("invalid", _("请您填写 2020 至 2060 之间的年度。"), field="year")
    number = form.cleaned_data["year"]

    def work() -> int:
        owner = seek(Company.objects.all())
        return operations.seed(owner, year=number, actor=request.actor, at=request.at)

    def show(request: ActedRequest, changed: int) -> HttpResponse:
        text = _("%(year)d 年日历已录入，新增或更新 %(n)d 天。")
        messages.success(request, text % {"year": number, "n": changed})
        return redirect(f"{reverse('calendar')}?year={number}")

    return act(request, work, show=show, status=200)


@either
def day(request: ActedRequest, code: str, day: str) -> HttpResponse:
    """Show a day of an office, and say what it is."""
    office, on = _office(request, code), _date(day)
    form = forms.DayForm(request.POST or None, initial=_standing(office, on))
    sheet = _day_sheet(request, office, on)

    def work(filled_in: forms.DayForm) -> CalendarDay:
        return operations.set_day(
            _locked(request, code), day=filled_in.day(on), actor=request.actor, at=request.at
        )

    return filled(request, form, sheet, work=work, show=_to_year)


@require_POST
def close_day(request: ActedRequest, code: str, day: str) -> HttpResponse:
    """Close an office for a day."""
    office, on = _office(request, code), _date(day)
    form = forms.ClosureForm(request.POST)
    sheet = _day_sheet(request, office, on, closure=form)

    def work(filled_in: forms.ClosureForm) -> CalendarDay:
        return operations.close_day(
            _locked(request, code),
            on=on,
            **filled_in.cleaned_data,
            actor=request.actor,
            at=request.at,
        )

    return filled(request, form, sheet, work=work, show=_to_year)


@require_POST
def reopen_day(request: ActedRequest, code: str, day: str) -> HttpResponse:
    """Take the closing of a day back."""
    on = _date(day)

    def work() -> CalendarDay:
        office = _locked(request, code)
        return operations.reopen_day(office, on=on, actor=request.actor, at=request.at)

    return act(request, work, show=_to_year, status=200)


@either
def preset(request: ActedRequest, code: str) -> HttpResponse:
    """Choose the quiet hours of the city."""
    office = _office(request, code)
    form = forms.PresetForm(request.POST or None, initial={"preset": office.preset})
    sheet = Sheet(
        step=steps.CHOOSE_PRESET,
        back=f"{reverse('calendar')}?office={office.code}",
        about=office.name,
        refusal=closed(steps.CHOOSE_PRESET, office, request),
        page="register/preset.html",
        facts={
            "presets": [(one, pages.hours_of(one)) for one in PRESETS.values()],
            "now": office.preset,
        },
    )

    def work(filled_in: forms.PresetForm) -> Office:
        return operations.choose_preset(
            _locked(request, code), **filled_in.cleaned_data, actor=request.actor, at=request.at
        )

    def show(request: ActedRequest, chosen: Office) -> HttpResponse:
        messages.success(request, _("静音时段已更新，此后的预约和派工按新时段核对。"))
        return redirect(sheet.back)

    return filled(request, form, sheet, work=work, show=show)


def _day_sheet(
    request: ActedRequest, office: Office, on: date, closure: forms.ClosureForm | None = None
) -> Sheet:
    own = CalendarDay.objects.filter(office=office, date=on).first()
    facts: dict[str, Any] = {
        "code": office.code,
        "date": on,
        "iso": on.isoformat(),
        "own": own,
        "day_form": forms.DayForm(initial=_standing(office, on)),
        "closure": closure or forms.ClosureForm(),
        "close_refusal": _closed(steps.CLOSE_DAY, office, on, request),
        "reopen_refusal": _closed(steps.REOPEN_DAY, office, on, request),
    }
    return Sheet(
        step=steps.SET_DAY,
        back=f"{reverse('calendar')}?office={office.code}&year={on.year}",
        about=office.name,
        refusal=_closed(steps.SET_DAY, office, on, request),
        page="register/day.html",
        facts=facts,
    )


def _closed(step: Any, office: Office, on: date, request: ActedRequest) -> Refused | None:
    refusal: Refused | None = step.objection(office, actor=request.actor, at=request.at, asked=on)
    return refusal


def _standing(office: Office, on: date) -> dict[str, str]:
    try:
        known = calendar_of(office.pk).day(on)
    except Refused:
        return {}
    return {"kind": known.kind, "name": known.name}


def _office(request: ActedRequest, code: str) -> Office:
    return company.offices_where(request.actor, company.READ).get(code=code)


def _locked(request: ActedRequest, code: str) -> Office:
    return seek(company.offices_where(request.actor, company.READ), code=code)


def _date(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise Http404 from error


def _year(request: ActedRequest) -> int:
    word = request.GET.get("year", "")
    this = local_day(request.at).year
    return int(word) if word.isdecimal() and 2020 <= int(word) <= 2060 else this


def _to_year(request: ActedRequest, row: CalendarDay) -> HttpResponse:
    text = _("%(day)s 已更新。")
    messages.success(request, text % {"day": row.date.isoformat()})
    office = row.office.code if row.office else ""
    return redirect(f"{reverse('calendar')}?office={office}&year={row.date.year}")
