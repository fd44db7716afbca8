from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import Money
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Count
from teyue.procedure.cashier.tests.conftest import EVENING
from teyue.procedure.cashier.tests.proof import refused

pytestmark = pytest.mark.clause("3.5")
NEXT_DAY = EVENING + timedelta(hours=15)
HALF = Count(pieces={10_000: 4, 5_000: 1})


def force(shift, actor, witness, *, counted=HALF, reason="收银员请假"):
    return operations.force_close(
        shift, counted=counted, witness=witness.id, reason=reason, actor=actor, at=NEXT_DAY
    )


def test_two_people_close_what_was_left_open(open_shift, fn, ca2):
    force(open_shift, fn, ca2)

    open_shift.refresh_from_db()
    assert (open_shift.state, open_shift.forced) == ("closed", True)
    assert (open_shift.witness_id, open_shift.variance) == (ca2.id, Money(-5_000))
    assert balance(Account.OVER_SHORT) == Money(5_000)


def test_the_drawer_can_be_opened_again(open_shift, drawer, fn, ca2):
    force(open_shift, fn, ca2)

    again = operations.open_shift(drawer, float_amount=HALF.total, actor=ca2, at=NEXT_DAY)

    assert again.state == "open"


@pytest.mark.parametrize("login", ["fn", "ca", "rs", "gm"])
def test_the_witness_is_another_colleague(register, open_shift, fn, login):
    with refused("witness_missing", "witness"):
        force(open_shift, fn, register.actor(login))


def test_it_is_written_down_why(open_shift, fn, ca2):
    with refused("reason_missing", "reason"):
        force(open_shift, fn, ca2, reason=" ")


def test_the_count_is_of_real_notes(open_shift, fn, ca2):
    with refused("count_impossible", "counts"):
        force(open_shift, fn, ca2, counted=Count(pieces={7: 1}))


def test_nobody_closes_the_own_shift_by_force(open_shift, fn, ca, ca2):
    with refused("own_shift"):
        force(open_shift, replace(fn, id=ca.id), ca2)


def test_a_cashier_forces_nothing(open_shift, ca2, rc):
    with refused("no_power"):
        force(open_shift, ca2, rc)
