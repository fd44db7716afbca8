"""A small house for the tests of the doors: one company, one office, people with accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from teyue.foundation import clock, pen
from teyue.register.company import operations as company
from teyue.register.company.models import Company, Office
from teyue.register.people import operations as people
from teyue.register.people import queries
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account, Post

PASSWORD = "云栖-tingyu-2026"


def company_of_kind(kind: str, at: datetime) -> Company:
    kind_of_company = Company.Kind(kind)
    system = queries.system()
    return company.found(
        name="云栖物业", kind=kind_of_company, legal_person="沈云", actor=system, at=at
    )


def first_office(of: Company, at: datetime) -> Office:
    return company.open_office(of, code="YX", name="云栖苑", actor=queries.system(), at=at)


def account_of(username: str, role: str, office: Office, at: datetime) -> Account:
    system = queries.system()
    person = people.admit(
        office.company, office=office, name=f"陈{username}", phone="", actor=system, at=at
    )
    account = people.open_account(person, username=username, password=PASSWORD, actor=system, at=at)
    with pen.held(Post):
        Post.objects.create(
            person=person, role=role, office=office, state="active", from_on=date(2020, 1, 1)
        )
    return account


def token_of(account: Account) -> dict[str, str]:
    at = clock.now()
    actor = queries.actor_of_account(account.pk, at=at)
    wish = TokenWish(label="test", expires_at=at + timedelta(hours=1))
    _, text = people.issue_token(account, wish=wish, actor=actor, at=at)
    return {"Authorization": f"Bearer {text}"}
