"""Set up a real company: one office, one administrator, and its first general manager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Evidence
from teyue.foundation.clock import local_day
from teyue.register.calendar import operations as calendar
from teyue.register.company import operations as companies
from teyue.register.company import queries
from teyue.register.company.models import Company, Office
from teyue.register.people import credentials, operations
from teyue.register.people.facts import Appointment
from teyue.register.people.models import Account, Role
from teyue.register.people.queries import legal_person, system


@dataclass(frozen=True, slots=True)
class Founding:
    """What is said when a company is set up."""

    company: str
    legal_person: str
    office_code: str
    office: str
    administrator: str
    general_manager: str


@dataclass(frozen=True, slots=True)
class Established:
    """What was set up; the password is shown once and not kept."""

    company: Company
    office: Office
    account: Account
    password: str


def set_up(founding: Founding, *, at: datetime) -> Established:
    """Found a real company with everything that the rest can be entered with.

    A company that an office was opened for, and that nobody can enter yet, is completed.

    :raises Refused: ``company_exists``, ``office_code_unreadable``, ``name_missing``.
    """
    with sitting.opened():
        company, office = _unattended() or found(
            name=founding.company,
            legal_person=founding.legal_person,
            code=founding.office_code,
            office=founding.office,
            at=at,
        )
        signer = company.legal_person or founding.legal_person
        _appoint_first_general_manager(company, founding.general_manager, signer, at)
        account, password = _administrator(company, founding.administrator, at)
    return Established(company, office, account, password)


def _unattended() -> tuple[Company, Office] | None:
    company, office = queries.company(), Office.objects.order_by("pk").first()
    if company is None or office is None or Account.objects.exists():
        return None
    return company, office


def found(
    *, name: str, legal_person: str, code: str, office: str, at: datetime
) -> tuple[Company, Office]:
    """Found a real company with one empty office and the official days of two years.

    :raises Refused: ``company_exists``, ``office_code_unreadable``.
    """
    actor = system()
    with sitting.opened():
        company = companies.found(
            name=name, kind=Company.Kind.REAL, legal_person=legal_person, actor=actor, at=at
        )
        opened = companies.open_office(company, code=code, name=office, actor=actor, at=at)
        for year in (local_day(at).year, local_day(at).year + 1):
            calendar.seed(company, year=year, actor=actor, at=at)
    return company, opened


def _appoint_first_general_manager(company: Company, name: str, signer: str, at: datetime) -> None:
    """Record the first general manager's appointment by the company's legal person (3.1)."""
    clerk = system()
    signing = operations.admit(company, office=None, name=signer, phone="", actor=clerk, at=at)
    person = operations.admit(company, office=None, name=name, phone="", actor=clerk, at=at)
    operations.appoint_general_manager(
        appointment=Appointment(person, Role.GM, None, local_day(at)),
        actor=legal_person(signing).typed_by(clerk, Evidence("appointment", "set-up")),
        at=at,
    )


def _administrator(company: Company, username: str, at: datetime) -> tuple[Account, str]:
    actor = system()
    person = operations.admit(company, office=None, name="系统管理员", phone="", actor=actor, at=at)
    operations.appoint(
        appointment=Appointment(person, Role.AD, None, local_day(at)), actor=actor, at=at
    )
    password = credentials.new_code()
    account = operations.open_account(
        person, username=username, password=password, actor=actor, at=at
    )
    return account, password
