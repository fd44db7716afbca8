"""Two people at the same money in the same moment: it goes one way only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import TOMORROW
from tests.journeys.test_races import at_once
from tests.stories import PAID_AT, fresh
from teyue.desks.checks import money
from teyue.desks.demo import course
from teyue.foundation import sitting
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.tests.doors import calling, morning
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Transferring
from teyue.procedure.cashier.models import Receipt, Transfer
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation
from teyue.procedure.subcontracting import operations as subcontracting
from teyue.register.people import queries as people

__all__ = ["calling", "morning"]

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("3.5"),
]


@pytest.fixture
def wrong(paid) -> Order:
    return paid()


@pytest.fixture
def right(booked, neighbors) -> Order:
    return booked(household=neighbors, wish_from=TOMORROW)


@pytest.fixture
def asked(wrong, right, ca) -> Transfer:
    """¥30.00 are to go from 3-2-1102 to 5-1-803."""
    said = Transferring(target=right, reason=Transfer.Reason.WRONG_HOUSEHOLD)
    return cashier.request_transfer(wrong, transferring=said, actor=ca, at=PAID_AT)


@pytest.fixture
def approve(asked, wrong, fn) -> Callable[[], object]:
    """Approve as a door does: by the number of the order, in a sitting."""

    def deed() -> object:
        with sitting.opened():
            transfer = cashier.sought_transfer(fn, str(wrong.number))
            return cashier.approve_transfer(transfer, actor=fn, at=PAID_AT)

    return deed


def sound() -> bool:
    """Tell whether the books agree with the papers."""
    lists = (money.held_below_nothing, money.liabilities_without_papers)
    return balance(Account.CLEARING) == NOTHING and not any(list(find()) for find in lists)


def test_of_two_approvals_one_moves_the_money(approve, right):
    told = at_once(approve, approve)

    assert told == ["done", "wrong_state"]
    assert Receipt.objects.filter(replaces__isnull=False).count() == 1
    assert till.held(right) == Money(3_000) and sound()


def test_money_is_moved_or_asked_back_never_both(approve, wrong, right):
    def ask_back() -> object:
        return refund.request(
            fresh(wrong),
            source=Refund.Source.OVERPAYMENT,
            amount=Money(3_000),
            actor=people.system(),
            at=PAID_AT,
        )

    told = at_once(approve, ask_back)

    assert told in (["done", "more_than_held"], ["done", "more_than_received"])
    assert (till.held(right) == Money(3_000)) != Refund.objects.exists()
    assert sound()


def test_money_is_moved_or_the_order_is_cancelled_with_it(approve, wrong, right, cs):
    def cancel() -> object:
        said = Cancellation(reason="不做了")
        return settlement.cancel(fresh(wrong), cancellation=said, actor=cs, at=PAID_AT)

    told = at_once(approve, cancel)

    assert told in (["done", "done"], ["done", "money_is_used"])
    assert (till.held(right) == Money(3_000)) != Refund.objects.exists()
    assert fresh(wrong).standing == Standing.CANCELLED and sound()


def test_transfers_that_cross_wait_for_each_other_and_end(approve, wrong, right, booked, ca):
    def ask_for_more() -> object:
        said = Transferring(target=fresh(wrong), reason=Transfer.Reason.WRONG_ORDER)
        return cashier.request_transfer(fresh(right), transferring=said, actor=ca, at=PAID_AT)

    told = at_once(approve, ask_for_more)

    assert "done" in told and sound()
    assert {*told} <= {"done", "nothing_held", "target_unsound", "wrong_state"}


def test_the_count_of_the_drawer_and_a_transfer_agree(approve, open_shift, right, calling):
    teller = calling("ca")

    at_once(approve, lambda: teller.post(f"/shifts/{open_shift.number}/count", pieces={"100": 5}))

    open_shift.refresh_from_db()
    assert open_shift.expected == Money(53_000)
    assert fresh(right).standing in (Standing.READY, Standing.AWAITING_PAYMENT) and sound()


@pytest.mark.clause("4.3.1")
def test_of_two_cashiers_on_one_settlement_and_a_transfer_nothing_is_lost(
    audited, booked, neighbors, open_shift, ca, fn
):
    order, other = audited(), booked(household=neighbors, wish_from=TOMORROW)
    said = Transferring(target=other, reason=Transfer.Reason.WRONG_ORDER)

    told = at_once(
        lambda: course.settled(order, shift=open_shift, actor=ca, at=PAID_AT),
        lambda: cashier.request_transfer(fresh(order), transferring=said, actor=ca, at=PAID_AT),
    )

    assert told == ["done", "money_is_used"]
    assert not Transfer.objects.exists() and sound()


@pytest.mark.clause("4.2.6")
def test_of_two_supervisors_one_stops_the_firm(firm, cs):
    def stop() -> object:
        return subcontracting.suspend(firm, reason="私下收费", actor=cs, at=PAID_AT)

    told = at_once(stop, stop)

    assert told == ["done", "nothing_to_suspend"]
