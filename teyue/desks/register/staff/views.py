from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.register.sheets import Sheet, closed, entitled, filled, told
from teyue.desks.register.staff import forms, pages
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Step, seek
from teyue.register.company import queries as company
from teyue.register.company.models import Company, Department
from teyue.register.estate.models import Person
from teyue.register.people import credentials, operations, queries, staffing, steps
from teyue.register.people.models import Certificate, Leave, Role, Staff
from teyue.web.acts import act
from teyue.web.exports import workbook
from teyue.web.people import ActedRequest

either = require_http_methods(["GET", "POST"])


@require_GET
def people(request: ActedRequest) -> HttpResponse:
    """List who works here."""
    entitled(request, company.READ)
    page = pages.LIST.page(pages.listed(request.actor), request.GET.dict())
    reminders = pages.reminders_of(None, request.at)
    facts = {
        "page": page,
        "lines": [pages.line_of(row, reminders=reminders, at=request.at) for row in page.rows],
        "departments": Department.objects.filter(company.within(request.actor, company.READ)),
        "roles": Role.choices,
        "may_hire": request.actor.may_somewhere(steps.HIRE.power),
        "may_admit": request.actor.may_somewhere(steps.ADMIT.power),
    }
    return render(request, "register/people.html", facts)


@require_GET
def people_book(request: ActedRequest) -> FileResponse:
    """Give the list as a workbook."""
    entitled(request, company.READ)
    words = request.GET.dict()
    rows = pages.LIST.sorted(pages.LIST.narrow(pages.listed(request.actor), words), words)
    reminders = pages.reminders_of(None, request.at)
    return workbook(
        (pages.line_of(row, reminders=reminders, at=request.at) for row in rows.iterator(500)),
        pages.COLUMNS,
        title=_("人员"),
        narrowed=" ".join(filter(None, words.values())),
        actor=request.actor,
        at=request.at,
    )


@require_GET
def person(request: ActedRequest, number: int) -> HttpResponse:
    """Show all that is known of somebody as a colleague."""
    one = pages.listed(request.actor).get(pk=number)
    staff: Staff | None = getattr(one, "staff", None)
    account = queries.accounts_seen_by(request.actor).filter(person=one).first()
    facts = {
        "person": one,
        "staff": staff,
        "posts": queries.posts_seen_by(request.actor).filter(person=one).order_by("-pk"),
        "account": account,
        "may_open": account is None and request.actor.may_somewhere(queries.ACCOUNTS),
        "second_factor": bool(account and credentials.has_second_factor(account)),
        "own": bool(account and account.person_id == request.actor.id),
        "may_see_cost": request.actor.may_somewhere(steps.HIRE.power),
        "may_appoint": request.actor.may_somewhere(steps.APPOINT.power),
        **(_about_staff(request, staff) if staff else {}),
    }
    return render(request, "register/person.html", facts)


@either
def hire(request: ActedRequest) -> HttpResponse:
    """Enter an employee."""
    entitled(request, steps.HIRE.power)
    form = forms.HireForm(request.POST or None, actor=request.actor)
    sheet = Sheet(
        step=steps.HIRE,
        back=reverse("staff"),
        note=_("入职只建立档案。办理业务的权限由岗位任命给予，登录用的账号在人员页面开通。"),
    )

    def work(filled_in: forms.HireForm) -> Staff:
        office, asked = filled_in.cleaned_data["office"], filled_in.employment()
        return operations.hire(office, employment=asked, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_hired)


@either
def admit(request: ActedRequest) -> HttpResponse:
    """Enter somebody who acts here without being staff."""
    entitled(request, steps.ADMIT.power)
    form = forms.AdmitForm(request.POST or None, actor=request.actor)
    note = _("总经理、内审员、系统管理员和分包方的人这样登记；本处员工请办理入职。")
    sheet = Sheet(step=steps.ADMIT, back=reverse("staff"), note=note)

    def work(filled_in: forms.AdmitForm) -> Person:
        return operations.admit(
            seek(Company.objects.all()),
            **filled_in.cleaned_data,
            actor=request.actor,
            at=request.at,
        )

    return filled(request, form, sheet, work=work, show=_admitted)


@require_POST
def release(request: ActedRequest, number: int) -> HttpResponse:
    """Let an employee go."""

    def work() -> Staff:
        staff = seek(queries.staff_seen_by(request.actor), pk=number)
        return operations.release(staff, actor=request.actor, at=request.at)

    return act(request, work, show=_shown(_("已办理离职。")), status=200)


@either
def add_certificate(request: ActedRequest, number: int) -> HttpResponse:
    """Register a certificate of an employee."""
    staff = _staff(request, number)
    form = forms.CertificateForm(request.POST or None)

    def work(filled_in: forms.CertificateForm) -> Certificate:
        locked = seek(queries.staff_seen_by(request.actor), pk=number)
        proof = filled_in.proof()
        return operations.add_certificate(locked, proof=proof, actor=request.actor, at=request.at)

    note = _("请您看过原件再登记；到期前会按参数提醒，过期的证书不能派工。")
    sheet = _sheet(request, steps.ADD_CERTIFICATE, staff, note)
    return filled(request, form, sheet, work=work, show=_back(_("持证已登记。"), staff))


@require_POST
def void_certificate(request: ActedRequest, number: int) -> HttpResponse:
    """Strike a certificate."""

    def work() -> Staff:
        certificate = queries.certificates_seen_by(request.actor).get(pk=number)
        certificate.staff = seek(queries.staff_seen_by(request.actor), pk=certificate.staff_id)
        operations.void_certificate(certificate, actor=request.actor, at=request.at)
        return certificate.staff

    return act(request, work, show=_shown(_("持证已注销。")), status=200)


@either
def request_leave(request: ActedRequest, number: int) -> HttpResponse:
    """Note an absence, and say which steps nobody may take meanwhile."""
    staff = _staff(request, number)
    form = forms.LeaveForm(request.POST or None)

    def work(filled_in: forms.LeaveForm) -> tuple[Leave, tuple[staffing.Coverage, ...]]:
        locked = seek(queries.staff_seen_by(request.actor), pk=number)
        absence = filled_in.absence()
        return operations.request_leave(locked, absence=absence, actor=request.actor, at=request.at)

    sheet = _sheet(request, steps.REQUEST_LEAVE, staff, "")
    return filled(request, form, sheet, work=work, show=partial(_left, person=staff.person_id))


@require_POST
def void_leave(request: ActedRequest, number: int) -> HttpResponse:
    """Take an absence back."""

    def work() -> Staff:
        leave = queries.leaves_seen_by(request.actor).get(pk=number)
        leave.staff = seek(queries.staff_seen_by(request.actor), pk=leave.staff_id)
        operations.void_leave(leave, actor=request.actor, at=request.at)
        return leave.staff

    return act(request, work, show=_shown(_("已销假。")), status=200)


@either
def set_duty(request: ActedRequest, number: int) -> HttpResponse:
    """Replace the weekly pattern of an employee."""
    staff = _staff(request, number)
    day = local_day(request.at)
    before = forms.written(list(staff.duties.all()), day)
    form = forms.DutyForm(request.POST or None, initial={"from_on": day, **before})
    sheet = _sheet(request, steps.SET_DUTY, staff, _("写成 08:00-18:00；休息日留空。"))

    def work(filled_in: forms.DutyForm) -> Staff:
        locked = seek(queries.staff_seen_by(request.actor), pk=number)
        facts = filled_in.cleaned_data
        operations.set_duty(
            locked,
            shifts=facts["shifts"],
            from_on=facts["from_on"],
            actor=request.actor,
            at=request.at,
        )
        return locked

    show = _shown(_("排班已更新。"))
    return filled(request, form, sheet, work=work, show=show)


def _about_staff(request: ActedRequest, staff: Staff) -> dict[str, Any]:
    reminders = pages.reminders_of(staff.office_id, request.at)
    certificates = staff.certificates.filter(voided_at=None).order_by("valid_to", "pk")
    may = {
        name: request.actor.may(step.power, staff.office_id)
        for name, step in (
            ("certify", steps.ADD_CERTIFICATE),
            ("strike", steps.VOID_CERTIFICATE),
            ("leave", steps.REQUEST_LEAVE),
            ("return", steps.VOID_LEAVE),
            ("duty", steps.SET_DUTY),
            ("release", steps.RELEASE),
        )
    }
    return {
        "certificates": [
            (row, pages.validity(row.valid_to, reminders=reminders, at=request.at))
            for row in certificates
        ],
        "leaves": staff.leaves.filter(voided_at=None).order_by("-starts")[:20],
        "week": pages.pattern(staff.duties.all(), local_day(request.at)),
        "release_refusal": closed(steps.RELEASE, staff, request),
        "may": may,
    }


def _staff(request: ActedRequest, number: int) -> Staff:
    return queries.staff_seen_by(request.actor).select_related("person", "office").get(pk=number)


def _sheet(request: ActedRequest, step: Step, staff: Staff, note: str) -> Sheet:
    back = reverse("person", kwargs={"number": staff.person_id})
    refusal = closed(step, staff, request)
    return Sheet(step=step, back=back, about=staff.person.name, note=note, refusal=refusal)


def _back(text: str, staff: Staff) -> Any:
    return told(text, "person", number=staff.person_id)


def _shown(text: str) -> Any:
    def show(request: ActedRequest, staff: Staff) -> HttpResponse:
        messages.success(request, text)
        return redirect("person", number=staff.person_id)

    return show


def _hired(request: ActedRequest, staff: Staff) -> HttpResponse:
    messages.success(request, _("已办理入职。请您接着任命岗位、开通账号。"))
    return redirect("person", number=staff.person_id)


def _admitted(request: ActedRequest, one: Person) -> HttpResponse:
    messages.success(request, _("人员已登记。"))
    return redirect("person", number=one.pk)


def _left(
    request: ActedRequest, noted: tuple[Leave, tuple[staffing.Coverage, ...]], *, person: int
) -> HttpResponse:
    messages.success(request, _("请假已登记。"))
    if missed := noted[1]:
        names = _("、").join(dict.fromkeys(str(coverage.label) for coverage in missed))
        text = _("请假期间无人可以办理：%(steps)s。请您安排接替的人或办理授权。")
        messages.warning(request, text % {"steps": names})
    return redirect("person", number=person)
