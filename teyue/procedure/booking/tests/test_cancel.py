from __future__ import annotations

import pytest

from teyue.foundation import pen
from teyue.procedure.booking.models import Order, Standing
from teyue.register.company import edition
from teyue.register.company.models import Edition
from teyue.register.people.models import Staff

pytestmark = pytest.mark.clause("4.2.4")


def going_on(order, standing=Standing.QUOTED):
    order.refresh_from_db()
    live = order.reservations.filter(freed_at=None).count()
    return (order.state, order.standing, live) == (Order.State.OPEN, standing, 1)


@pytest.mark.parametrize("login", ["rc", "cs", "rs"])
def test_an_order_is_cancelled_before_its_price_is_accepted(calling, quoted, login):
    order = quoted()

    answer = calling(login).post(f"/orders/{order.number}/cancel", reason="不需要了")

    assert (answer.status_code, answer.json()["standing"]) == (200, "cancelled")
    assert not order.reservations.filter(freed_at=None).exists()


@pytest.mark.parametrize(
    ("login", "told", "code"),
    [
        ("rc", {"reason": "  "}, "reason_missing"),
        ("rc", {}, "invalid"),
        ("rc", {"reason": "误", "row_version": 99}, "moved_meanwhile"),
        ("ca", {"reason": "误"}, "no_power"),
        ("neighbor", {"reason": "误"}, "not_found"),
        ("rc", {"reason": "误", "for": "requester"}, "evidence_missing"),
    ],
)
def test_a_cancellation_without_right_or_reason_is_refused(calling, quoted, login, told, code):
    order = quoted()

    answer = calling(login).post(f"/orders/{order.number}/cancel", **told)

    assert answer.json()["code"] == code
    assert going_on(order)


def test_an_accepted_order_is_cancelled_elsewhere(calling, booked):
    order = booked()

    answer = calling("rc").post(f"/orders/{order.number}/cancel", reason="不需要了")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert going_on(order, Standing.AWAITING_PAYMENT)


@pytest.mark.clause("4.3.1")
def test_nobody_cancels_for_the_own_household_as_staff(calling, quoted, register, household):
    order = quoted()
    with pen.held(Staff, Edition):
        Staff.objects.filter(pk=register.staff["rc"].pk).update(household=household)
        edition.replace()

    answer = calling("rc").post(f"/orders/{order.number}/cancel", reason="误")

    assert answer.json()["code"] == "own_household"
    assert going_on(order)


def test_the_page_cancels(signed_in, quoted):
    order = quoted()

    answer = signed_in("rc").post(f"/orders/{order.number}/cancel/", {"reason": "不需要了"})

    order.refresh_from_db()
    assert (answer.status_code, order.standing) == (302, Standing.CANCELLED)


def test_the_page_asks_for_a_reason(signed_in, quoted):
    order = quoted()

    answer = signed_in("rc").post(f"/orders/{order.number}/cancel/", {"reason": ""})

    assert answer.status_code == 422
    assert going_on(order)
