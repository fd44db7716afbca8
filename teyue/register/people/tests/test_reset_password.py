"""A printed code"""

from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.models import ResetCode
from teyue.register.people.queries import actor_of_account, system
from teyue.register.people.tests.conftest import AT, LATER


@pytest.fixture
def account(staffed):
    return operations.open_account(
        staffed.person("任接待"), username="ren", password="first", actor=system(), at=AT
    )


@pytest.fixture
def reset(account):
    def choose(code, *, at=LATER, password="Sunny-day-2026"):
        actor = actor_of_account(account.pk, at=at)
        return operations.reset_password(account, code=code, password=password, actor=actor, at=at)

    return choose


def test_sets_a_new_password_however_it_is_typed(account, reset):
    code = operations.print_reset_code(account, actor=system(), at=AT)

    reset(code.lower().replace("-", " "))

    assert account.check_password("Sunny-day-2026")
    assert not account.must_change


def test_works_once(account, reset):
    code = operations.print_reset_code(account, actor=system(), at=AT)
    reset(code)

    with pytest.raises(Refused) as refused:
        reset(code, password="Rainy-day-2026")

    assert refused.value.code == "code_invalid"
    assert account.check_password("Sunny-day-2026")


def test_is_worthless_after_a_day(account, reset):
    code = operations.print_reset_code(account, actor=system(), at=AT)

    with pytest.raises(Refused) as refused:
        reset(code, at=AT + timedelta(hours=25))

    assert refused.value.code == "code_invalid"
    assert account.must_change


def test_is_not_kept_in_the_clear(account):
    code = operations.print_reset_code(account, actor=system(), at=AT)

    assert code.replace("-", "") not in ResetCode.objects.get().digest.upper()


def test_does_not_allow_a_weak_password(account, reset):
    code = operations.print_reset_code(account, actor=system(), at=AT)

    with pytest.raises(Refused) as refused:
        reset(code, password="123")

    assert refused.value.code == "weak_password"
    assert ResetCode.objects.get().used_at is None
