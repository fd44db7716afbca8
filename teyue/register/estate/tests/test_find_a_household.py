"""One box"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.register.company import operations as companies
from teyue.register.company.models import Company
from teyue.register.estate import operations, queries
from teyue.register.estate.facts import MemberFacts, Occupancy, UnitFacts
from teyue.register.estate.models import Household, Member, Person
from teyue.register.estate.naming import Room

pytestmark = pytest.mark.clause("4.2.4")
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
POWERS = (
    "company.found", "company.open_office", "estate.add_unit", "estate.add_household",
    "estate.move_out",
)  # fmt: skip
CLERK = Actor(id=7, login="rc", grants=frozenset((power, 0) for power in POWERS))
OWNER, TENANT = Member.Relation.OWNER, Member.Relation.TENANT


@pytest.fixture
def office(db):
    company = companies.found(
        name="特约", kind=Company.Kind.REAL, legal_person="钱", actor=CLERK, at=AT
    )
    return companies.open_office(company, code="YXY1", name="云栖苑", actor=CLERK, at=AT)


@pytest.fixture
def moved_in(office):
    def move(room, *members):
        unit = operations.add_unit(
            office, facts=UnitFacts(Room(*room.split("-")), 8937), actor=CLERK, at=AT
        )
        facts = [MemberFacts(*member) for member in members]
        return operations.add_household(
            unit, occupancy=Occupancy(date(2024, 5, 1)), members=facts, actor=CLERK, at=AT
        )

    return move


@pytest.fixture
def lu(moved_in):
    moved_in("1-1-302", ("张三", "13811112222", OWNER))
    return moved_in("3-2-1102", ("鲁晓明", "139 0013 8001", OWNER), ("单小慧", "", TENANT))


@pytest.mark.parametrize(
    "text",
    ["3-2-1102", "3栋2单元1102", "3-2", "3-1102", "1102", "鲁晓明", "鲁", "lxm", "luxiaoming",
     "321102", "32 1102", "3 2 1102", "3 21102", "32-1102室",
     "sxh", "8001", "13900138001", "+86 139 0013 8001"],
)  # fmt: skip
def test_finds_a_household_by(office, lu, text):
    found = queries.find(office.pk, text)

    assert [card.household.pk for card in found] == [lu.pk]
    assert [member.person.name for member in found[0].members] == ["鲁晓明", "单小慧"]


@pytest.mark.parametrize("text", ["lxm", "8001", "3-2-1102", "321102", "鲁"])
def test_takes_two_statements(office, lu, text, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        queries.find(office.pk, text)


@pytest.mark.parametrize("text", ["", "9-9-999", "0000", "F07-YXY1-20261124-0001", "王"])
def test_finds_nothing_by(office, lu, text):
    assert queries.find(office.pk, text) == ()


def test_keeps_one_person_a_name_and_phone(office, lu, moved_in):
    moved_in("5-1-101", ("鲁晓明", "13900138001", OWNER))

    assert Person.objects.filter(name="鲁晓明").count() == 1
    assert len(queries.find(office.pk, "8001")) == 2


def test_does_not_find_who_moved_out(office, lu):
    operations.move_out(lu, actor=CLERK, at=AT)

    assert queries.find(office.pk, "3-2-1102") == ()
    assert lu.state == Household.State.CLOSED


def test_shows_the_next_household_nothing_of_the_one_before(office, lu):
    operations.move_out(lu, actor=CLERK, at=AT)
    new = operations.add_household(
        lu.unit,
        occupancy=Occupancy(date(2026, 11, 24)),
        members=[MemberFacts("新住户", "13700000000", OWNER)],
        actor=CLERK,
        at=AT,
    )

    actor = Actor(id=8, login="", ties=frozenset({("household", new.pk), ("household", lu.pk)}))

    assert list(queries.seen_by(actor)) == [new]


def test_lets_nobody_move_in_beside_a_household(office, lu):
    with pytest.raises(Refused) as refused:
        operations.add_household(
            lu.unit,
            occupancy=Occupancy(date(2026, 11, 24)),
            members=[MemberFacts("新住户", "13700000000", OWNER)],
            actor=CLERK,
            at=AT,
        )

    assert refused.value.code == "unit_occupied"
    assert Household.objects.count() == 2
