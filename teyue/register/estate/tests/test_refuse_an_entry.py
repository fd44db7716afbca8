"""The register of households refuses"""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import MORNING
from teyue.foundation.refusal import Refused
from teyue.register.estate import operations
from teyue.register.estate.facts import MemberFacts, Occupancy, UnitFacts
from teyue.register.estate.models import Household, Member, Unit
from teyue.register.estate.naming import Room

pytestmark = pytest.mark.clause("4.2.4")
TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)
OWNER = MemberFacts("何静", "13900001234", Member.Relation.OWNER)


@pytest.fixture
def unit(office, rc):
    facts = UnitFacts(Room("9", "1", "101"), 8937)
    return operations.add_unit(office, facts=facts, actor=rc, at=MORNING)


@pytest.fixture
def moving_in(unit, rc):
    def move(*members, on=TODAY):
        with pytest.raises(Refused) as refused:
            operations.add_household(
                unit, occupancy=Occupancy(on), members=members, actor=rc, at=MORNING
            )
        return refused.value

    return move


def test_a_unit_twice(office, unit, rc):
    facts = UnitFacts(Room("9", "1", "101"), 9000)

    with pytest.raises(Refused) as refused:
        operations.add_unit(office, facts=facts, actor=rc, at=MORNING)

    assert (refused.value.code, refused.value.field) == ("unit_known", "room")
    assert Unit.objects.get(pk=unit.pk).area_x100 == 8937


def test_a_unit_without_an_area(office, rc):
    before = Unit.objects.count()

    with pytest.raises(Refused) as refused:
        operations.add_unit(office, facts=UnitFacts(Room("9", "1", "102"), 0), actor=rc, at=MORNING)

    assert (refused.value.code, refused.value.field) == ("area_missing", "area")
    assert Unit.objects.count() == before


def test_a_household_without_anybody(moving_in, unit):
    refusal = moving_in()

    assert refusal.code == "nobody_lives_there"
    assert not Household.objects.filter(unit=unit).exists()


def test_a_household_that_moves_in_tomorrow(moving_in, unit):
    refusal = moving_in(OWNER, on=TOMORROW)

    assert (refusal.code, refusal.field) == ("date_ahead", "opened_on")
    assert not Household.objects.filter(unit=unit).exists()


def test_a_member_who_is_one_already(household, members, rc):
    known = next(iter(members.values()))
    facts = MemberFacts(known.person.name, known.person.phone, Member.Relation.FAMILY)

    with pytest.raises(Refused) as refused:
        operations.add_member(household, facts=facts, actor=rc, at=MORNING)

    assert (refused.value.code, refused.value.field) == ("member_known", "name")
    assert Member.objects.filter(household=household).count() == len(members)


def test_a_second_owner(household, members, rc):
    with pytest.raises(Refused) as refused:
        operations.add_member(household, facts=OWNER, actor=rc, at=MORNING)

    assert (refused.value.code, refused.value.field) == ("owner_known", "relation")
    assert Member.objects.filter(household=household).count() == len(members)
