"""Fill an empty database for a run: the demo company, more hands, tokens, and orders that wait.

Run by :func:`bench.server.inside` with the numbers of cashiers, hands and orders; what clients
need goes to standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.flow import CALLS, ITEM, Job
from bench.server import PASSWORD
from teyue.desks.demo import course
from teyue.desks.demo import operations as demo
from teyue.foundation import clock, pen
from teyue.foundation.clock import HOUSE, local_day
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.models import Drawer
from teyue.procedure.pricing import queries as pricing
from teyue.procedure.pricing.models import Standard
from teyue.register.calendar.queries import calendar_of
from teyue.register.company import edition
from teyue.register.company.models import Department, Edition, Office
from teyue.register.estate.models import Household, Person
from teyue.register.estate.persons import new_person
from teyue.register.people import operations as people
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account, Duty, Post, Role, Staff
from teyue.register.people.queries import actor_of_person

OPENS, CLOSES = 8 * 60, 18 * 60
WEEK = range(7)
# Between the quiet hours of the strictest city, one every 45 minutes.
STARTS = tuple(time(*divmod(minute, 60)) for minute in (485, 530, 575, 620, 845, 890, 935, 980))
DAYS_AHEAD = 40
ROWS = (Account, Drawer, Duty, Edition, Person, Post, Staff)


def main() -> None:
    """Fill the database, and print what clients need as JSON."""
    cashiers, hands, orders = (int(word) for word in sys.argv[2:5])
    at = clock.now()
    demo.set_up(password=PASSWORD, at=at)
    office = Office.objects.earliest("pk")
    staff = _hire(office, hands, at)
    tills = [_open_till(office, number, at) for number in range(cashiers)]
    told = {
        "tokens": {login: _token(login, at) for login in ("rc", "rc2", "cs", *tills)},
        "tills": tills,
        "households": list(_homes(office).values_list("pk", flat=True)),
        "staff": [one.pk for one in staff],
        "starts": [start.isoformat() for start in _starts(office, at)],
        "checklist": _checklist(office),
        "orders": _booked(office, orders, at),
    }
    told["statements"] = _statements(told)
    sys.stdout.write(json.dumps(told))


def _hire(office: Office, count: int, at: datetime) -> list[Staff]:
    crew = Department.objects.get(office=office, kind=Department.Kind.ENGINEERING)
    today = local_day(at)
    with pen.held(*ROWS):
        persons = [_person(office, f"技工{n}", f"1360000{n:04d}") for n in range(count)]
        staff = [
            Staff(
                office=office,
                person=person,
                employee_no=f"JG{n:04d}",
                department=crew,
                active_from=today,
                cost_rate=Money(3_200),
            )
            for n, person in enumerate(persons)
        ]
        for one in staff:
            one.touch(Staff.State.ACTIVE, by=0, at=at)
        Staff.objects.bulk_create(staff)
        Duty.objects.bulk_create(duty for one in staff for duty in _duties(one, at))
        for person in persons:
            _post(person, Role.ST, office, at)
        edition.replace()
    return staff


def _duties(staff: Staff, at: datetime) -> Iterator[Duty]:
    for weekday in WEEK:
        yield Duty(staff=staff, weekday=weekday, opens=OPENS, closes=CLOSES, from_on=local_day(at))


def _open_till(office: Office, number: int, at: datetime) -> str:
    login = f"ca{number + 10}"
    with pen.held(*ROWS):
        person = _person(office, f"收银{number}", f"1370000{number:04d}")
        _post(person, Role.CA, office, at)
        account = Account(username=login, person=person, must_change=False, opened_at=at)
        account.touch(Account.State.ACTIVE, by=0, at=at)
        account.save()
        drawer = Drawer(office=office, name=f"{number + 10} 号台")
        drawer.touch(Drawer.State.IN_USE, by=0, at=at)
        drawer.save()
        edition.replace()
    actor = actor_of_person(person, at=at)
    cashier.open_shift(drawer, float_amount=Money(50_000), actor=actor, at=at)
    return login


def _person(office: Office, name: str, phone: str) -> Person:
    person = new_person(office, name, phone)
    person.save()
    return person


def _post(person: Person, role: Role, office: Office, at: datetime) -> None:
    post = Post(person=person, role=role, office=office, from_on=local_day(at))
    post.touch(Post.State.ACTIVE, by=0, at=at)
    post.save()


def _token(login: str, at: datetime) -> str:
    account = Account.objects.select_related("person").get(username=login)
    wish = TokenWish(label="bench", expires_at=at + timedelta(hours=12))
    actor = actor_of_person(account.person, at=at)
    return people.issue_token(account, wish=wish, actor=actor, at=at)[1]


def _homes(office: Office) -> Any:
    return Household.objects.filter(office=office, state=Household.State.OPEN).order_by("pk")


def _starts(office: Office, at: datetime) -> Iterator[datetime]:
    calendar, today = calendar_of(office.pk), local_day(at)
    for ahead in range(1, DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        if calendar.kind(day) == "workday":
            yield from (datetime.combine(day, start, HOUSE) for start in STARTS)


def _checklist(office: Office) -> list[str]:
    found = pricing.offer(office.pk, ITEM, "", at=clock.now())
    if found is None:
        raise SystemExit(f"{ITEM} is not offered")
    standard = Standard.objects.get(item=found.item, state=Standard.State.IN_FORCE)
    return [str(point["no"]) for point in standard.steps]


def _booked(office: Office, count: int, at: datetime) -> list[dict[str, str]]:
    """Book orders that wait for payment, each in a household of its own."""
    receptionist = actor_of_person(Account.objects.get(username="rc").person_id, at=at)
    found = pricing.offer(office.pk, ITEM, "", at=at)
    if found is None:
        raise SystemExit(f"{ITEM} is not offered")
    homes = [home for home in _homes(office) if not Order.objects.filter(household=home).exists()]
    asked = (course.wish(homes[n % len(homes)], found, at=at) for n in range(count))
    told = [replace(one, duplicate_reason="另一处") for one in asked]
    orders = [course.booked(one, actor=receptionist, at=at) for one in told]
    return [{"number": str(one.number), "required": one.required.plain} for one in orders]


def _statements(told: dict[str, Any]) -> dict[str, int]:
    """Count the statements of each call, the second time, borders of transactions left out."""
    for turn in (-2, -1):
        answers: dict[str, Any] = {}
        counted: dict[str, int] = {}
        job = Job(
            household=told["households"][turn],
            staff=told["staff"][turn],
            starts=datetime.fromisoformat(told["starts"][-1]),
            checklist=tuple(told["checklist"]),
        )
        for call in CALLS:
            who = told["tills"][0] if call.who == "ca" else call.who
            body = call.body(job, answers, clock.now())
            headers = {
                "Authorization": f"Bearer {told['tokens'][who]}",
                "Idempotency-Key": f"count-{turn}-{call.name}",
            }
            with CaptureQueriesContext(connection) as asked:
                answer = Client(SERVER_NAME="127.0.0.1").post(
                    call.path, body, content_type="application/json", headers=headers
                )
            answers[call.name] = answer.json()
            if answer.status_code != 201:
                raise SystemExit(f"{call.name}: {answer.content.decode()}")
            counted[call.name] = sum(_counts(one["sql"]) for one in asked)
    return counted


def _counts(statement: str) -> bool:
    borders = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return not statement.lstrip().upper().startswith(borders)


if __name__ == "__main__":
    main()
