"""Found the company and open its offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.register.company import edition, steps
from teyue.register.company.models import Company, Department, Office


@dataclass(frozen=True, slots=True)
class Address:
    """What an office is called, and where it is found."""

    name: str
    address: str
    phone: str


def found(
    *, name: str, kind: Company.Kind, legal_person: str, actor: Actor, at: datetime
) -> Company:
    """Found the one company of this system; what kind it is can never be changed.

    :raises Refused: ``company_exists``.
    """
    company = Company(name=name, kind_of_company=kind, legal_person=legal_person)
    with steps.FOUND.take(company, actor=actor, at=at) as turn:
        turn.note(kind=kind.value)
        edition.replace()
    return company


def open_office(company: Company, *, code: str, name: str, actor: Actor, at: datetime) -> Office:
    """Open an empty office.

    :raises Refused: ``office_code_unreadable``, ``office_code_taken``.
    """
    office = Office(company=company, code=code.strip().upper(), name=name.strip())
    with steps.OPEN_OFFICE.take(office, on=(company,), actor=actor, at=at) as turn:
        turn.note(code=office.code)
        edition.replace()
    return office


def add_department(
    office: Office, *, name: str, kind: Department.Kind, actor: Actor, at: datetime
) -> Department:
    """Add a department to an office, or return the one of that name."""
    known = Department.objects.filter(office=office, name=name).first()
    if known:
        return known
    department = Department(office=office, name=name, kind=kind)
    with steps.ADD_DEPARTMENT.take(office, actor=actor, at=at) as turn:
        turn.keep(department)
        turn.note(kind=kind.value)
        edition.replace()
    return department


def change_legal_person(company: Company, *, name: str, actor: Actor, at: datetime) -> Company:
    """Note who is the company's legal person from now on; the actor is that person.

    :raises Refused: ``name_missing``, ``may_not_key``.
    """
    with steps.CHANGE_LEGAL_PERSON.take(company, actor=actor, at=at, asked=name):
        company.legal_person = name.strip()
        edition.replace()
    return company


def describe_office(office: Office, *, address: Address, actor: Actor, at: datetime) -> Office:
    """Change what an office is called and where it is found; its code stays for good.

    :raises Refused: ``name_missing``.
    """
    with steps.DESCRIBE_OFFICE.take(office, actor=actor, at=at, asked=address):
        office.name = address.name.strip()
        office.address, office.phone = address.address.strip(), address.phone.strip()
        edition.replace()
    return office
