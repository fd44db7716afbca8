from __future__ import annotations

import pytest
from django.core.cache import cache

from teyue.foundation import clock
from teyue.register.company.models import Company, Office
from teyue.register.people.models import Account
from teyue.web.tests import house


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def company(db) -> Company:
    return house.company_of_kind("demo", clock.now())


@pytest.fixture
def office(company) -> Office:
    return house.first_office(company, clock.now())


@pytest.fixture
def administrator(office) -> Account:
    return house.account_of("ad", "AD", office, clock.now())


@pytest.fixture
def receptionist(office) -> Account:
    return house.account_of("rc", "RC", office, clock.now())


@pytest.fixture
def as_administrator(administrator) -> dict[str, str]:
    return house.token_of(administrator)


@pytest.fixture
def as_receptionist(receptionist) -> dict[str, str]:
    return house.token_of(receptionist)
