"""How the register of a test is written: with the pen, in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TypeVar

from django.contrib.auth.hashers import make_password

from teyue.desks.demo.estate import KNOWN_FLAT
from teyue.desks.demo.operations.founding import PRESET
from teyue.desks.demo.people import (
    DEPARTMENTS,
    FIRMS,
    RESIDENT_LOGIN,
    STAFF,
    Colleague,
    phone,
)
from teyue.foundation import pen
from teyue.foundation.actors import Actor
from teyue.foundation.clock import HOUSE, local_day
from teyue.foundation.lifecycle import Document
from teyue.foundation.money import Money
from teyue.procedure.cashier.models import Drawer
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.official import official_days
from teyue.register.company import edition
from teyue.register.company.models import Company, Department, Edition, Office
from teyue.register.estate.facts import MemberFacts
from teyue.register.estate.models import Building, Household, Member, Person, Unit
from teyue.register.estate.persons import new_person
from teyue.register.people.models import Account, Certificate, Duty, Post, Role, Staff
from teyue.register.people.queries import actor_of_person

MORNING = datetime(2026, 11, 24, 10, 42, tzinfo=HOUSE)
FOUNDED = datetime(2026, 9, 1, 8, 0, tzinfo=HOUSE)
APPROVED = datetime(2026, 11, 2, 8, 0, tzinfo=HOUSE)
TOMORROW = datetime(2026, 11, 25, 14, 0, tzinfo=HOUSE)
CALENDAR = (date(2026, 10, 1), date(2027, 3, 31))
VALID_TO = date(2028, 6, 30)
PASSWORD = "云栖苑-2026-pass"
LEGAL_PERSON = "陆景行"

OF_THE_REGISTER = (
    Account,
    Building,
    CalendarDay,
    Certificate,
    Company,
    Department,
    Drawer,
    Duty,
    Edition,
    Household,
    Member,
    Office,
    Person,
    Post,
    Staff,
    Unit,
)
D = TypeVar("D", bound=Document)
NEIGHBOR = MemberFacts("陈立群", "13900008812", Member.Relation.OWNER, is_primary=True)


@dataclass(slots=True)
class Register:
    """The stable facts of a test, by the names that people use."""

    office: Office
    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)
    drawers: list[Drawer] = field(default_factory=list)

    def actor(self, login: str, *, at: datetime = MORNING) -> Actor:
        """Return somebody of the cast with the powers of that instant."""
        return actor_of_person(self.people[login], at=at)


def write() -> Register:
    """Write a company of kind demo, one office, two households and the staff."""
    with pen.held(*OF_THE_REGISTER):
        known = Register(_office())
        _write_calendar()
        _write_staff(known)
        _write_household(known, "3", "2", "1102", KNOWN_FLAT.members, login=RESIDENT_LOGIN)
        _write_household(known, "5", "1", "803", [NEIGHBOR], login="neighbor")
        _write_accounts(known)
        known.drawers = Drawer.objects.bulk_create(
            Drawer(office=known.office, name=name) for name in ("一号收银台", "二号收银台")
        )
        edition.replace()
    return known


def let_in(known: Register, login: str, person: Person, *, firm: int) -> None:
    """Give somebody whom a firm sends its account and its post."""
    known.people[login] = person
    with pen.held(Post, Account, Edition):
        _post(person, Role.SU, known.office, firm=firm).save()
        _account(login, person).save()
        edition.replace()


def _office() -> Office:
    company = Company(
        name="杭州云栖物业服务有限公司（演示）",
        kind_of_company=Company.Kind.DEMO,
        legal_person=LEGAL_PERSON,
    )
    _touch([company], "open")
    company.save()
    office = Office(company=company, code="YXY1", name="云栖苑管理处", preset=PRESET)
    _touch([office], "open")
    office.save()
    return office


@cache
def _days() -> tuple[CalendarDay, ...]:
    first, last = CALENDAR
    days = (day for year in (first.year, last.year) for day in official_days(year))
    return tuple(
        CalendarDay(date=day.date, kind=day.kind, name=day.name)
        for day in days
        if first <= day.date <= last
    )


def _write_calendar() -> None:
    fresh = [CalendarDay(date=day.date, kind=day.kind, name=day.name) for day in _days()]
    CalendarDay.objects.bulk_create(fresh)


def _write_staff(known: Register) -> None:
    office = known.office
    known.departments = {
        row.kind: row
        for row in Department.objects.bulk_create(
            Department(office=office, name=name, kind=kind) for kind, name in DEPARTMENTS
        )
    }
    everybody = [
        new_person(None if one.everywhere else office, one.name, phone(place))
        for place, one in enumerate(STAFF, start=1)
    ]
    hands = [new_person(office, hand.name, hand.phone) for house in FIRMS for hand in house.hands]
    Person.objects.bulk_create([*everybody, *hands])
    known.people = {one.login: person for one, person in zip(STAFF, everybody, strict=True)}
    employed = [one for one in STAFF if not one.everywhere]
    rows = [_staff(known, one, place) for place, one in enumerate(employed, start=1)]
    Staff.objects.bulk_create(_touch(rows, Staff.State.ACTIVE))
    known.staff = {one.login: row for one, row in zip(employed, rows, strict=True)}
    _write_rights(known)


def _write_rights(known: Register) -> None:
    Post.objects.bulk_create(
        _post(known.people[one.login], one.role, None if one.everywhere else known.office)
        for one in STAFF
    )
    Duty.objects.bulk_create(
        duty for one in STAFF if one.login in known.staff for duty in _duties(known, one)
    )
    Certificate.objects.bulk_create(
        Certificate(staff=known.staff[one.login], kind=kind, valid_to=VALID_TO)
        for one in STAFF
        for kind in one.certificates
    )


def _staff(known: Register, one: Colleague, place: int) -> Staff:
    return Staff(
        office=known.office,
        person=known.people[one.login],
        employee_no=f"YG{place:04d}",
        department=known.departments[one.department],
        active_from=local_day(FOUNDED),
        cost_rate=Money(3_200),
    )


def _duties(known: Register, one: Colleague) -> Iterable[Duty]:
    for weekday in one.weekdays:
        opens, closes = one.hours
        yield Duty(
            staff=known.staff[one.login],
            weekday=weekday,
            opens=opens,
            closes=closes,
            from_on=local_day(FOUNDED),
        )


def _post(person: Person, role: Role, office: Office | None, *, firm: int | None = None) -> Post:
    post = Post(person=person, role=role, office=office, from_on=local_day(FOUNDED), firm=firm)
    _touch([post], Post.State.ACTIVE)
    return post


def _write_household(
    known: Register,
    building: str,
    entrance: str,
    room: str,
    facts: Sequence[MemberFacts],
    *,
    login: str,
) -> None:
    house = Building(office=known.office, key=building, name=f"{building} 栋")
    house.save()
    unit = Unit(
        building=house,
        unit_key=entrance,
        room_key=room,
        area_x100=8937,
        status=Unit.Status.OCCUPIED,
    )
    unit.save()
    household = Household(
        office=known.office,
        unit=unit,
        label=f"{building}-{entrance}-{room}",
        opened_on=date(2019, 5, 18),
    )
    _touch([household], Household.State.OPEN)
    household.save()
    known.households[household.label] = household
    people = Person.objects.bulk_create(
        new_person(known.office, fact.name, fact.phone) for fact in facts
    )
    Member.objects.bulk_create(
        _member(household, person, fact) for person, fact in zip(people, facts, strict=True)
    )
    known.people[login] = people[0]


def _member(household: Household, person: Person, fact: MemberFacts) -> Member:
    return Member(
        household=household,
        person=person,
        relation=fact.relation,
        from_on=household.opened_on,
        can_order=fact.can_order,
        can_confirm=fact.can_confirm,
        is_primary=fact.is_primary,
    )


def _write_accounts(known: Register) -> None:
    Account.objects.bulk_create(_account(login, person) for login, person in known.people.items())


def _account(login: str, person: Person) -> Account:
    account = Account(
        username=login,
        person=person,
        password=_password(),
        must_change=False,
        opened_at=FOUNDED,
    )
    _touch([account], Account.State.ACTIVE)
    return account


@cache
def _password() -> str:
    return make_password(PASSWORD)


def _touch(rows: Sequence[D], state: str) -> Sequence[D]:
    for row in rows:
        row.touch(state, by=0, at=FOUNDED)
    return rows
