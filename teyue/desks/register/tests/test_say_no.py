from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from teyue.desks.register.tests import deeds, setting
from teyue.desks.register.tests.setting import TODAY
from teyue.foundation.journal.models import Entry
from teyue.register.estate.models import Unit
from teyue.register.parameters.models import Value
from teyue.register.people.models import Account, Post, ResetCode, Staff

pytestmark = pytest.mark.clause("3.0")


def problem(answer: Any) -> tuple[int, str]:
    """Return status and code of a refusal over the API."""
    return answer.status_code, answer.json()["code"]


def journal() -> int:
    """Return how many steps the journal knows, sign-ins of the tests aside."""
    return Entry.objects.exclude(step="people.issue_token").count()


def test_a_post_that_empties_a_step_is_not_ended(register, desk, call):
    post = Post.objects.get(person=register.people["cs"])

    page = desk("ad").get(f"/posts/{post.pk}/").content.decode()
    answer = call("ad", f"/posts/{post.pk}/end_post", {})

    assert problem(answer) == (422, "last_holder")
    assert "免去后将无人可以办理" in page and "周敏" in page
    assert Post.objects.get(pk=post.pk).state == Post.State.ACTIVE


def test_a_cashier_is_not_appointed_without_a_signature(register, desk):
    asked = {"person": setting.newcomer(register).pk, "role": "CA", "from_on": str(TODAY)}
    before = journal()

    answer = desk("ad").post("/posts/appoint/", {**asked, "office": register.office.pk})

    page = answer.content.decode()
    assert answer.status_code == 422 and "须经总经理签发" in page
    assert "提请签发任命" in page and f'value="{TODAY}"' in page
    assert journal() == before


def test_who_proposes_a_value_does_not_approve_it(register, call):
    value = setting.wish(register)
    before = journal()

    answer = call("ad", f"/parameters/{value.pk}/approve", {})

    assert problem(answer) == (403, "no_power")
    assert journal() == before


def test_a_value_out_of_bounds_is_told_beside_the_field(register, desk):
    page = "/parameters/survey.window_d/"

    answer = desk("ad").post(page, {"value": "0", "reason": "试试"})

    text = answer.content.decode()
    assert answer.status_code == 422 and "应在" in text and 'id="id_value-error"' in text
    assert 'value="试试"' in text
    assert not Value.objects.exists()


def test_a_taken_number_is_told_beside_the_field(register, desk):
    typed = {"name": "高远", "phone": "13900001111", "employee_no": "YG0001"}
    before = Staff.objects.count()

    answer = desk("ad").post("/people/hire/", {**typed, "office": register.office.pk})

    text = answer.content.decode()
    assert "工号 YG0001 已在使用" in text and 'value="高远"' in text
    assert 'id="id_employee_no-error"' in text
    assert Staff.objects.count() == before


def test_a_day_that_is_past_is_not_changed(register, call):
    body = {"date": str(TODAY - timedelta(days=1)), "kind": "restday"}
    before = journal()

    answer = call("ad", "/calendar/YXY1/set_day", body)

    assert problem(answer) == (422, "day_past")
    assert journal() == before


def test_nobody_resets_the_own_account(register, call):
    own = setting.account("ad").pk

    answer = call("ad", f"/accounts/{own}/print_reset_code", {})

    assert problem(answer) == (422, "own_account")
    assert not ResetCode.objects.exists()


def test_there_is_nothing_to_remove_where_no_second_factor_is(register, call):
    number, before = setting.account("fn").pk, journal()

    answer = call("ad", f"/accounts/{number}/remove_second_factor", {"why": "lost"})

    assert problem(answer) == (422, "no_second_factor")
    assert journal() == before


def test_an_authorization_is_given_only_by_who_holds_the_post(register, call):
    asked = {"grantee": register.people["rc2"].pk, "role": "CS", "reason": "外出"}
    days = {"from_on": str(TODAY), "to_on": str(TODAY + timedelta(days=30))}
    before = journal()

    answer = call("cs", "/delegations", {**asked, **days, "office": "YXY1"})

    assert problem(answer) == (422, "too_long")
    assert journal() == before


def test_a_legal_person_is_not_changed_without_a_name(register, call):
    body = {"name": " ", "evidence": {"reference": "营业执照"}}
    before = journal()

    answer = call("ad", "/company/change_legal_person", body)

    assert problem(answer) == (422, "name_missing")
    assert journal() == before


def test_a_household_of_another_office_is_not_found(register, call):
    before = journal()

    answer = call("ca", f"/households/{register.households['3-2-1102'].pk}/move_out", {})

    assert problem(answer) == (404, "not_found")
    assert journal() == before


def test_a_unit_is_not_registered_twice(register, desk):
    typed = {"office": register.office.pk, "room": "3-2-1102", "area": "80", "kind": "residence"}
    before = journal()

    answer = desk("rc").post("/units/new/", typed)

    assert "已在册" in answer.content.decode()
    assert journal() == before


@pytest.mark.clause("4.2.4")
def test_a_room_that_nobody_can_read_is_no_unit(register, call):
    units, before = Unit.objects.count(), journal()

    answer = call("rc", "/units", {"room": "后面那栋", "area": "89.37"})

    said = answer.json()
    assert problem(answer) == (422, "room_unreadable")
    assert (said["field"], said["clause"]) == ("room", "4.2.4")
    assert "例如 3-2-1102" in said["detail"]
    assert (Unit.objects.count(), journal()) == (units, before)


def test_who_serves_two_offices_says_which_one_is_meant(register, second_office, call):
    before = journal()

    answer = call("ad", "/units", {"room": "9-1-101", "area": "89.37"})

    said = answer.json()
    assert problem(answer) == (422, "office_missing")
    assert (said["field"], said["clause"]) == ("office", "3.0")
    assert "YXY1、LT02" in said["detail"]
    assert not Unit.objects.filter(room_key="101").exists() and journal() == before


def test_the_first_password_is_shown_once_and_kept_nowhere(register, desk):
    deed = deeds.DEEDS["people.open_account"](register)

    page = desk("ad").post(deed.page, {**deed.form, "idempotency_key": "k1"})

    account = Account.objects.get(username="gaoyuan")
    shown = page.content.decode().split("data-ty-code>")[1].split("<")[0]
    assert account.check_password(shown)
    assert page.headers["Cache-Control"].startswith("max-age=0")
