from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.desks.register import shapes
from teyue.desks.register.shapes import CertificateOut, DutyOut, LeaveOut, PostLine
from teyue.desks.register.staff import forms, pages
from teyue.foundation.lifecycle import seek
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.register.company.models import Department
from teyue.register.estate.models import Person
from teyue.register.people import operations, queries, steps
from teyue.register.people.facts import Absence, Employment, Proof, Shift
from teyue.register.people.models import Certificate, CertificateKind, Duty, Leave, Post, Staff
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.formats import masked
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    GivenDay,
    GivenMoment,
    In,
    LineOut,
    ListOut,
    ListWords,
    Out,
    PaperOut,
    Text,
    Yuan,
    paper,
)

router = Router(tags=[gettext_noop("人员")])
NEWEST = {"newest": Order("最新在前", descending=True)}
STAFF = Listing(title="员工", orders={"number": Order("按工号", "employee_no"), **NEWEST})
CERTIFICATES = Listing(title="持证", orders={"ending": Order("先到期在前", "valid_to")})
LEAVES = Listing(title="请假", orders=NEWEST)


class PersonOut(Out):
    """Somebody who works here."""

    id: int
    name: str
    phone: str = Field(description=gettext_noop("中间四位隐去"))
    office: str | None
    staff: int | None


class StaffLine(LineOut):
    """An employee in a list."""

    id: int
    person: int
    name: str
    office: str
    employee_no: str
    department: str | None
    active_from: date | None
    active_to: date | None


class StaffOut(PaperOut, StaffLine):
    """An employee: posts, certificates, duty."""

    posts: list[PostLine]
    certificates: list[CertificateOut]
    duties: list[DutyOut]


class HireIn(In):
    """Who is hired, and as what."""

    office: str | None = None
    name: Text = Field(max_length=40)
    phone: Text = Field("", max_length=20)
    employee_no: Text = Field(min_length=1, max_length=16)
    department: str | None = Field(None, max_length=40)
    active_from: GivenDay | None = None
    cost_rate: Yuan = NOTHING


class AdmitIn(In):
    """Somebody who acts here without being staff."""

    office: str | None = None
    name: Text = Field(max_length=40)
    phone: Text = Field("", max_length=20)


class CertificateIn(In):
    """A certificate as it lies on the table."""

    staff: int
    kind: CertificateKind
    serial: Text = Field("", max_length=40)
    valid_from: GivenDay | None = None
    valid_to: GivenDay | None = None


class LeaveIn(In):
    """When somebody is not there."""

    staff: int
    starts: GivenMoment
    ends: GivenMoment
    reason: Text = Field("", max_length=40)


class DutyDayIn(In):
    """The stretches of one weekday (0 is Monday), such as ``08:00-12:00 14:00-18:00``."""

    weekday: int = Field(ge=0, le=6)
    hours: Text = Field(max_length=60, examples=["08:00-18:00"])


class DutyIn(In):
    """A weekly pattern from a day on."""

    staff: int
    from_on: GivenDay
    week: list[DutyDayIn] = Field(max_length=7)

    def shifts(self) -> list[Shift]:
        """Return the stretches.

        :raises Refused: ``duty_unreadable``.
        """
        try:
            return [shift for day in self.week for shift in forms.stretches(day.weekday, day.hours)]
        except ValueError as error:
            raise Refused("duty_unreadable", forms.UNREADABLE, field="week") from error


def person_out(request: ActedRequest, one: Person) -> PersonOut:
    """Show a person."""
    staff = getattr(one, "staff", None)
    return PersonOut(
        id=one.pk,
        name=one.name,
        phone=masked(one.phone),
        office=one.office.code if one.office else None,
        staff=staff.pk if staff else None,
    )


def staff_line(staff: Staff) -> StaffLine:
    """Show an employee in a list."""
    return StaffLine(**_common(staff))


def staff_out(request: ActedRequest, staff: Staff) -> StaffOut:
    """Show an employee."""
    posts = Post.objects.filter(person=staff.person_id).select_related("person", "office")
    certificates = Certificate.objects.filter(staff=staff, voided_at=None)
    return StaffOut(
        **_common(staff),
        posts=[post_line(post) for post in posts.order_by("-pk")],
        certificates=[
            certificate_out(request, row) for row in certificates.select_related("staff__person")
        ],
        duties=[duty_out(duty) for duty in Duty.objects.filter(staff=staff, to_on=None)],
        allowed_steps=allowed_steps(staff, actor=request.actor, at=request.at),
    )


def post_line(post: Post) -> PostLine:
    """Show an appointment in a list."""
    names = ("from_on", "to_on", "firm", "decision", "role")
    return PostLine(
        **paper(post),
        **{name: getattr(post, name) for name in names},
        id=post.pk,
        person=post.person_id,
        name=post.person.name,
        office=post.office.code if post.office else None,
        delegation=post.delegation_id,
    )


def certificate_out(request: ActedRequest, row: Certificate) -> CertificateOut:
    """Show a certificate."""
    names = ("kind", "valid_from", "valid_to", "voided_at")
    return CertificateOut(
        **{name: getattr(row, name) for name in names},
        id=row.pk,
        staff=row.staff_id,
        name=row.staff.person.name,
        serial=row.number,
    )


def leave_out(row: Leave, uncovered: list[str]) -> LeaveOut:
    """Show an absence."""
    names = ("starts", "ends", "reason", "voided_at")
    return LeaveOut(
        **{name: getattr(row, name) for name in names},
        id=row.pk,
        staff=row.staff_id,
        name=row.staff.person.name,
        uncovered=uncovered,
    )


def duty_out(row: Duty) -> DutyOut:
    """Show a stretch of duty."""
    return DutyOut(
        staff=row.staff_id,
        weekday=row.weekday,
        opens=forms.clock(row.opens),
        closes=forms.clock(row.closes),
        from_on=row.from_on,
        to_on=row.to_on,
    )


@router.get("/persons", **reads("people.persons", gettext_noop("人员"), ListOut[PersonOut]))
def list_persons(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List who works here, holds a post or has an account."""
    rows = queries.people_seen_by(request.actor).select_related("staff", "office")
    page = pages.LIST.page(rows, words.model_dump())
    return page.answer(lambda row: person_out(request, row))


@router.post("/persons", **begins(steps.ADMIT, PersonOut))
def admit(request: ActedRequest, body: AdmitIn) -> HttpResponse:
    """Register somebody who acts here without being staff or resident."""

    def work() -> Person:
        return operations.admit(
            shapes.company_locked(),
            office=shapes.office_or_all(request.actor, steps.ADMIT.power, body.office),
            name=body.name,
            phone=body.phone,
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=person_out)


@router.get("/staff", **reads("people.staff", gettext_noop("员工"), ListOut[StaffLine]))
def list_staff(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the employees of the own offices."""
    rows = queries.staff_seen_by(request.actor).select_related("person", "office", "department")
    return STAFF.answer(rows, words, staff_line)


@router.get("/staff/{int:number}", **reads("people.employee", gettext_noop("一名员工"), StaffOut))
def read_staff(request: ActedRequest, number: int) -> StaffOut:
    """Show one employee."""
    return staff_out(request, queries.staff_seen_by(request.actor).get(pk=number))


@router.post("/staff", **begins(steps.HIRE, StaffOut))
def hire(request: ActedRequest, body: HireIn) -> HttpResponse:
    """Enter an employee."""

    def work() -> Staff:
        office = shapes.office_named(request.actor, steps.HIRE.power, body.office)
        names = ("name", "phone", "employee_no", "active_from", "cost_rate")
        facts = {name: getattr(body, name) for name in names}
        employment = Employment(**facts, department=_department(office.pk, body.department))
        return operations.hire(office, employment=employment, actor=request.actor, at=request.at)

    return act(request, work, show=staff_out)


@router.post("/staff/{int:number}/release", **takes(steps.RELEASE, StaffOut))
def release(request: ActedRequest, number: int) -> HttpResponse:
    """Let an employee go."""

    def work() -> Staff:
        return operations.release(_staff(request, number), actor=request.actor, at=request.at)

    return act(request, work, show=staff_out, status=200)


@router.get(
    "/certificates", **reads("people.certificates", gettext_noop("持证"), ListOut[CertificateOut])
)
def list_certificates(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the certificates, the first to end first."""
    rows = queries.certificates_seen_by(request.actor).filter(voided_at=None)
    page = CERTIFICATES.page(rows, words.model_dump())
    return page.answer(lambda row: certificate_out(request, row))


@router.post("/certificates", **begins(steps.ADD_CERTIFICATE, CertificateOut))
def add_certificate(request: ActedRequest, body: CertificateIn) -> HttpResponse:
    """Register a certificate that somebody has seen."""

    def work() -> Certificate:
        proof = Proof(body.kind, body.serial, body.valid_from, body.valid_to)
        staff = _staff(request, body.staff)
        return operations.add_certificate(staff, proof=proof, actor=request.actor, at=request.at)

    return act(request, work, show=certificate_out)


@router.post(
    "/certificates/{int:number}/void_certificate", **takes(steps.VOID_CERTIFICATE, CertificateOut)
)
def void_certificate(request: ActedRequest, number: int) -> HttpResponse:
    """Strike a certificate."""

    def work() -> Certificate:
        row = queries.certificates_seen_by(request.actor).get(pk=number)
        row.staff = _staff(request, row.staff_id)
        return operations.void_certificate(row, actor=request.actor, at=request.at)

    return act(request, work, show=certificate_out, status=200)


@router.get("/leaves", **reads("people.leaves", gettext_noop("请假"), ListOut[LeaveOut]))
def list_leaves(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the absences."""
    rows = queries.leaves_seen_by(request.actor).filter(voided_at=None)
    return LEAVES.answer(rows, words, lambda row: leave_out(row, []))


@router.post("/leaves", **begins(steps.REQUEST_LEAVE, LeaveOut))
def request_leave(request: ActedRequest, body: LeaveIn) -> HttpResponse:
    """Note an absence; the answer names the steps that nobody may take meanwhile."""

    def work() -> tuple[Leave, list[str]]:
        absence = Absence(body.starts, body.ends, body.reason)
        leave, missed = operations.request_leave(
            _staff(request, body.staff), absence=absence, actor=request.actor, at=request.at
        )
        return leave, [str(one.label) for one in missed]

    return act(request, work, show=lambda _request, noted: leave_out(*noted))


@router.post("/leaves/{int:number}/void_leave", **takes(steps.VOID_LEAVE, LeaveOut))
def void_leave(request: ActedRequest, number: int) -> HttpResponse:
    """Take an absence back."""

    def work() -> Leave:
        row = queries.leaves_seen_by(request.actor).get(pk=number)
        row.staff = _staff(request, row.staff_id)
        return operations.void_leave(row, actor=request.actor, at=request.at)

    return act(request, work, show=lambda _request, row: leave_out(row, []), status=200)


@router.get("/duties", **reads("people.duties", gettext_noop("值班"), list[DutyOut]))
def list_duties(request: ActedRequest) -> list[DutyOut]:
    """List the weekly stretches that hold until replaced."""
    rows = Duty.objects.filter(staff__in=queries.staff_seen_by(request.actor), to_on=None)
    return [duty_out(row) for row in rows.order_by("staff", "weekday", "opens")]


@router.post("/duties", **takes(steps.SET_DUTY, StaffOut))
def set_duty(request: ActedRequest, body: DutyIn) -> HttpResponse:
    """Replace the weekly pattern of an employee."""

    def work() -> Staff:
        staff = _staff(request, body.staff)
        operations.set_duty(
            staff, shifts=body.shifts(), from_on=body.from_on, actor=request.actor, at=request.at
        )
        return staff

    return act(request, work, show=staff_out, status=200)


def _staff(request: ActedRequest, number: int) -> Staff:
    return seek(queries.staff_seen_by(request.actor), pk=number)


def _department(office: int, name: str | None) -> Department | None:
    return Department.objects.get(office=office, name=name) if name else None


def _common(staff: Staff) -> dict[str, Any]:
    return {
        **paper(staff),
        "id": staff.pk,
        "person": staff.person_id,
        "name": staff.person.name,
        "office": staff.office.code,
        "employee_no": staff.employee_no,
        "department": staff.department.name if staff.department else None,
        "active_from": staff.active_from,
        "active_to": staff.active_to,
    }
