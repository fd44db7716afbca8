from __future__ import annotations

import pytest

from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.cashier import operations, queries
from teyue.procedure.cashier.facts import Closing, Count
from teyue.procedure.cashier.models import Shift
from teyue.procedure.cashier.tests.conftest import EVENING
from teyue.procedure.cashier.tests.proof import refused

pytestmark = pytest.mark.clause("3.5")


@pytest.fixture
def counted(open_shift, ca):
    """Return the shift counted with so many fen, by notes of ten yuan and coins."""

    def build(fen: int) -> Shift:
        tens, rest = divmod(fen, 1_000)
        pieces = {1_000: tens, 100: rest // 100, 10: rest % 100 // 10}
        return operations.count(open_shift, counted=Count(pieces=pieces), actor=ca, at=EVENING)

    return build


def close(shift, actor, **told):
    return operations.close_shift(shift, closing=Closing(**told), actor=actor, at=EVENING)


def test_what_agrees_is_closed_without_a_word(counted, ca):
    shift = close(counted(50_000), ca)

    assert (shift.state, shift.variance, shift.closed_at) == ("closed", NOTHING, EVENING)


def test_a_shortage_is_booked_with_its_reason(counted, ca):
    shift = close(counted(49_980), ca, reason="找零少收 2 角")

    assert shift.variance == Money(-20)
    assert balance(Account.OVER_SHORT) == Money(20)
    assert queries.cash_in_drawer(shift) == Money(49_980)


def test_a_surplus_is_booked_with_its_reason(counted, ca):
    close(counted(50_050), ca, reason="住户没有取找零")

    assert balance(Account.OVER_SHORT) == Money(-50)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_difference_needs_a_reason(counted, ca, reason):
    shift = counted(49_980)

    with refused("variance_unexplained", "reason"):
        close(shift, ca, reason=reason)


def test_takings_go_to_the_bank_with_its_slip(receipt, counted, ca):
    shift = close(counted(53_000), ca, banked=Money(3_000), bank_slip="ICBC-1")

    assert (shift.banked, shift.bank_slip) == (Money(3_000), "ICBC-1")
    assert balance(Account.BANK) == Money(3_000)
    assert queries.cash_in_drawer(shift) == Money(50_000)


def test_a_banking_has_a_slip(counted, ca):
    shift = counted(50_000)

    with refused("bank_slip_missing", "bank_slip"):
        close(shift, ca, banked=Money(1_000))


@pytest.mark.parametrize("fen", [50_001, -1])
def test_only_what_is_there_goes_to_the_bank(counted, ca, fen):
    shift = counted(50_000)

    with refused("banked_too_much", "banked"):
        close(shift, ca, banked=Money(fen), bank_slip="ICBC-1")


def test_no_more_than_the_limit_stays_over_night(counted, ca):
    shift = counted(100_010)

    with refused("too_much_overnight", "banked"):
        close(shift, ca, reason="多出")


def test_a_shift_is_counted_before_it_is_closed(open_shift, ca):
    with refused("wrong_state"):
        close(open_shift, ca)


def test_the_shift_of_somebody_else_is_not_closed(counted, ca2):
    shift = counted(50_000)

    with refused("not_your_shift"):
        close(shift, ca2)
