"""Compare rows of staff with the register, and say what they would add to it.

A post begins on the day of the import, because nobody can be appointed for the past. Posts that
need the general manager's signature are only proposed; a post that the importer may not give is
left out and told. Whoever serves households is on duty from Monday to Saturday, 08:00 to 18:00,
until the roster says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused
from teyue.register.company.models import Department, Office
from teyue.register.estate.models import Person
from teyue.register.importing import steps
from teyue.register.importing.faults import Fault, Notice
from teyue.register.importing.forecasts import Forecast
from teyue.register.importing.persons import Persons
from teyue.register.importing.staff import StaffRow
from teyue.register.people import separation
from teyue.register.people.models import Certificate, Duty, Post, Role, Staff
from teyue.register.people.separation import Held

SERVICE_DAYS = range(6)
SERVICE_HOURS = (8 * 60, 18 * 60)
PARTICULARS = ("employee_no", "department", "active_from", "active_to", "cost_rate")
DEPARTMENT_KINDS = {"management": Department.Kind.OFFICE}


@dataclass(slots=True)
class Hire:
    """What one row adds; ``staff`` has an id when somebody returns whose entry was undone.

    ``post`` is held at once, ``proposed`` waits for the general manager's signature.
    """

    staff: Staff
    certificates: list[Certificate] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    post: Post | None = None
    proposed: Post | None = None


@dataclass(slots=True)
class Payroll:
    """What all rows add."""

    departments: list[Department] = field(default_factory=list)
    hires: list[Hire] = field(default_factory=list)
    fresh: list[StaffRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def posts(self) -> list[Post]:
        """Return the posts that are held at once."""
        return [hire.post for hire in self.hires if hire.post]

    def proposed(self) -> list[Post]:
        """Return the posts that wait for the general manager's signature."""
        return [hire.proposed for hire in self.hires if hire.proposed]


def pairs(rows: Sequence[StaffRow]) -> list[tuple[str, str]]:
    """Return the name and phone of everybody the rows speak of."""
    return [(row.name, row.phone) for row in rows]


def forecast(
    office: Office, rows: Sequence[StaffRow], persons: Persons, *, actor: Actor, at: datetime
) -> Forecast[StaffRow]:
    """Say what the rows would add to the register of an office."""
    already = len(persons.new)
    payroll = plan(office, rows, persons, actor=actor, at=at)
    adds = {
        "department": len(payroll.departments),
        "staff": len(payroll.hires),
        "person": len(persons.new) - already,
        "certificate": sum(len(hire.certificates) for hire in payroll.hires),
        "duty": sum(len(hire.duties) for hire in payroll.hires),
        "post": len(payroll.posts()),
        "proposed_post": len(payroll.proposed()),
    }
    standing = len(rows) - len(payroll.fresh) - len(payroll.faults)
    faults, notices = tuple(payroll.faults), tuple(payroll.notices)
    return Forecast("staff", tuple(payroll.fresh), standing, adds, faults, notices)


def plan(
    office: Office, rows: Sequence[StaffRow], persons: Persons, *, actor: Actor, at: datetime
) -> Payroll:
    """Return what the rows add, not kept yet. Four statements, however many rows there are."""
    there = _There.of(office, rows, persons)
    payroll = Payroll()
    for row in rows:
        known = there.staff_of(persons.find(row.name, row.phone))
        if fault := _contradiction(row, known, there):
            payroll.faults.append(fault)
        elif known is None or known.state == Staff.State.VOID:
            person = persons.get(row.name, row.phone)
            hire = Hire(known or Staff(office=office, person=person))
            _employ(hire, row, _department(payroll, there, row), at)
            payroll.hires.append(hire)
            payroll.fresh.append(row)
            payroll.notices += _appoint(hire, row, there, actor, at)
    return payroll


@dataclass(slots=True)
class _There:
    """What the register has of the people that rows speak of."""

    office: Office
    departments: dict[str, Department]
    by_number: Mapping[str, int]
    by_person: Mapping[int, Staff]
    posts: Mapping[int, tuple[Held, ...]]

    @classmethod
    def of(cls, office: Office, rows: Sequence[StaffRow], persons: Persons) -> _There:
        numbers = {row.employee_no for row in rows}
        taken = Staff.objects.filter(office=office, employee_no__in=numbers)
        taken = taken.exclude(state=Staff.State.VOID)
        ids = persons.known_ids()
        posts: dict[int, tuple[Held, ...]] = {}
        live = Post.objects.filter(person__in=ids, state__in=separation.LIVE)
        for person, role, place in live.values_list("person_id", "role", "office_id"):
            posts[person] = (*posts.get(person, ()), Held(Role(role), place))
        return cls(
            office=office,
            departments={row.name: row for row in Department.objects.filter(office=office)},
            by_number=dict(taken.values_list("employee_no", "person_id")),
            by_person={staff.person_id: staff for staff in Staff.objects.filter(person__in=ids)},
            posts=posts,
        )

    def staff_of(self, person: Person | None) -> Staff | None:
        return self.by_person.get(person.pk) if person and person.pk else None


def _contradiction(row: StaffRow, known: Staff | None, there: _There) -> Fault | None:
    holder = there.by_number.get(row.employee_no)
    if holder is not None and (known is None or known.person_id != holder):
        text = _("工号%(number)s在册的是另一名员工，请核对工号、姓名和电话后重新导入。")
        return Fault(row.sheet, row.row, "", text % {"number": row.employee_no})
    if known and known.state != Staff.State.VOID and known.employee_no != row.employee_no:
        text = _("这名员工在册的工号是%(number)s，请改成一致后重新导入。")
        return Fault(row.sheet, row.row, "", text % {"number": known.employee_no})
    return None


def _department(payroll: Payroll, there: _There, row: StaffRow) -> Department:
    kind = DEPARTMENT_KINDS.get(row.department_kind, row.department_kind)
    alike = (other for other in there.departments.values() if other.kind == kind)
    known = there.departments.get(row.department) or next(alike, None)
    if known is None:
        known = Department(office=there.office, name=row.department, kind=kind)
        there.departments[row.department] = known
        payroll.departments.append(known)
    return known


def _employ(hire: Hire, row: StaffRow, department: Department, at: datetime) -> None:
    staff = hire.staff
    staff.employee_no, staff.department = row.employee_no, department
    staff.active_from, staff.active_to = row.hired_on, None
    staff.cost_rate = Money(row.cost_fen_per_hour or 0)
    hire.certificates = [
        Certificate(staff=staff, kind=proof.kind, valid_to=proof.valid_to)
        for proof in row.certificates
    ]
    opens, closes = SERVICE_HOURS
    if row.role == Role.ST:
        hire.duties = [
            Duty(staff=staff, weekday=day, opens=opens, closes=closes, from_on=_begin(row, at))
            for day in SERVICE_DAYS
        ]


def _appoint(hire: Hire, row: StaffRow, there: _There, actor: Actor, at: datetime) -> list[Notice]:
    """Give the hire a post, or say why there is none."""
    person, role = hire.staff.person, Role(row.role)
    office = None if role == Role.GM else there.office
    post = Post(person=person, role=role, office=office, from_on=_begin(row, at))
    others = there.posts.get(person.pk or 0, ())
    if any(held.role == role and held.office == post.office_id for held in others):
        return []
    signed = separation.needs_signature(role, post.office_id, others)
    step = steps.PROPOSE_POSTS if signed else steps.IMPORT_POSTS
    refusal = step.objection(post, actor=actor, at=at) or _clash(post, others)
    if refusal:
        told = {"post": role.label, "reason": refusal.message}
        text = _("员工照常录入，岗位“%(post)s”没有任命：%(reason)s") % told
        return [Notice(row.sheet, row.row, "", text)]
    hire.post, hire.proposed = (None, post) if signed else (post, None)
    return []


def _clash(post: Post, others: tuple[Held, ...]) -> Refused | None:
    """I-32, I-40: posts that one person may not hold together."""
    found = separation.clashing(Role(post.role), post.office_id, others)
    if not found:
        return None
    text = _("这名员工已任“%(other)s”，两个岗位不能由同一人担任，请先免去原岗位。")
    return Refused("incompatible_posts", text % {"other": found[0].label})


def _begin(row: StaffRow, at: datetime) -> date:
    today = local_day(at)
    return max(row.hired_on or today, today)
