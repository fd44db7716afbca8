"""Whatever is done and given back: the ledger balances and nobody owes less than nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.stories import (
    AUDITED_AT,
    CONFIRMED_AT,
    DISPATCHED_AT,
    PAID_AT,
    PHOTOS,
    RECORDED_AT,
    SETTLED_AT,
    fresh,
    record_of,
    visit_of,
)
from teyue.desks.demo import course
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import balances, owed
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import queries as till
from teyue.procedure.refund import operations as refunds
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.queries import given_back
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation
from teyue.procedure.settlement.models import Settlement

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

FEW = settings(max_examples=8)
LIABILITIES = (Account.PREPAYMENT, Account.DEPOSIT, Account.REFUND_DUE)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what one example wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def assert_balanced(order: Order) -> None:
    assert total(balances(Movement.objects.all()).values()) == NOTHING
    assert all(owed(account, order) >= NOTHING for account in LIABILITIES)
    assert given_back(order) <= till.received(order)


@pytest.fixture
def audited_as(started, st, cs) -> Callable[[int, int], Order]:
    """Return a builder of an audited order: how many were ordered, how many were done."""

    def build(ordered: int, done: int) -> Order:
        order = started(qty_x100=ordered * 100)
        visit, quantity = visit_of(order), done * 100
        course.recorded(
            visit,
            work_done="更换龙头",
            photos=PHOTOS,
            qty_x100=quantity,
            actor=st,
            at=RECORDED_AT,
        )
        course.confirmed(record_of(order), actor=st, at=CONFIRMED_AT)
        course.audited(record_of(order), actor=cs, at=AUDITED_AT)
        return fresh(order)

    return build


@FEW
@given(ordered=st.integers(1, 40), done=st.integers(1, 40))
@example(ordered=10, done=1)
@example(ordered=10, done=5)
@example(ordered=10, done=10)
def test_a_settlement_leaves_nothing_held_and_names_the_difference(
    ordered, done, audited_as, open_shift, ca
):
    with undone():
        order = audited_as(ordered, min(ordered, done))
        prepaid = till.held(order)

        slip = course.settled(order, shift=open_shift, actor=ca, at=SETTLED_AT)

        signs = {1: Settlement.Kind.TOPUP, -1: Settlement.Kind.REFUND, 0: Settlement.Kind.EVEN}
        difference = slip.actual - prepaid
        assert slip.difference == difference
        assert slip.result == signs[(difference > NOTHING) - (difference < NOTHING)]
        assert owed(Account.REFUND_DUE, order) == max(-difference, NOTHING)
        assert till.held(order) == NOTHING
        assert_balanced(order)


@FEW
@given(cost=st.integers(0, 60_000), minutes=st.integers(0, 600))
@example(cost=60_000, minutes=300)
def test_a_cancellation_keeps_the_fee_at_most(cost, minutes, dispatched, rc):
    with undone():
        order = dispatched(qty_x100=1_000)
        prepaid = till.held(order)
        told = Cancellation(reason="临时有事", special_material=Money(cost))

        settlement.cancel(
            order, cancellation=told, actor=rc, at=DISPATCHED_AT + timedelta(minutes=minutes)
        )

        fee = fresh(order).required
        assert owed(Account.REFUND_DUE, order) == max(prepaid - fee, NOTHING)
        assert fresh(order).in_arrears == (fee > prepaid)
        assert till.held(order) == NOTHING
        assert_balanced(order)


@FEW
@given(minutes=st.integers(0, 600))
def test_what_the_company_calls_off_is_given_back_whole(minutes, dispatched, om):
    with undone():
        order = dispatched(qty_x100=1_000)
        prepaid = till.held(order)
        told, at = Cancellation(reason="停水"), DISPATCHED_AT + timedelta(minutes=minutes)

        settlement.call_off(order, cancellation=told, actor=om, at=at)

        assert owed(Account.REFUND_DUE, order) == prepaid
        assert_balanced(order)


@FEW
@given(wishes=st.lists(st.integers(-500, 5_000), min_size=1, max_size=6))
@example(wishes=[3_000, 1])
def test_refunds_never_exceed_what_was_received(wishes, paid, om, rc):
    with undone():
        order = paid()
        called_off = Cancellation(reason="停水")
        settlement.call_off(order, cancellation=called_off, actor=om, at=PAID_AT)
        refunds.reject(Refund.objects.get(), reason="账户待定", actor=om, at=PAID_AT)

        asked = [ask(order, Money(fen), rc) for fen in wishes]

        assert NOTHING <= total(asked) == given_back(order) <= till.received(order)
        assert_balanced(order)


def ask(order: Order, amount: Money, actor) -> Money:
    """Ask for a refund; return what is on its way because of it."""
    source = Refund.Source.OVERPAYMENT
    try:
        refunds.request(fresh(order), source=source, amount=amount, actor=actor, at=SETTLED_AT)
    except Refused:
        return NOTHING
    return amount
