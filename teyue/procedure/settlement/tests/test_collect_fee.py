from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.stories import AFTERNOON, DISPATCHED_AT, STARTED_AT, fresh, visit_of
from teyue.desks.cashier.tests.test_till import burst
from teyue.desks.checks import money
from teyue.desks.demo import course
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.settlement import operations, worklist
from teyue.procedure.settlement.facts import Cancellation

__all__ = ["burst", "calling", "morning", "signed_in"]

pytestmark = pytest.mark.clause("4.3.1")
MINUTE = timedelta(minutes=1)
LATE = STARTED_AT - 5 * MINUTE
LATER = LATE + MINUTE


@pytest.fixture
def owing(dispatched, st, cs) -> Order:
    """Cancelled on the way, with ¥50.00 of material: ¥56.00 are owed, ¥30.00 were paid."""
    return given_up(dispatched(), st, cs)


@pytest.fixture
def sent_to_burst(burst, technician, rc) -> Order:
    """王磊 is sent to a burst pipe that nobody has paid for."""
    course.dispatched(burst, technician, starts=AFTERNOON, actor=rc, at=DISPATCHED_AT)
    return fresh(burst)


def given_up(order: Order, st, cs) -> Order:
    """Cancel while 王磊 is on the way, with material that was bought for it."""
    dispatch.accept(visit_of(order), actor=st, at=DISPATCHED_AT + MINUTE)
    dispatch.depart(visit_of(order), actor=st, at=LATE - 5 * MINUTE)
    asked = Cancellation(reason="不做了", special_material=Money(5_000))
    operations.cancel(fresh(order), cancellation=asked, actor=cs, at=LATE)
    return fresh(order)


def payment(fen: int = 2_600) -> Payment:
    purpose = Receipt.Purpose.ARREARS
    return Payment(amount=Money(fen), method=Method.CASH, purpose=purpose)


def test_what_was_not_paid_is_a_claim_on_the_household(owing):
    assert balance(Account.RECEIVABLE) == Money(2_600)
    assert balance(Account.REVENUE) == Money(-5_600)
    assert till.held(owing) == balance(Account.PREPAYMENT) == NOTHING
    assert till.still_due(owing, Receipt.Purpose.ARREARS) == Money(2_600)


def test_the_claim_is_collected_and_nothing_is_owed_any_more(owing, open_shift, ca):
    receipt = operations.collect_fee(owing, payment=payment(), shift=open_shift, actor=ca, at=LATER)

    assert (receipt.purpose, receipt.amount) == (Receipt.Purpose.ARREARS, Money(2_600))
    assert balance(Account.RECEIVABLE) == NOTHING
    assert balance(Account.CASH) == Money(5_600)
    assert not fresh(owing).in_arrears
    assert list(money.held_below_nothing()) == []


def test_it_is_paid_in_whole(owing, open_shift, ca):
    with refused("arrears_in_part", "amount"):
        operations.collect_fee(owing, payment=payment(100), shift=open_shift, actor=ca, at=LATER)


def test_it_is_paid_once(owing, open_shift, ca):
    operations.collect_fee(owing, payment=payment(), shift=open_shift, actor=ca, at=LATER)

    with refused("nothing_in_arrears"):
        operations.collect_fee(
            fresh(owing), payment=payment(), shift=open_shift, actor=ca, at=LATER
        )


def test_a_receptionist_collects_nothing(owing, open_shift, rc):
    with refused("no_power"):
        operations.collect_fee(owing, payment=payment(), shift=open_shift, actor=rc, at=LATER)


def test_who_owes_a_fee_books_nothing_but_emergencies(owing, quoted, cleaning):
    with pytest.raises(Refused) as refusal:
        quoted(offer=cleaning, wish_from=None)

    assert refusal.value.code == "household_in_arrears"
    assert Order.objects.count() == 1


def test_the_fee_waits_for_the_cashier(owing, ca):
    (work,) = worklist.waiting(ca, LATER)

    assert (work.queue, work.card.amount) == ("settlement.collect_fee", Money(2_600))


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_collect_the_fee(owing, calling, signed_in, door):
    if door == "page":
        address = reverse("till-redeem", args=(owing.number,))
        answer = signed_in("ca").post(address, {"method": "cash", "checked": "on"})
    else:
        answer = calling("ca").post(f"/orders/{owing.number}/collect_fee", method="cash")

    assert answer.status_code in (201, 302)
    assert Receipt.objects.latest("pk").amount == Money(2_600)
    assert not fresh(owing).in_arrears


@pytest.mark.clause("4.4.2")
def test_an_emergency_is_paid_up_by_its_own_paper(sent_to_burst, open_shift, ca, st, cs):
    order = given_up(sent_to_burst, st, cs)

    with refused("emergency_owed"):
        operations.collect_fee(order, payment=payment(), shift=open_shift, actor=ca, at=LATER)
