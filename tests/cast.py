"""The fixed cast of all tests: 云栖苑 on Tuesday 24 November 2026, 10:42.

Everybody and everything is a fixture of the name used in the office: ``gm`` to ``au`` are actors
with their powers, ``household`` is 3-2-1102, ``tap`` and ``cleaning`` are offers of the price
list. The register is written with the pen in a few statements a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password

from teyue.desks.demo import operations as demo
from teyue.desks.demo.estate import KNOWN_FLAT
from teyue.desks.demo.operations.founding import PRESET
from teyue.desks.demo.people import (
    DEPARTMENTS,
    FIRM_LOGIN,
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
from teyue.procedure.approval.models import Proposal
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.models import Drawer, Shift
from teyue.procedure.pricing import queries as pricing
from teyue.procedure.pricing.queries import Offer
from teyue.procedure.subcontracting.models import Firm, Worker
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


@pytest.fixture
def register(db) -> Iterator[Register]:
    """Write the register: a company of kind demo, one office, two households, the staff.

    The edition is known for the length of the test, as it is for the length of a request.
    """
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
    with edition.known(edition.current()):
        yield known


@pytest.fixture
def office(register) -> Office:
    return register.office


@pytest.fixture
def household(register) -> Household:
    """3-2-1102, where 刘文博 lives."""
    return register.households["3-2-1102"]


@pytest.fixture
def neighbors(register) -> Household:
    """5-1-803, another household."""
    return register.households["5-1-803"]


@pytest.fixture
def members(household) -> dict[str, Member]:
    """The members of 3-2-1102 by their relation."""
    rows = Member.objects.filter(household=household).select_related(
        "person", "household__office", "household__unit__building"
    )
    return {row.relation: row for row in rows}


def _actor(login: str):
    @pytest.fixture(name=login)
    def somebody(register) -> Actor:
        return register.actor(login)

    return somebody


gm, om, ds, cs = _actor("gm"), _actor("om"), _actor("ds"), _actor("cs")
rc, rc2, ca, ca2 = _actor("rc"), _actor("rc2"), _actor("ca"), _actor("ca2")
fn, ad, au, rs = _actor("fn"), _actor("ad"), _actor("au"), _actor("rs")
st, st2, st3, st4 = _actor("st"), _actor("st2"), _actor("st3"), _actor("st4")
neighbor = _actor("neighbor")


@pytest.fixture
def technician(register) -> Staff:
    """王磊, who is ``st``: low voltage, on duty from Monday to Friday, 8 to 18."""
    return register.staff["st"]


@pytest.fixture
def cleaner(register) -> Staff:
    """吴秀英, who is ``st4``: health certificate."""
    return register.staff["st4"]


@pytest.fixture
def small_set(register, gm) -> Proposal:
    """Approve and publish the thirty items, and list the firms."""
    return demo.approve_small_set(actor=gm, at=APPROVED)


@pytest.fixture
def firm(small_set) -> Firm:
    """The first firm of the list, which cleans appliances."""
    return Firm.objects.select_related("office").earliest("pk")


@pytest.fixture
def worker(firm) -> Worker:
    """段文杰 of the first firm, who is ``su``."""
    return Worker.objects.filter(firm=firm).select_related("person", "firm").earliest("pk")


@pytest.fixture
def su(register, firm, worker) -> Actor:
    """The account of the firm that cleans appliances."""
    register.people[FIRM_LOGIN] = worker.person
    with pen.held(Post, Account, Edition):
        _post(worker.person, Role.SU, register.office, firm=firm.pk).save()
        _account(FIRM_LOGIN, worker.person).save()
        edition.replace()
    return register.actor(FIRM_LOGIN)


@pytest.fixture
def tap(small_set) -> Offer:
    """WX-01, a new tap: ¥30.00 a piece, 30 minutes, by the engineers."""
    return offer(small_set.office_id, "WX-01")


@pytest.fixture
def cleaning(small_set) -> Offer:
    """BJ-02, deep cleaning: ¥3.80 a square meter, 240 minutes, by cleaners with certificate."""
    return offer(small_set.office_id, "BJ-02")


@pytest.fixture
def drawer(register) -> Drawer:
    return register.drawers[0]


@pytest.fixture
def second_drawer(register) -> Drawer:
    return register.drawers[1]


@pytest.fixture
def open_shift(drawer, ca) -> Shift:
    """The shift of ``ca``, open since 8:25 with a float of ¥500.00."""
    opened = MORNING.replace(hour=8, minute=25)
    return cashier.open_shift(drawer, float_amount=Money(50_000), actor=ca, at=opened)


def offer(office: int, code: str, variant: str = "", *, at: datetime = MORNING) -> Offer:
    """Return what the price list offers under a code."""
    found = pricing.offer(office, code, variant, at=at)
    assert found is not None, f"{code} {variant} is not offered"
    return found


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


def _touch(rows: Sequence[Document], state: str) -> Sequence[Document]:
    for row in rows:
        row.touch(state, by=0, at=FOUNDED)
    return rows
