from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import MORNING
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.cashier import operations, queries
from teyue.procedure.cashier.facts import Closing, Count
from teyue.procedure.cashier.models import Shift
from teyue.procedure.cashier.tests.conftest import EVENING
from teyue.procedure.cashier.tests.proof import facts, refused

pytestmark = pytest.mark.clause("3.5")
FLOAT = Money(50_000)
NEXT_DAY = EVENING + timedelta(hours=15)


@pytest.fixture
def left(open_shift, ca) -> Shift:
    """A shift that ended with ¥610.00, of which ¥110.00 went to the bank."""
    counted = Count(pieces={10_000: 6, 1_000: 1})
    operations.count(open_shift, counted=counted, actor=ca, at=EVENING)
    closing = Closing(reason="多出", banked=Money(11_000), bank_slip="ICBC-1")
    return operations.close_shift(open_shift, closing=closing, actor=ca, at=EVENING)


def take_over(drawer, actor, fen: int, reason: str = "") -> Shift:
    return operations.open_shift(
        drawer, float_amount=Money(fen), reason=reason, actor=actor, at=NEXT_DAY
    )


def test_a_shift_begins_with_the_float_that_was_counted(drawer, ca):
    shift = operations.open_shift(drawer, float_amount=FLOAT, actor=ca, at=MORNING)

    assert (shift.state, shift.cashier_id, shift.float_amount) == ("open", ca.id, FLOAT)
    assert shift.number == "F25-YXY1-20261124-0001"


def test_an_empty_drawer_may_be_opened(drawer, ca):
    shift = operations.open_shift(drawer, float_amount=Money(0), actor=ca, at=MORNING)

    assert shift.state == Shift.State.OPEN


def test_a_drawer_that_was_not_closed_is_not_opened_again(open_shift, drawer, ca2):
    with refused("drawer_taken"):
        operations.open_shift(drawer, float_amount=FLOAT, actor=ca2, at=MORNING)


def test_a_cashier_has_one_shift(open_shift, second_drawer, ca):
    with refused("already_on_shift"):
        operations.open_shift(second_drawer, float_amount=FLOAT, actor=ca, at=MORNING)


def test_a_float_is_not_negative(drawer, ca):
    with refused("float_negative", "float"):
        operations.open_shift(drawer, float_amount=Money(-1), actor=ca, at=MORNING)


@pytest.mark.parametrize("login", ["fn", "om", "rc", "ad"])
def test_only_a_cashier_opens_a_shift(register, drawer, login):
    with refused("no_power"):
        somebody = register.actor(login)
        operations.open_shift(drawer, float_amount=FLOAT, actor=somebody, at=MORNING)


def test_what_the_last_shift_left_is_taken_over(left, drawer, ca2):
    shift = take_over(drawer, ca2, 50_000, reason="没有差额")

    assert (shift.opening_variance, shift.opening_reason) == (NOTHING, "")
    assert queries.cash_in_drawer(shift) == FLOAT


@pytest.mark.parametrize("fen", [0, 49_900, 61_000])
@pytest.mark.parametrize("reason", ["", "  "])
def test_other_cash_than_was_left_has_a_reason(left, drawer, ca2, fen, reason):
    with refused("handover_unexplained", "reason"):
        take_over(drawer, ca2, fen, reason)


@pytest.mark.parametrize(("fen", "gap"), [(0, -50_000), (51_000, 1_000)])
def test_a_difference_at_the_opening_is_booked(left, drawer, ca2, fen, gap):
    booked = balance(Account.OVER_SHORT)

    shift = take_over(drawer, ca2, fen, "夜里被盗，已报警")

    assert (shift.opening_variance, shift.opening_reason) == (Money(gap), "夜里被盗，已报警")
    assert balance(Account.OVER_SHORT) - booked == Money(-gap)
    assert queries.cash_in_drawer(shift) == Money(fen)


def test_a_difference_at_the_opening_is_not_counted_again_at_the_close(left, drawer, ca2):
    shift = take_over(drawer, ca2, 0, "夜里被盗，已报警")
    empty = Count(pieces={100: 0})

    operations.count(shift, counted=empty, actor=ca2, at=NEXT_DAY)

    assert (shift.expected, shift.variance) == (NOTHING, NOTHING)


def test_another_drawer_is_not_asked_for_it(left, second_drawer, ca2):
    assert take_over(second_drawer, ca2, 20_000).opening_variance == NOTHING


def test_a_page_that_nobody_filled_in_opens_nothing(signed_in, drawer):
    before = facts()

    page = signed_in("ca").post(reverse("shift-open"), {"drawer": drawer.pk})

    assert (page.status_code, facts()) == (422, before)
    assert "在任意一行填 0" in page.content.decode()


def test_an_empty_drawer_is_said_on_the_page(signed_in, drawer):
    form = {"drawer": drawer.pk, "face_10000": "0"}

    assert signed_in("ca").post(reverse("shift-open"), form).status_code == 302
    assert Shift.objects.get().float_amount == NOTHING


def test_the_page_asks_for_the_reason_and_takes_it(signed_in, left, drawer):
    browser, form = signed_in("ca"), {"drawer": drawer.pk, "face_10000": "4"}
    before = facts()

    asked = browser.post(reverse("shift-open"), form)
    unmoved = facts() == before
    done = browser.post(reverse("shift-open"), {**form, "reason": "少一张 100"})

    assert (asked.status_code, unmoved, done.status_code) == (422, True, 302)
    assert "留有 ¥500.00" in asked.content.decode() and 'name="reason"' in asked.content.decode()
    assert Shift.objects.latest("pk").opening_variance == Money(-10_000)


def test_the_endpoint_asks_for_the_reason_and_tells_the_difference(calling, left, drawer):
    cashier, body = calling("ca"), {"drawer": drawer.pk, "float": "0.00"}

    refusal = cashier.post("/shifts", **body)
    opened = cashier.post("/shifts", **body, reason="夜里被盗").json()

    assert (refusal.status_code, refusal.json()["code"]) == (422, "handover_unexplained")
    assert (opened["opening_variance"], opened["opening_reason"]) == ("-500.00", "夜里被盗")


def test_finance_sees_it_with_the_day_close(signed_in, left, drawer, ca2):
    shift = take_over(drawer, ca2, 0, "夜里被盗")

    page = signed_in("fn").get(reverse("shift", args=(shift.number,))).content.decode()

    assert "接班差额" in page and "夜里被盗" in page
