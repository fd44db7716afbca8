"""Whatever is paid and charged, the books agree (I-26, I-59)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import MORNING
from tests.stories import fresh
from teyue.foundation import pen
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import balances, movements_of
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt, Shift
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund import queries as refunds
from teyue.procedure.refund.models import Refund
from teyue.procedure.service.models import Record
from teyue.procedure.settlement import operations
from teyue.procedure.settlement.facts import Closing
from teyue.register.people import queries as people

pytestmark = pytest.mark.clause("4.3.1")
FEN = st.integers(1, 60_000)
METHODS = st.sampled_from(list(Method))


@dataclass(frozen=True)
class Course:
    """What a household agreed to, how it paid, and what the work came to."""

    agreed: int
    prepaid: list[tuple[int, Method]]
    actual: int


COURSES = st.builds(
    Course,
    agreed=FEN,
    prepaid=st.lists(st.tuples(FEN, METHODS), max_size=4),
    actual=FEN,
)


@pytest.fixture
def world(audited, open_shift, ca):
    """One audited order whose sums each example writes anew, before anybody paid."""
    order = audited()
    return order, open_shift, ca


def paid_and_done(
    order: Order, course: Course, shift: Shift, actor, standing: str = Standing.TO_SETTLE
) -> Order:
    """Return a copy of an order that was paid and served as a course says."""
    copy = fresh(order)
    record = Record.objects.get(order=order)
    audit = Audit.objects.get(order=order)
    copy.pk, copy.number, copy.row_version = None, None, 0
    copy.agreed = copy.required = Money(course.agreed)
    copy.standing = Standing.AWAITING_PAYMENT
    with pen.held(Order):
        copy.save()
    for place, (fen, method) in enumerate(course.prepaid):
        _try_to_pay(copy, fen, method, f"{copy.pk}-{place}", shift, actor)
    now = fresh(copy)
    now.standing = standing
    with pen.held(Order, Record, Audit):
        now.save()
        _copy_papers(record, audit, now, min(course.actual, course.agreed))
    return fresh(now)


def _try_to_pay(order, fen: int, method: Method, reference: str, shift: Shift, actor) -> None:
    payment = Payment(
        amount=Money(fen),
        method=method,
        channel_ref="" if method == Method.CASH else reference,
    )
    try:
        cashier.receive(fresh(order), payment=payment, shift=shift, actor=actor, at=MORNING)
    except Refused as refusal:
        assert refusal.code in ("more_than_due", "wrong_state")


def _copy_papers(record: Record, audit: Audit, order: Order, fen: int) -> None:
    visit = record.visit
    visit.pk, visit.number, visit.order = None, None, order
    with pen.held(type(visit)):
        visit.save()
    record.pk, record.number, record.order, record.visit = None, None, order, visit
    record.amount = Money(fen)
    record.save()
    audit.pk, audit.number, audit.order, audit.record = None, None, order, record
    audit.save()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(course=COURSES)
def test_a_settled_order_owes_nothing_and_the_books_balance(world, course):
    pattern, shift, ca = world
    order = paid_and_done(pattern, course, shift, ca)

    slip = operations.settle(
        order, closing=Closing(itemized=True), shift=shift, actor=ca, at=MORNING
    )

    sums = balances(movements_of(order))
    assert sum(one.fen for one in sums.values()) == 0
    assert till.held(order) == NOTHING
    assert -sums.get(Account.REVENUE, NOTHING) - sums.get(Account.TAX, NOTHING) == slip.actual
    owed = -sums.get(Account.REFUND_DUE, NOTHING)
    assert owed == (slip.refund.amount if slip.refund else NOTHING)
    assert till.received(order) - refunds.given_back(order) == slip.actual


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(course=COURSES, wishes=st.lists(FEN, max_size=5))
def test_no_more_goes_back_than_came_in_however_often_it_is_asked_for(world, course, wishes):
    pattern, shift, ca = world
    order = paid_and_done(pattern, course, shift, ca, Standing.CANCELLED)

    for fen in wishes:
        _try_to_take_back(order, fen)

    received = total(Receipt.objects.filter(order=order).values_list("amount", flat=True))
    asked = total(Refund.objects.filter(order=order).values_list("amount", flat=True))
    assert asked <= received
    assert till.held(order) == received - asked >= NOTHING
    assert not Movement.objects.filter(amount__lte=0).exists()


def _try_to_take_back(order: Order, fen: int) -> None:
    source = Refund.Source.OVERPAYMENT
    system = people.system()
    try:
        refund.request(fresh(order), source=source, amount=Money(fen), actor=system, at=MORNING)
    except Refused as refusal:
        assert refusal.code in ("more_than_received", "more_than_held")
