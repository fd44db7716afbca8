from __future__ import annotations

import pytest

from tests.cast import MORNING
from teyue.foundation.money import Money
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.models import Shift
from teyue.procedure.cashier.tests.proof import refused

pytestmark = pytest.mark.clause("3.5")
FLOAT = Money(50_000)


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
