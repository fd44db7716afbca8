from __future__ import annotations

import pytest

from teyue.desks.importing import operations
from teyue.desks.importing.examination import examine
from teyue.desks.importing.tests.register import alive, bring, rows
from teyue.foundation.journal.models import Entry
from teyue.foundation.refusal import Refused
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.register.estate.models import Household, Inquiry, Member, Person, Unit
from teyue.register.importing import operations as importing
from teyue.register.importing.models import Batch, ImportRun
from teyue.register.importing.tests import books
from teyue.register.people.models import Duty, Post, Staff

pytestmark = pytest.mark.clause("4.2.4")
CLEAN = (books.SAMPLES / "yunqiyuan.xlsx").read_bytes()
TENANT = {"房屋状态": "出租", "业主姓名": "胡熙", "业主电话": "13800000519", "身份": "租户"}


@pytest.fixture
def uploaded(office, ad, at):
    found = examine(office, books.households({}), actor=ad, at=at)
    return operations.upload(found, name="名册.xlsx", actor=ad, at=at)


def test_a_whole_workbook_goes_in(office, ad, at):
    bring(office, CLEAN, actor=ad, at=at)

    counted = alive()
    assert [counted["Unit"], counted["Household"], counted["Member"]] == [1696, 1696, 1984]
    assert [counted["Staff"], counted["Firm"]] == [34, 6]


def test_owner_and_tenant_of_a_let_unit_are_members_of_one_household(office, ad, at):
    bring(office, books.households({"房屋状态": "出租"}, TENANT), actor=ad, at=at)

    household = Household.objects.get()
    assert (household.label, household.state, household.unit.status) == ("3-2-1102", "open", "let")
    members = household.members.order_by("pk").values_list("relation", "can_order", "is_primary")
    assert list(members) == [("owner", True, True), ("tenant", True, False)]


def test_the_owner_of_a_vacant_home_may_order(office, ad, at):
    bring(office, books.households({"房屋状态": "空置"}), actor=ad, at=at)

    member = Member.objects.get()
    assert (member.can_order, member.can_confirm) == (True, True)
    assert Unit.objects.get().status == "vacant"


def test_a_family_member_confirms_only_when_authorized(office, ad, at):
    bring(office, books.households({"身份": "家属"}), actor=ad, at=at)

    member = Member.objects.get()
    assert (member.can_order, member.can_confirm) == (True, False)


def test_a_second_owner_of_a_unit_is_a_co_owner(office, ad, at):
    second = {"业主姓名": "胡熙", "业主电话": "13800000519"}

    bring(office, books.households({}, second), actor=ad, at=at)

    assert list(Member.objects.order_by("pk").values_list("relation", flat=True)) == [
        "owner",
        "co_owner",
    ]


def test_an_owner_of_two_flats_is_one_person(office, ad, at):
    bring(office, books.households({}, {"房号": "1103"}), actor=ad, at=at)

    assert (Person.objects.count(), Member.objects.count()) == (1, 2)


@pytest.mark.clause("4.2.4")
def test_a_sensitive_remark_becomes_a_question_and_a_harmless_one_a_note(office, ad, at):
    bring(office, books.households({"备注": "老人独居，养狗"}), actor=ad, at=at)

    assert Household.objects.get().visit_note == "养狗"
    inquiry = Inquiry.objects.get()
    assert (inquiry.subject, inquiry.state) == ("elderly", "open")


@pytest.mark.clause("3.4")
def test_staff_come_with_post_department_certificate_and_duty(office, ad, at):
    held = {"持证": "低压电工", "证书有效期至": "2028-03-19"}

    bring(office, books.staff(held), actor=ad, at=at)

    staff = Staff.objects.get(department__name="工程部")
    assert (staff.employee_no, staff.state) == ("YG0007", "active")
    assert [proof.kind for proof in staff.certificates.all()] == ["low_voltage"]
    assert Duty.objects.filter(staff=staff, opens=480, closes=1080).count() == 6
    assert Post.objects.get().state == Post.State.ACTIVE


@pytest.mark.clause("3.5")
def test_cashier_and_finance_wait_for_the_general_managers_signature(office, ad, at):
    bring(office, books.staff({"部门": "财务部", "岗位": "收银员"}), actor=ad, at=at)

    post = Post.objects.get()
    assert (post.role, post.state) == ("CA", Post.State.PROPOSED)


@pytest.mark.clause("3.1")
def test_a_general_manager_is_not_appointed_by_a_workbook(office, ad, at):
    run = bring(office, books.staff({"部门": "管理处", "岗位": "总经理"}), actor=ad, at=at)

    assert not Post.objects.exists()
    assert Staff.objects.count() == 1
    assert "没有任命" in run.notices[-1][3]


@pytest.mark.clause("3.4")
def test_who_may_not_hire_brings_households_but_leaves_the_staff_out(office, cs, at):
    both = books.book(
        房屋与住户=books.rows(books.HOUSEHOLDS, books.LIU), 员工=books.rows(books.STAFF, books.ZHOU)
    )

    run = bring(office, both, actor=cs, at=at)

    assert (Household.objects.count(), Staff.objects.count()) == (1, 0)
    assert [fault[:3] for fault in run.faults] == [["员工", 0, ""]]


@pytest.mark.clause("4.2.6")
def test_firms_enter_as_candidates_with_their_items(office, ad, at):
    bring(office, books.firms({}), actor=ad, at=at)

    assert Firm.objects.get().state == Firm.State.CANDIDATE
    items = FirmItem.objects.filter(item=None).order_by("item_code")
    told = items.values_list("item_code", "state")
    assert list(told) == [("BJ-01", "candidate"), ("BJ-02", "candidate")]


def test_a_batch_leaves_one_entry_with_the_digest_of_its_rows(office, ad, at):
    bring(office, books.households({}, {"房号": "1103"}), actor=ad, at=at)

    entry = Entry.objects.get(step="importing.import_households")
    assert int(entry.note["count"]) == 2
    assert len(entry.note["rows"]) == 64


def test_rows_are_not_kept_once_they_are_in(office, ad, at):
    run = bring(office, books.households({}), actor=ad, at=at)

    assert run.state == ImportRun.State.IMPORTED
    assert [batch.rows for batch in Batch.objects.all()] == [""]


def test_who_has_no_power_brings_nothing(office, rc, at):
    found = examine(office, books.households({}), actor=rc, at=at)
    before = rows()

    with pytest.raises(Refused) as caught:
        operations.upload(found, name="名册.xlsx", actor=rc, at=at)

    assert caught.value.code == "no_power"
    assert rows() == before


def test_half_an_import_is_finished_later(office, ad, at, monkeypatch):
    monkeypatch.setattr("teyue.register.importing.batches.SIZE", 1)
    found = examine(office, books.households({}, {"房号": "1103"}), actor=ad, at=at)
    run = operations.upload(found, name="名册.xlsx", actor=ad, at=at)

    halfway = operations.proceed(run, actor=ad, at=at)

    assert (halfway.state, Household.objects.count()) == (ImportRun.State.PREVIEWED, 1)
    assert operations.import_all(run, actor=ad, at=at).state == ImportRun.State.IMPORTED
    assert Household.objects.count() == 2


def test_a_batch_goes_in_once(office, ad, at, uploaded):
    batch = Batch.objects.get(run=uploaded)
    importing.import_households(batch, actor=ad, at=at)
    before = rows()

    with pytest.raises(Refused) as caught:
        importing.import_households(batch, actor=ad, at=at)

    assert caught.value.code == "already_in"
    assert rows() == before


def test_a_run_is_not_closed_before_all_of_it_is_in(ad, at, uploaded):
    with pytest.raises(Refused) as caught:
        importing.confirm(uploaded, actor=ad, at=at)

    assert caught.value.code == "not_all_in"
    assert ImportRun.objects.get().state == ImportRun.State.PREVIEWED
