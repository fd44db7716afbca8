from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.stories import PAID_AT, fresh
from teyue.foundation.actors import Actor
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import operations, queries
from teyue.procedure.cashier.facts import Count, Payment
from teyue.procedure.cashier.models import Method, Receipt, Shift
from teyue.procedure.cashier.tests.proof import refused
from teyue.register.people.queries import system

pytestmark = pytest.mark.clause("4.3.1")
DUE = Money(3_000)


def cash(amount: Money = DUE, **more) -> Payment:
    return Payment(amount=amount, method=Method.CASH, **more)


def wechat(reference: str, amount: Money = DUE) -> Payment:
    return Payment(amount=amount, method=Method.WECHAT, channel_ref=reference)


def test_a_full_payment_makes_the_order_ready(booked, open_shift, ca):
    order = booked()

    receipt = operations.receive(order, payment=cash(), shift=open_shift, actor=ca, at=PAID_AT)

    assert (receipt.number, receipt.amount) == ("F11-YXY1-0000001", DUE)
    assert fresh(order).standing == Standing.READY
    assert queries.held(order) == DUE


def test_a_part_payment_leaves_the_order_waiting_until_the_same_time(booked, open_shift, ca):
    order = booked()
    payment = cash(Money(1_000))

    operations.receive(order, payment=payment, shift=open_shift, actor=ca, at=PAID_AT)

    now = fresh(order)
    assert (now.standing, now.due_at) == (Standing.AWAITING_PAYMENT, order.due_at)
    assert queries.still_due(now, Receipt.Purpose.PREPAYMENT) == Money(2_000)


def test_half_of_a_large_sum_is_prepaid_in_whole_yuan(booked, cleaning, open_shift, ca):
    order = booked(offer=cleaning, qty_x100=8937, wish_from=MORNING + timedelta(days=1, hours=4))

    assert (order.agreed, order.required) == (Money(33_961), Money(17_000))


@pytest.mark.parametrize(
    ("method", "account"),
    [
        (Method.WECHAT, Account.CHANNEL),
        (Method.ALIPAY, Account.CHANNEL),
        (Method.POS, Account.CHANNEL),
        (Method.TRANSFER, Account.BANK),
    ],
)
def test_money_goes_where_the_method_takes_it(booked, open_shift, ca, method, account):
    order = booked()
    payment = Payment(amount=DUE, method=method, channel_ref="4200001")

    operations.receive(order, payment=payment, shift=open_shift, actor=ca, at=PAID_AT)

    moved = Movement.objects.get()
    assert (moved.source, moved.target, moved.till) == (
        Account.PREPAYMENT,
        account,
        open_shift.pk,
    )


def test_no_more_than_what_is_due_is_received(booked, open_shift, ca):
    order = booked()

    with refused("more_than_due", "amount"):
        too_much = cash(Money(3_001))
        operations.receive(order, payment=too_much, shift=open_shift, actor=ca, at=PAID_AT)


@pytest.mark.parametrize("fen", [0, -100])
def test_a_payment_is_positive(booked, open_shift, ca, fen):
    order = booked()

    with refused("amount_not_positive", "amount"):
        nothing = cash(Money(fen))
        operations.receive(order, payment=nothing, shift=open_shift, actor=ca, at=PAID_AT)


def test_the_cash_on_the_counter_suffices(booked, open_shift, ca):
    order = booked()

    with refused("cash_short", "tendered"):
        short = cash(tendered=Money(2_999))
        operations.receive(order, payment=short, shift=open_shift, actor=ca, at=PAID_AT)


def test_a_channel_names_its_number(booked, open_shift, ca):
    order = booked()

    with refused("channel_ref_missing", "channel_ref"):
        operations.receive(order, payment=wechat(" "), shift=open_shift, actor=ca, at=PAID_AT)


def test_one_payment_of_a_channel_has_one_receipt(booked, open_shift, ca):
    order = booked()
    half = wechat("4200001", Money(1_500))
    operations.receive(order, payment=half, shift=open_shift, actor=ca, at=PAID_AT)

    with refused("already_receipted", "channel_ref"):
        operations.receive(fresh(order), payment=half, shift=open_shift, actor=ca, at=PAID_AT)


@pytest.mark.clause("3.5")
def test_nothing_is_received_without_an_open_shift(booked, ca):
    order = booked()

    with refused("no_open_shift"):
        operations.receive(order, payment=cash(), shift=Shift(), actor=ca, at=PAID_AT)


@pytest.mark.clause("3.5")
def test_nothing_is_received_in_the_shift_of_somebody_else(booked, open_shift, ca2):
    order = booked()

    with refused("no_open_shift"):
        operations.receive(order, payment=cash(), shift=open_shift, actor=ca2, at=PAID_AT)


@pytest.mark.clause("3.5")
def test_nothing_is_received_after_the_count(booked, open_shift, ca):
    order = booked()
    operations.count(open_shift, counted=Count(pieces={100: 0}), actor=ca, at=PAID_AT)

    with refused("no_open_shift"):
        operations.receive(order, payment=cash(), shift=open_shift, actor=ca, at=PAID_AT)


def test_a_cashier_receives_nothing_from_the_own_home(booked, open_shift, neighbor_of_himself):
    order = booked()

    with refused("own_household"):
        me = neighbor_of_himself
        operations.receive(order, payment=cash(), shift=open_shift, actor=me, at=PAID_AT)


def test_a_paid_order_is_not_paid_again(paid, open_shift, ca):
    order = paid()

    with refused("wrong_state"):
        operations.receive(order, payment=cash(), shift=open_shift, actor=ca, at=PAID_AT)


@pytest.mark.parametrize("login", ["rc", "cs", "fn", "om", "rs"])
def test_only_a_cashier_receives_money(register, booked, open_shift, login):
    order, somebody = booked(), register.actor(login)

    with refused("no_power"):
        operations.receive(order, payment=cash(), shift=open_shift, actor=somebody, at=PAID_AT)


def test_money_goes_into_a_drawer_of_the_office_of_the_order(booked, second_office, ca):
    order = booked()
    there = Actor(
        id=ca.id,
        login=ca.login,
        posts=ca.posts,
        grants=ca.grants | {(power, second_office.pk) for power, _scope in ca.grants},
    )
    drawer = operations.install_drawer(second_office, name="兰亭一号", actor=system(), at=PAID_AT)
    shift = operations.open_shift(drawer, float_amount=Money(0), actor=there, at=PAID_AT)

    with refused("other_office"):
        operations.receive(order, payment=cash(), shift=shift, actor=there, at=PAID_AT)
