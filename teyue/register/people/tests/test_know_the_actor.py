"""An actor"""

from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.register.company import edition
from teyue.register.estate import operations as estate
from teyue.register.estate.facts import MemberFacts, Occupancy, UnitFacts
from teyue.register.estate.models import Member
from teyue.register.estate.naming import Room
from teyue.register.people import operations
from teyue.register.people.credentials import digest
from teyue.register.people.facts import TokenWish
from teyue.register.people.queries import actor_of_account, actor_of_token, system
from teyue.register.people.tests.conftest import AT, TODAY

MONTH = AT + timedelta(days=30)


@pytest.fixture
def token(staffed):
    def issue(name, **wish):
        account = operations.open_account(
            staffed.person(name), username=name, password="x", actor=system(), at=AT
        )
        actor = actor_of_account(account.pk, at=AT)
        operations.set_password(account, password="Sunny-day-2026", actor=actor, at=AT)
        asked = TokenWish("test", wish.pop("expires_at", MONTH), **wish)
        return operations.issue_token(account, wish=asked, actor=actor, at=AT)

    return issue


def known(text: str) -> tuple[Actor, str]:
    found = actor_of_token(digest(text), at=AT)
    assert found is not None
    return found


def test_is_known_from_a_token_in_one_statement(staffed, token, django_assert_num_queries):
    staffed.appointed("任接待", "RC")
    _, text = token("任接待")

    with django_assert_num_queries(1):
        actor, mark = known(text)

    assert ("booking.register", staffed.office.pk) in actor.grants
    assert mark == edition.current()
    assert actor.tied("staff")


def test_that_lives_here_is_known_in_one_statement_too(staffed, token, django_assert_num_queries):
    unit = estate.add_unit(
        staffed.office, facts=UnitFacts(Room("3", "2", "1102"), 8937), actor=system(), at=AT
    )
    member = MemberFacts("鲁业主", "13900000000", Member.Relation.OWNER, can_confirm=False)
    household = estate.add_household(
        unit, occupancy=Occupancy(TODAY), members=[member], actor=system(), at=AT
    )
    _, text = token("鲁业主")

    with django_assert_num_queries(1):
        actor, _mark = known(text)

    assert actor.tied("household") == actor.tied("orders_for") == {household.pk}
    assert not actor.tied("confirms_for")
    assert "RS" in actor.roles


@pytest.mark.parametrize("days", [31, 400])
def test_is_unknown_after_the_token_expired(staffed, token, days):
    _, text = token("任接待")

    assert actor_of_token(digest(text), at=AT + timedelta(days=days)) is None


def test_is_unknown_by_a_revoked_token(staffed, token):
    row, text = token("任接待")

    operations.revoke_token(row, actor=staffed.actor("任接待"), at=AT)

    assert actor_of_token(digest(text), at=AT) is None


def test_has_no_more_powers_than_the_token_names(staffed, token):
    staffed.appointed("任接待", "RC")
    _, text = token("任接待", powers=frozenset({"orders.read"}))

    actor, _mark = known(text)

    assert {code for code, _scope in actor.grants} == {"orders.read"}


def test_may_not_give_a_token_powers_that_it_lacks(staffed, token):
    with pytest.raises(Refused) as refused:
        token("任接待", powers=frozenset({"cashier.receive"}))

    assert refused.value.code == "power_not_held"
