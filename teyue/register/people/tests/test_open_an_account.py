"""An account"""

from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account, Token
from teyue.register.people.queries import actor_of_account, system
from teyue.register.people.tests.conftest import AT, LATER

pytestmark = pytest.mark.clause("3.0")


@pytest.fixture
def opened(staffed):
    def account(name, username):
        wish = {"username": username, "password": "Sunny-day-2026"}
        return operations.open_account(staffed.person(name), **wish, actor=system(), at=AT)

    return account


@pytest.fixture
def account(opened):
    return opened("任接待", "ren")


def test_has_a_name_of_its_own(account, opened):
    with pytest.raises(Refused) as refused:
        opened("蔡收银", "REN")

    assert refused.value.code == "username_taken"
    assert Account.objects.get() == account


def test_is_the_only_one_of_a_person(account, opened):
    with pytest.raises(Refused) as refused:
        opened("任接待", "ren2")

    assert refused.value.code == "account_known"
    assert Account.objects.get() == account


def test_gets_its_password_from_nobody_else(account, staffed):
    staffed.appointed("安管理", "AD")
    before = account.password

    with pytest.raises(Refused) as refused:
        operations.set_password(
            account, password="Rainy-day-2026", actor=staffed.actor("安管理"), at=LATER
        )

    assert refused.value.code == "another_account"
    assert Account.objects.get().password == before


def test_does_not_keep_the_password_that_it_had(account):
    actor = actor_of_account(account.pk, at=LATER)

    with pytest.raises(Refused) as refused:
        operations.set_password(account, password="Sunny-day-2026", actor=actor, at=LATER)

    assert refused.value.code == "same_password"
    assert Account.objects.get().must_change


def test_has_no_token_for_longer_than_a_year(account):
    actor = actor_of_account(account.pk, at=LATER)
    operations.set_password(account, password="Rainy-day-2026", actor=actor, at=LATER)
    wish = TokenWish("接口", LATER + timedelta(days=367))

    with pytest.raises(Refused) as refused:
        operations.issue_token(account, wish=wish, actor=actor, at=LATER)

    assert refused.value.code == "token_expiry"
    assert not Token.objects.exists()
