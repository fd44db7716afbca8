from __future__ import annotations

import pytest

from teyue.foundation import pen
from teyue.register.company import edition
from teyue.register.company.models import Edition
from teyue.register.estate.models import Household

pytestmark = pytest.mark.clause("4.2.4")


def unmoved(order, household):
    order.refresh_from_db()
    return (order.household, order.ended_note) == (household, "")


def test_an_order_moves_to_its_household(calling, quoted, neighbors):
    order = quoted()
    told = {"household": neighbors.pk, "reason": "房号听错"}

    answer = calling("rc").post(f"/orders/{order.number}/correct", **told)

    said = answer.json()
    assert (answer.status_code, said["room"], said["requester"]) == (200, "5-1-803", "陈立群")


@pytest.mark.parametrize(
    ("login", "told", "code"),
    [
        ("rc", {"reason": " "}, "reason_missing"),
        ("rc", {"household": 999_999}, "not_found"),
        ("rc", {"household": "五栋"}, "invalid"),
        ("rs", {}, "not_found"),
        ("ca", {}, "not_found"),
        ("rc", {"row_version": 99}, "moved_meanwhile"),
    ],
)
def test_a_correction_without_right_or_reason_is_refused(
    calling, quoted, household, neighbors, login, told, code
):
    order = quoted()
    whole = {"household": neighbors.pk, "reason": "房号听错"}

    answer = calling(login).post(f"/orders/{order.number}/correct", **whole | told)

    assert answer.json()["code"] == code
    assert unmoved(order, household)


def test_a_paid_order_is_not_corrected(calling, paid, household, neighbors):
    order = paid()
    told = {"household": neighbors.pk, "reason": "房号听错"}

    answer = calling("rc").post(f"/orders/{order.number}/correct", **told)

    assert answer.json()["code"] == "wrong_state"
    assert unmoved(order, household)


def test_an_order_does_not_move_to_who_moved_out(calling, quoted, household, neighbors):
    order = quoted()
    with pen.held(Household, Edition):
        Household.objects.filter(pk=neighbors.pk).update(state=Household.State.CLOSED)
        edition.replace()

    told = {"household": neighbors.pk, "reason": "房号听错"}
    answer = calling("rc").post(f"/orders/{order.number}/correct", **told)

    assert answer.json()["code"] == "household_closed"
    assert unmoved(order, household)


def test_the_page_corrects_by_room(signed_in, quoted, neighbors):
    order = quoted()
    told = {"room": "5栋1单元803", "reason": "房号听错"}

    answer = signed_in("rc").post(f"/orders/{order.number}/correct/", told)

    order.refresh_from_db()
    assert (answer.status_code, order.household) == (302, neighbors)


def test_the_page_keeps_a_room_that_is_none(signed_in, quoted, household):
    order = quoted()

    answer = signed_in("rc").post(
        f"/orders/{order.number}/correct/", {"room": "9-9-999", "reason": "房号听错"}
    )

    assert (answer.status_code, answer.content.decode().count('value="9-9-999"')) == (422, 1)
    assert "请您核对后重新填写" in answer.content.decode()
    assert unmoved(order, household)


@pytest.mark.parametrize("room", ["9-9-999", "后面那栋"])
def test_a_room_where_nobody_lives_is_named_as_the_reason(signed_in, quoted, household, room):
    order = quoted()
    typed = {"room": room, "reason": "房号听错"}

    answer = signed_in("rc").post(f"/orders/{order.number}/correct/", typed)

    assert answer.status_code == 422
    assert answer.context["form"].has_error("room", "household_unknown")
    assert 'value="房号听错"' in answer.content.decode()
    assert unmoved(order, household)
