"""Found the demo company: its estate, its people and how they sign in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from teyue.desks.demo import estate
from teyue.desks.demo import people as cast
from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.clock import local_day
from teyue.foundation.money import Money
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.models import Drawer
from teyue.procedure.subcontracting.models import Firm, Worker
from teyue.register.calendar import operations as calendar
from teyue.register.company import operations as companies
from teyue.register.company.models import Company, Department, Office
from teyue.register.estate import operations as households
from teyue.register.estate.models import Person
from teyue.register.estate.persons import known_person
from teyue.register.people import operations as people
from teyue.register.people.facts import Appointment, Employment, Proof, Shift, Signature
from teyue.register.people.models import Account, Role, Staff
from teyue.register.people.queries import actor_of_account, actor_of_person, legal_person
from teyue.register.people.separation import SIGNED_BY_GENERAL_MANAGER

COMPANY, LEGAL_PERSON = "杭州云栖物业服务有限公司（演示）", "陆景行"
CODE, OFFICE, PRESET = "YXY1", "云栖苑管理处", "HANGZHOU"
STREET, TELEPHONE = "杭州市西湖区云栖路 68 号云栖苑 1 栋底层", "0571-8600 1102"
DRAWERS = (
    ("一号收银台", Drawer.Kind.DRAWER),
    ("二号收银台", Drawer.Kind.DRAWER),
    ("收款码", Drawer.Kind.CHANNEL),
)
VALID_FOR = timedelta(days=540)
HOURLY_COST = Money(3_200)


def found_demo(*, password: str, actor: Actor, at: datetime) -> Office:
    """Found a company of kind demo with one office, its estate, staff and accounts.

    Every account has the same password, which need not be changed.

    :raises Refused: ``company_exists``.
    """
    with transaction.atomic():
        company = companies.found(
            name=COMPANY, kind=Company.Kind.DEMO, legal_person=LEGAL_PERSON, actor=actor, at=at
        )
        office = companies.open_office(company, code=CODE, name=OFFICE, actor=actor, at=at)
        calendar.choose_preset(office, preset=PRESET, actor=actor, at=at)
        for year in range(at.year - 1, at.year + 2):
            calendar.seed(company, year=year, actor=actor, at=at)
        _move_in(office, actor=actor, at=at)
        _employ(company, office, password=password, actor=actor, at=at)
        _put_up_the_sign(office, at=at)
        for hand in (hand for house in cast.FIRMS for hand in house.hands):
            people.admit(
                company, office=office, name=hand.name, phone=hand.phone, actor=actor, at=at
            )
        _let_in(_resident(office), cast.RESIDENT_LOGIN, password, actor=actor, at=at)
        for name, kind in DRAWERS:
            cashier.install_drawer(office, name=name, kind=kind, actor=actor, at=at)
        return office


def _put_up_the_sign(office: Office, *, at: datetime) -> None:
    """Let the administrator note where the office is found: residents read it on every form."""
    administrator = Account.objects.get(username=cast.ADMINISTRATOR_LOGIN)
    actor = actor_of_account(administrator.pk, at=at)
    address = companies.Address(OFFICE, STREET, TELEPHONE)
    companies.describe_office(office, address=address, actor=actor, at=at)


def open_firm_account(*, password: str, actor: Actor, at: datetime) -> None:
    """Let the first firm of the list sign in, once firms are listed."""
    firm = Firm.objects.select_related("office").earliest("pk")
    worker = Worker.objects.filter(firm=firm).select_related("person").earliest("pk")
    appointment = Appointment(worker.person, Role.SU, firm.office, local_day(at), firm=firm.pk)
    with transaction.atomic():
        people.appoint(appointment=appointment, actor=actor, at=at)
        _let_in(worker.person, cast.FIRM_LOGIN, password, actor=actor, at=at)


def _move_in(office: Office, *, actor: Actor, at: datetime) -> None:
    for flat in estate.flats():
        unit = households.add_unit(office, facts=flat.unit, actor=actor, at=at)
        if flat.occupancy is not None:
            households.add_household(
                unit, occupancy=flat.occupancy, members=flat.members, actor=actor, at=at
            )


def _resident(office: Office) -> Person:
    owner = estate.KNOWN_FLAT.members[0]
    person = known_person(office, owner.name, owner.phone)
    if person is None:
        raise LookupError("the resident of the demo is not registered")
    return person


def _employ(company: Company, office: Office, *, password: str, actor: Actor, at: datetime) -> None:
    departments = {
        kind: companies.add_department(office, name=name, kind=kind, actor=actor, at=at)
        for kind, name in cast.DEPARTMENTS
    }
    owner = people.admit(
        company, office=None, name=LEGAL_PERSON, phone=cast.phone(0), actor=actor, at=at
    )
    signing = legal_person(owner).typed_by(actor, Evidence("letter", "总经理任命书"))
    for place, colleague in enumerate(cast.STAFF, start=1):
        if colleague.everywhere:
            person = people.admit(
                company,
                office=None,
                name=colleague.name,
                phone=cast.phone(place),
                actor=actor,
                at=at,
            )
        else:
            department = departments[colleague.department]
            person = _hired(office, place, colleague, department, actor=actor, at=at).person
        scope = None if colleague.everywhere else office
        appointment = Appointment(person, colleague.role, scope, local_day(at))
        signing = _appointed(appointment, signing, actor=actor, at=at)
        _let_in(person, colleague.login, password, actor=actor, at=at)


def _hired(
    office: Office,
    place: int,
    colleague: cast.Colleague,
    department: Department,
    *,
    actor: Actor,
    at: datetime,
) -> Staff:
    employment = Employment(
        colleague.name,
        cast.phone(place),
        f"YG{place:04d}",
        department=department,
        cost_rate=HOURLY_COST,
    )
    staff = people.hire(office, employment=employment, actor=actor, at=at)
    shifts = [Shift(weekday, *colleague.hours) for weekday in colleague.weekdays]
    people.set_duty(staff, shifts=shifts, from_on=local_day(at), actor=actor, at=at)
    for kind in colleague.certificates:
        proof = Proof(kind, valid_from=local_day(at), valid_to=local_day(at + VALID_FOR))
        people.add_certificate(staff, proof=proof, actor=actor, at=at)
    return staff


def _appointed(appointment: Appointment, signing: Actor, *, actor: Actor, at: datetime) -> Actor:
    """Appoint, and return who signs the next appointment: the manager, once there is one."""
    if appointment.role == Role.GM:
        people.appoint_general_manager(appointment=appointment, actor=signing, at=at)
        return actor_of_person(appointment.person, at=at)
    if appointment.role not in SIGNED_BY_GENERAL_MANAGER:
        people.appoint(appointment=appointment, actor=actor, at=at)
        return signing
    post = people.propose_appointment(appointment=appointment, actor=actor, at=at)
    people.sign_appointment(post, signature=Signature(), actor=signing, at=at)
    return signing


def _let_in(person: Person, login: str, password: str, *, actor: Actor, at: datetime) -> None:
    people.open_account(person, username=login, password=password, actor=actor, at=at)
