"""A company"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.register.company import operations
from teyue.register.company.models import Company, Office
from teyue.register.company.queries import is_demo

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.0")]
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SYSTEM = Actor(
    id=0, login="system", grants=frozenset({("company.found", 0), ("company.open_office", 0)})
)


def found(kind):
    return operations.found(name="特约", kind=kind, legal_person="钱", actor=SYSTEM, at=AT)


def test_of_kind_demo_never_becomes_real():
    found(Company.Kind.DEMO)

    with pytest.raises(Refused) as refused:
        found(Company.Kind.REAL)

    assert refused.value.code == "company_exists"
    assert is_demo()


def test_has_offices_with_codes_of_their_own():
    company = found(Company.Kind.REAL)
    operations.open_office(company, code="yxy1", name="云栖苑", actor=SYSTEM, at=AT)

    with pytest.raises(Refused) as refused:
        operations.open_office(company, code="YXY1", name="另一处", actor=SYSTEM, at=AT)

    assert refused.value.code == "office_code_taken"
    assert Office.objects.get().code == "YXY1"


@pytest.mark.parametrize("code", ["", "云栖", "A", "TOO-LONG-1"])
def test_refuses_an_office_code_that_no_number_could_carry(code):
    company = found(Company.Kind.REAL)

    with pytest.raises(Refused) as refused:
        operations.open_office(company, code=code, name="云栖苑", actor=SYSTEM, at=AT)

    assert refused.value.code == "office_code_unreadable"
    assert not Office.objects.exists()
