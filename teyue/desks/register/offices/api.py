from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.desks.register import shapes
from teyue.desks.register.offices import operations as desk
from teyue.desks.register.shapes import PaperIn
from teyue.register.company import operations, queries, steps
from teyue.register.company.models import Company, Department, Office
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import In, LineOut, ListOut, ListWords, Out, PaperOut, Text, paper

router = Router(tags=[gettext_noop("公司与管理处")])
LIST = Listing(title="管理处", orders={"oldest": Order("按设立先后")})


class OfficeLine(LineOut):
    """An office in a list."""

    code: str
    name: str
    address: str
    phone: str
    preset: str


class DepartmentOut(Out):
    """A department."""

    id: int
    name: str
    kind: str


class OfficeOut(PaperOut, OfficeLine):
    """An office."""

    departments: list[DepartmentOut]


class CompanyOut(PaperOut):
    """The company; what kind it is can never be changed."""

    name: str
    kind: str
    legal_person: str


class OfficeIn(In):
    """A new office."""

    code: Text = Field(max_length=8)
    name: Text = Field(min_length=1, max_length=40)


class AddressIn(In):
    """What an office is called, and where it is found."""

    name: Text = Field(max_length=40)
    address: Text = Field("", max_length=120)
    phone: Text = Field("", max_length=20)


class DepartmentIn(In):
    """A new department."""

    name: Text = Field(min_length=1, max_length=40)
    kind: Department.Kind


class LegalPersonIn(In):
    """Who is the legal person now, by which document."""

    name: Text = Field(max_length=40)
    evidence: PaperIn


def office_line(office: Office) -> OfficeLine:
    """Show an office in a list."""
    return OfficeLine(**_common(office))


def office_out(request: ActedRequest, office: Office) -> OfficeOut:
    """Show an office."""
    departments = Department.objects.filter(office=office).order_by("pk")
    return OfficeOut(
        **_common(office),
        departments=[department_out(request, row) for row in departments],
        allowed_steps=allowed_steps(office, actor=request.actor, at=request.at),
    )


def department_out(request: ActedRequest, row: Department) -> DepartmentOut:
    """Show a department."""
    return DepartmentOut(id=row.pk, name=row.name, kind=row.kind)


def company_out(request: ActedRequest, company: Company) -> CompanyOut:
    """Show the company."""
    return CompanyOut(
        **paper(company),
        name=company.name,
        kind=company.kind_of_company,
        legal_person=company.legal_person,
        allowed_steps=allowed_steps(company, actor=request.actor, at=request.at),
    )


@router.get("/company", **reads("company.company", gettext_noop("公司"), CompanyOut))
def read_company(request: ActedRequest) -> CompanyOut:
    """Show the company."""
    return company_out(request, Company.objects.get())


@router.post("/company/change_legal_person", **takes(steps.CHANGE_LEGAL_PERSON, CompanyOut))
def change_legal_person(request: ActedRequest, body: LegalPersonIn) -> HttpResponse:
    """Note the company's new legal person."""

    def work() -> Company:
        return desk.change_legal_person(
            shapes.company_locked(),
            name=body.name,
            evidence=body.evidence.evidence(),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=company_out, status=200)


@router.get("/offices", **reads("company.offices", gettext_noop("管理处"), ListOut[OfficeLine]))
def list_offices(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the offices."""
    rows = queries.offices_where(request.actor, queries.READ)
    return LIST.answer(rows, words, office_line)


@router.get("/offices/{code}", **reads("company.office", gettext_noop("一个管理处"), OfficeOut))
def read_office(request: ActedRequest, code: str) -> OfficeOut:
    """Show one office."""
    return office_out(request, queries.offices_where(request.actor, queries.READ).get(code=code))


@router.post("/offices", **begins(steps.OPEN_OFFICE, OfficeOut))
def open_office(request: ActedRequest, body: OfficeIn) -> HttpResponse:
    """Open an empty office."""

    def work() -> Office:
        owner = shapes.company_locked()
        facts = body.model_dump()
        return operations.open_office(owner, **facts, actor=request.actor, at=request.at)

    return act(request, work, show=office_out)


@router.post("/offices/{code}/describe_office", **takes(steps.DESCRIBE_OFFICE, OfficeOut))
def describe_office(request: ActedRequest, code: str, body: AddressIn) -> HttpResponse:
    """Change what an office is called and where it is found."""

    def work() -> Office:
        address = operations.Address(**body.model_dump())
        office = shapes.office_locked(request, queries.READ, code)
        return operations.describe_office(
            office, address=address, actor=request.actor, at=request.at
        )

    return act(request, work, show=office_out, status=200)


@router.post("/offices/{code}/add_department", **takes(steps.ADD_DEPARTMENT, DepartmentOut))
def add_department(request: ActedRequest, code: str, body: DepartmentIn) -> HttpResponse:
    """Add a department to an office."""

    def work() -> Department:
        office = shapes.office_locked(request, queries.READ, code)
        return operations.add_department(
            office, name=body.name, kind=body.kind, actor=request.actor, at=request.at
        )

    return act(request, work, show=department_out, status=200)


def _common(office: Office) -> dict[str, Any]:
    names = ("code", "name", "address", "phone", "preset")
    return {**paper(office), **{name: getattr(office, name) for name in names}}
