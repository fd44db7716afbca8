from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from teyue.desks.signin import factors
from teyue.foundation import clock, pen
from teyue.register.company.models import Company
from teyue.register.people.models import Account
from teyue.web.tests import house


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def office(db):
    return house.first_office(house.company_of_kind("demo", clock.now()), clock.now())


@pytest.fixture
def receptionist(office) -> Account:
    return house.account_of("rc", "RC", office, clock.now())


@pytest.fixture
def cashier(db) -> Account:
    """Somebody who pays in a real company, after the first password was changed."""
    at = clock.now()
    office = house.first_office(house.company_of_kind(Company.Kind.REAL, at), at)
    account = house.account_of("ca", "CA", office, at)
    with pen.held(Account):
        Account.objects.update(must_change=False)
    return account


@pytest.fixture
def secret() -> str:
    return str(factors.new_secret())


def code_of(secret: str, *, ahead: int = 0) -> str:
    counter = list(yield_hotp_counters_from_time())[1] + ahead
    return str(format_hotp_value(hotp_value(secret, counter)))
