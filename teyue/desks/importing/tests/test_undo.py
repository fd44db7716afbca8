from __future__ import annotations

import pytest
from django.db.models import F, Q

from teyue.desks.importing import operations
from teyue.desks.importing.examination import examine
from teyue.desks.importing.tests.register import PAPERS, VOIDABLE, alive, bring, rows
from teyue.foundation import pen
from teyue.foundation.refusal import Refused
from teyue.register.estate.models import Household, Inquiry, Person, Unit
from teyue.register.importing.models import ImportRun
from teyue.register.importing.tests import books
from teyue.register.people.models import Account, Duty, Post, Staff

pytestmark = pytest.mark.clause("4.2.4")
CLEAN = (books.SAMPLES / "yunqiyuan.xlsx").read_bytes()
TENANT = {"业主姓名": "胡熙", "业主电话": "13800000519", "身份": "租户"}


def test_an_undone_import_voids_everything_and_deletes_nothing(office, ad, at):
    run = bring(office, CLEAN, actor=ad, at=at)
    before = rows()

    undone = operations.undo(run, actor=ad, at=at)

    assert undone.state == ImportRun.State.UNDONE
    assert alive() == dict.fromkeys([model.__name__ for model in (*VOIDABLE, *PAPERS)], 0)
    after = rows()
    assert after.pop("Entry") == before.pop("Entry") + 2
    assert after == before


def test_nobody_is_on_duty_after_an_undone_import(office, ad, at):
    run = bring(office, books.staff({}), actor=ad, at=at)

    operations.undo(run, actor=ad, at=at)

    assert not Duty.objects.filter(Q(to_on=None) | Q(to_on__gte=F("from_on"))).exists()
    assert Post.objects.get().state == Post.State.ENDED


def test_the_rooms_are_free_again(office, ad, at):
    operations.undo(bring(office, books.households({}), actor=ad, at=at), actor=ad, at=at)

    bring(office, books.households({}), actor=ad, at=at)

    assert alive()["Unit"] == alive()["Household"] == alive()["Person"] == 1
    assert Unit.objects.count() == 2


def test_an_undone_employee_returns_with_the_next_import(office, ad, at):
    bring(
        office, books.households({"业主姓名": "周洋", "业主电话": "13900002370"}), actor=ad, at=at
    )
    operations.undo(bring(office, books.staff({}), actor=ad, at=at), actor=ad, at=at)

    bring(office, books.staff({}), actor=ad, at=at)

    assert Staff.objects.get().state == Staff.State.ACTIVE
    assert alive()["Post"] == 1


def test_what_a_later_import_added_to_stays(office, ad, at):
    first = bring(office, books.households({}), actor=ad, at=at)
    bring(office, books.households({}, TENANT), actor=ad, at=at)

    assert refused(first, ad, at) == "in_use"

    assert alive()["Household"] == 1
    assert alive()["Member"] == 2


def test_the_later_import_is_undone_first(office, ad, at):
    first = bring(office, books.households({}), actor=ad, at=at)
    second = bring(office, books.households({}, TENANT), actor=ad, at=at)

    operations.undo(second, actor=ad, at=at)

    assert (alive()["Household"], alive()["Member"]) == (1, 1)
    assert operations.undo(first, actor=ad, at=at).state == ImportRun.State.UNDONE


def test_an_account_rests_on_its_person(office, ad, at):
    run = bring(office, books.staff({}), actor=ad, at=at)
    with pen.held(Account):
        Account.objects.create(username="zy", person=Person.objects.get(), opened_at=at)

    assert refused(run, ad, at) == "in_use"

    assert alive()["Staff"] == 1


def test_an_answered_question_rests_on_itself(office, ad, at):
    run = bring(office, books.households({"备注": "老人独居"}), actor=ad, at=at)
    with pen.held(Inquiry):
        Inquiry.objects.update(state="answered", state_since=at.replace(minute=50))

    assert refused(run, ad, at) == "in_use"


def test_an_import_that_was_not_confirmed_is_given_up(office, ad, at):
    found = examine(office, books.households({}), actor=ad, at=at)
    run = operations.upload(found, name="名册.xlsx", actor=ad, at=at)

    undone = operations.undo(run, actor=ad, at=at)

    assert undone.state == ImportRun.State.UNDONE
    assert not Household.objects.exists()
    assert [batch.rows for batch in run.batches.all()] == [""]


def test_an_undone_import_takes_no_more_rows(office, ad, at):
    found = examine(office, books.households({}), actor=ad, at=at)
    run = operations.upload(found, name="名册.xlsx", actor=ad, at=at)
    operations.undo(run, actor=ad, at=at)

    with pytest.raises(Refused) as caught:
        operations.proceed(run, actor=ad, at=at)

    assert caught.value.code == "already_undone"
    assert not Household.objects.exists()


def refused(run, actor, at) -> str:
    """Return the code with which an undo is refused."""
    with pytest.raises(Refused) as caught:
        operations.undo(run, actor=actor, at=at)
    return caught.value.code
