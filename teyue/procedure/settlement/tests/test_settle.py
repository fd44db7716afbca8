from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import AUDITED_AT, SETTLED_AT, fresh
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations
from teyue.procedure.settlement.facts import Closing
from teyue.procedure.settlement.models import Settlement

pytestmark = pytest.mark.clause("4.3.1")
LATER = SETTLED_AT + timedelta(days=1, hours=4)


def settle(order, shift, actor, *, itemized=True, at=LATER, **told):
    closing = Closing(itemized=itemized, **told)
    return operations.settle(order, closing=closing, shift=shift, actor=actor, at=at)


def test_w09_a_larger_home_is_topped_up(cleaned, open_shift, ca):
    order = cleaned(measured_x100=8750)

    slip = settle(order, open_shift, ca, tendered=Money(20_000))

    assert (slip.actual, slip.prepaid, slip.difference) == (
        Money(33_250),
        Money(17_000),
        Money(16_250),
    )
    assert (slip.result, slip.receipt.amount) == (Settlement.Kind.TOPUP, Money(16_250))
    assert slip.receipt.purpose == Receipt.Purpose.TOPUP


def test_w10_less_work_than_paid_for_is_given_back(hourly, open_shift, ca):
    order = hourly(190)

    slip = settle(order, open_shift, ca)

    assert (slip.prepaid, slip.actual, slip.difference) == (
        Money(18_000),
        Money(13_500),
        Money(-4_500),
    )
    assert (slip.refund.amount, slip.refund.state) == (Money(4_500), Refund.State.APPROVED)


def test_what_was_paid_in_full_is_even(audited, open_shift, ca):
    order = audited()

    slip = settle(order, open_shift, ca)

    assert (slip.result, slip.receipt, slip.refund) == (Settlement.Kind.EVEN, None, None)
    assert fresh(order).standing == Standing.SETTLED


def test_nothing_is_owed_any_more_and_the_charge_is_earned(cleaned, open_shift, ca):
    settle(cleaned(), open_shift, ca)

    assert balance(Account.PREPAYMENT) == NOTHING
    assert balance(Account.REVENUE) + balance(Account.TAX) == Money(-33_961)


def test_the_list_is_shown_before_more_is_collected(cleaned, open_shift, ca):
    order = cleaned()

    with refused("not_itemized", "itemized"):
        settle(order, open_shift, ca, itemized=False)


def test_a_top_up_needs_an_open_shift(cleaned, ca2):
    order = cleaned()

    with refused("no_open_shift"):
        settle(order, Shift(), ca2)


def test_cash_that_does_not_suffice_settles_nothing(cleaned, open_shift, ca):
    order = cleaned()

    with refused("cash_short", "tendered"):
        settle(order, open_shift, ca, tendered=Money(100))


def test_what_was_not_audited_is_not_settled(confirmed, open_shift, ca):
    order = confirmed()

    with refused("not_audited"):
        settle(order, open_shift, ca)


def test_who_may_not_settle_does_not_learn_why_it_could_not_be(confirmed, open_shift, rc):
    order = confirmed()

    with refused("no_power"):
        settle(order, open_shift, rc)


@pytest.mark.parametrize(
    ("login", "code"),
    [("cs", "auditor_settles"), ("rc", "registrar_settles"), ("st", "performer_settles")],
)
def test_who_took_part_does_not_settle(register, audited, open_shift, ca, login, code):
    order = audited()
    both = replace(ca, id=register.actor(login).id)

    with refused(code):
        settle(order, open_shift, both, at=SETTLED_AT)


def test_a_cashier_does_not_settle_for_the_own_home(audited, household, open_shift, ca):
    order = audited()
    me = replace(ca, ties=ca.ties | {("home", household.pk), ("household", household.pk)})

    with refused("own_household"):
        settle(order, open_shift, me, at=SETTLED_AT)


def test_a_held_order_is_not_settled(audited, open_shift, ca, held_by_a_complaint):
    order = held_by_a_complaint(audited())

    with refused("held"):
        settle(order, open_shift, ca, at=SETTLED_AT)


def test_an_order_is_settled_once(audited, open_shift, ca):
    order = audited()
    settle(order, open_shift, ca, at=SETTLED_AT)

    with refused("wrong_state"):
        settle(fresh(order), open_shift, ca, at=SETTLED_AT)


@pytest.mark.parametrize("login", ["fn", "om", "rs"])
def test_only_a_cashier_settles(register, audited, open_shift, login):
    order = audited()

    with refused("no_power"):
        settle(order, open_shift, register.actor(login), at=AUDITED_AT)
