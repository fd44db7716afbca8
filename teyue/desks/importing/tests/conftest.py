"""A company with one empty office, an administrator and a CSC supervisor."""

from __future__ import annotations

from datetime import datetime

import pytest

from teyue.foundation.actors import Actor
from teyue.foundation.clock import HOUSE
from teyue.register.company import operations as company
from teyue.register.company.models import Company, Office
from teyue.register.people import access
from teyue.register.people.queries import system

AT = datetime(2026, 11, 24, 10, 42, tzinfo=HOUSE)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def office(db) -> Office:
    founded = company.found(
        name="云栖物业", kind=Company.Kind.DEMO, legal_person="陆景行", actor=system(), at=AT
    )
    return company.open_office(founded, code="YQ01", name="云栖苑管理处", actor=system(), at=AT)


@pytest.fixture
def second_office(office) -> Office:
    return company.open_office(
        office.company, code="LT02", name="兰亭管理处", actor=system(), at=AT
    )


def holder(role: str, office: Office, number: int) -> Actor:
    """Return somebody who holds a post in an office."""
    grants = access.grants(role, office.pk)
    return Actor(id=number, login=role.lower(), posts=frozenset({(role, 0)}), grants=grants)


@pytest.fixture
def ad(office) -> Actor:
    return holder("AD", office, 9001)


@pytest.fixture
def cs(office) -> Actor:
    return holder("CS", office, 9002)


@pytest.fixture
def rc(office) -> Actor:
    return holder("RC", office, 9003)


@pytest.fixture
def system_actor() -> Actor:
    return system()
