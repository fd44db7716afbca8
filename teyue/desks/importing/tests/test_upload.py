from __future__ import annotations

import pytest

from teyue.desks.importing import operations
from teyue.desks.importing.examination import examine
from teyue.desks.importing.tests.register import alive, bring, rows
from teyue.foundation import pen
from teyue.foundation.refusal import Refused
from teyue.register.estate.models import Household, Member, Person, Unit
from teyue.register.importing.models import ImportRun
from teyue.register.importing.tests import books
from teyue.register.people.models import Staff

pytestmark = pytest.mark.clause("4.2.4")
MESSY = (books.SAMPLES / "yunqiyuan_messy.xlsx").read_bytes()
TENANT = {"业主姓名": "胡熙", "业主电话": "13800000519", "身份": "租户"}


def test_an_examination_writes_nothing_and_tells_what_is_new(office, ad, at):
    before = rows()

    found = examine(office, MESSY, actor=ad, at=at)

    assert rows() == before
    first = found.sheets[0]
    assert (first.rows, first.stopped, first.standing, first.fresh) == (2014, 13, 0, 2001)
    assert found.adds["staff"] == 34
    assert str(found.faults[0]).startswith("房屋与住户 第50行 D列 建筑面积为空")


def test_what_was_foretold_is_what_is_made(office, ad, at):
    found = examine(office, MESSY, actor=ad, at=at)

    bring(office, MESSY, actor=ad, at=at)

    made = {name.lower(): number for name, number in rows().items()}
    posts = found.adds.pop("post") + found.adds.pop("proposed_post")
    assert found.adds == {name: made[name] for name in found.adds}
    assert made["post"] == posts


def test_the_same_file_again_changes_nothing(office, ad, at):
    run = bring(office, MESSY, actor=ad, at=at)
    before = rows()

    found = examine(office, MESSY, actor=ad, at=at)
    again = operations.upload(found, name="名册.xlsx", actor=ad, at=at)

    assert not found.brings_something
    assert (again.pk, rows()) == (run.pk, before)


def test_a_corrected_file_adds_only_what_is_new(office, ad, at):
    bring(office, books.households({}, {**TENANT, "业主电话": "138"}), actor=ad, at=at)

    run = bring(office, books.households({}, TENANT), actor=ad, at=at)

    assert (Unit.objects.count(), Household.objects.count(), Member.objects.count()) == (1, 1, 2)
    assert [run.counts[0][name] for name in ("standing", "fresh", "stopped")] == [1, 1, 0]
    assert run.adds == {"person": 1, "member": 1}


def test_a_newcomers_remark_joins_the_note_of_the_household(office, ad, at):
    bring(office, books.households({"备注": "养狗"}), actor=ad, at=at)

    newcomer = {**TENANT, "备注": "有钢琴，老人独居"}
    bring(office, books.households({"备注": "养狗"}, newcomer), actor=ad, at=at)

    household = Household.objects.get()
    assert household.visit_note == "养狗、有钢琴"
    assert household.inquiry_set.get().subject == "elderly"


def test_a_family_that_moved_out_is_not_brought_back(office, ad, at):
    bring(office, books.households({}), actor=ad, at=at)
    moved_out(Household.objects.get())

    found = examine(office, books.households({}), actor=ad, at=at)

    assert not found.brings_something
    assert found.sheets[0].standing == 1


def test_who_moves_in_after_them_is_a_household_of_its_own(office, ad, at):
    bring(office, books.households({}), actor=ad, at=at)
    moved_out(Household.objects.get())

    bring(office, books.households({}, TENANT), actor=ad, at=at)

    states = Household.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["closed", "open"]
    assert Household.objects.get(state="open").members.get().person.name == "胡熙"


def test_the_same_people_in_two_offices_are_two_persons(office, second_office, system_actor, at):
    bring(office, books.households({}), actor=system_actor, at=at)

    bring(second_office, books.households({}), actor=system_actor, at=at)

    assert Person.objects.filter(name="刘娜").count() == 2
    assert Household.objects.filter(office=second_office, label="3-2-1102").count() == 1


def test_somebody_of_one_office_imports_nothing_into_another(office, second_office, ad, at):
    found = examine(second_office, books.households({}), actor=ad, at=at)

    with pytest.raises(Refused) as caught:
        operations.upload(found, name="名册.xlsx", actor=ad, at=at)

    assert caught.value.code == "no_power"
    assert not ImportRun.objects.exists()


@pytest.mark.clause("3.4")
def test_a_number_of_somebody_else_stops_its_row(office, ad, at):
    bring(office, books.staff({}), actor=ad, at=at)

    other = books.staff({"姓名": "孙磊", "电话": "13900002371"})
    found = examine(office, other, actor=ad, at=at)

    assert [str(fault) for fault in found.faults] == [
        "员工 第2行 工号YG0007在册的是另一名员工，请核对工号、姓名和电话后重新导入。"
    ]
    assert (found.stopped, Staff.objects.count()) == (1, 1)


def test_the_number_of_statements_does_not_grow_with_the_rows(
    office, ad, at, django_assert_max_num_queries
):
    homes = [{"房号": str(number), "业主电话": f"139{number:08}"} for number in range(101, 601)]
    found = examine(office, books.households(*homes), actor=ad, at=at)
    run = operations.upload(found, name="名册.xlsx", actor=ad, at=at)

    with django_assert_max_num_queries(60):
        operations.proceed(run, actor=ad, at=at)

    assert alive()["Household"] == 500


def moved_out(household: Household) -> None:
    with pen.held(Household):
        Household.objects.filter(pk=household.pk).update(state=Household.State.CLOSED)
