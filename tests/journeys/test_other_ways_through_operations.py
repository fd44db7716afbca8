"""The other ways of an order: cancelled, refunded, disputed, served in an emergency, done again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MORNING, offer
from tests.stories import (
    AFTERNOON,
    AUDITED_AT,
    CONFIRMED_AT,
    RECORDED_AT,
    SETTLED_AT,
    fresh,
    record_of,
    visit_of,
)
from teyue.desks.casefile.standing import standing_of
from teyue.desks.checks import times
from teyue.desks.demo import course
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.dispute import operations as dispute
from teyue.procedure.dispute.facts import Decision, Redo
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.facts import Payout
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation, Mistake, Voiding
from teyue.procedure.settlement.jobs import settle_free

pytestmark = pytest.mark.clause("4.3.1")

LATER = MORNING + timedelta(minutes=20)


def give_back(order: Order, *, cs, fn, ca, shift) -> Refund:
    """Take a refund of an order through review, approval and payment in cash."""
    asked = Refund.objects.get(order=order)
    if asked.state == Refund.State.REQUESTED:
        refund.review(asked, actor=cs, at=LATER)
        refund.decide(asked, actor=cs, at=LATER)
    payout = Payout(shift=shift, original_returned=True)
    return refund.pay(asked, payout=payout, actor=ca, at=SETTLED_AT)


def test_a_paid_order_cancelled_in_time_gives_everything_back(paid, rc, cs, fn, ca, open_shift):
    order = paid(wish_from=AFTERNOON + timedelta(days=1))

    reason = Cancellation(reason="住户临时出差")
    settlement.cancel(order, cancellation=reason, actor=rc, at=LATER)
    give_back(order, cs=cs, fn=fn, ca=ca, shift=open_shift)

    assert fresh(order).standing == Standing.CANCELLED == standing_of(fresh(order))
    assert balance(Account.CASH) == NOTHING == balance(Account.REFUND_DUE)
    assert not Reservation.objects.filter(order=order, freed_at=None).exists()


def test_a_cancellation_after_departure_keeps_the_listed_fee(dispatched, rc, st):
    order = dispatched()
    visit = visit_of(order)
    dispatch.accept(visit, actor=st, at=LATER)
    dispatch.depart(visit, actor=st, at=AFTERNOON - timedelta(minutes=5))

    reason = Cancellation(reason="不需要了")
    settlement.cancel(fresh(order), cancellation=reason, actor=rc, at=AFTERNOON)

    assert balance(Account.REVENUE) == -Money(600)
    assert Refund.objects.get(order=order).amount == Money(2400)
    assert visit_of(order).state == Visit.State.CANCELLED


def test_the_company_calls_off_and_keeps_nothing(dispatched, om):
    order = dispatched()

    reason = Cancellation(reason="设备故障，当天不能上门")
    settlement.call_off(order, cancellation=reason, actor=om, at=LATER)

    assert Refund.objects.get(order=order).amount == Money(3000)
    assert balance(Account.PREPAYMENT) == NOTHING == balance(Account.REVENUE)


def test_a_wrong_household_is_voided_and_refunded(paid, cs):
    order = paid()

    voiding = Voiding(mistake=Mistake.WRONG_HOUSEHOLD, reason="应为 3-2-1101")
    settlement.void(order, voiding=voiding, actor=cs, at=LATER)

    assert fresh(order).standing == Standing.VOID == standing_of(fresh(order))
    assert Refund.objects.get(order=order).source == Refund.Source.WRONG_HOUSEHOLD


def test_a_settlement_gives_the_excess_back_on_the_word_of_the_audit(
    started, st, cs, ca, fn, open_shift
):
    order = started(qty_x100=200)
    course.recorded(
        visit_of(order), work_done="只换了一只", photos=(1,), qty_x100=100, actor=st, at=RECORDED_AT
    )
    course.confirmed(record_of(order), actor=st, at=CONFIRMED_AT)
    course.audited(record_of(order), actor=cs, at=AUDITED_AT)

    course.settled(fresh(order), shift=open_shift, actor=ca, at=SETTLED_AT)

    excess = Refund.objects.get(order=order)
    assert (excess.state, excess.amount) == (Refund.State.APPROVED, Money(3000))
    assert balance(Account.PREPAYMENT) == NOTHING


@pytest.fixture
def disputed(recorded, st):
    """The owner refuses to confirm."""

    def build() -> Dispute:
        record = record_of(recorded())
        words = "龙头还在滴水，不签"
        return dispute.open(record, words=words, actor=st, at=RECORDED_AT + timedelta(minutes=5))

    return build


def test_a_dispute_may_end_with_a_new_word_of_the_owner(disputed, om, st):
    quarrel = disputed()
    decision = Decision(outcome=Dispute.Outcome.CONFIRM_AGAIN, text="已换新垫圈，请住户复验")

    dispute.resolve(quarrel, decision=decision, actor=om, at=CONFIRMED_AT)
    course.confirmed(record_of(quarrel.order), actor=st, at=CONFIRMED_AT)

    order = fresh(quarrel.order)
    assert order.standing == Standing.TO_AUDIT == standing_of(order)


def test_a_dispute_may_end_with_an_agreed_amount(disputed, om, cs, ca, open_shift):
    quarrel = disputed()
    decision = Decision(
        outcome=Dispute.Outcome.AMOUNT_AGREED, text="减收 10 元", agreed_amount=Money(2000)
    )

    dispute.resolve(quarrel, decision=decision, actor=om, at=CONFIRMED_AT)
    course.audited(record_of(quarrel.order), actor=cs, at=AUDITED_AT)
    course.settled(fresh(quarrel.order), shift=open_shift, actor=ca, at=SETTLED_AT)

    assert Refund.objects.get(order=quarrel.order).amount == Money(1000)
    assert balance(Account.REVENUE) == -Money(2000)


def test_a_dispute_may_end_the_order(disputed, om):
    quarrel = disputed()
    decision = Decision(outcome=Dispute.Outcome.CANCELLED, text="全额退款")

    dispute.resolve(quarrel, decision=decision, actor=om, at=CONFIRMED_AT)

    order = fresh(quarrel.order)
    assert order.standing == Standing.CANCELLED == standing_of(order)
    assert Refund.objects.get(order=order).amount == Money(3000)


def test_the_supervisor_needs_the_household_in_writing(disputed, cs):
    quarrel = disputed()
    decision = Decision(outcome=Dispute.Outcome.CANCELLED, text="全额退款")

    with pytest.raises(Refused) as refusal:
        dispute.resolve(quarrel, decision=decision, actor=cs, at=CONFIRMED_AT)

    assert refusal.value.code == "consent_missing"
    assert fresh(quarrel.order).standing == Standing.DISPUTED
    assert not Refund.objects.exists()


@pytest.fixture
def emergency(wished, rc, ds, small_set, office):
    """A burst pipe, served before it is paid."""

    def build() -> Order:
        leak = offer(office.pk, "WX-07")
        asked = wished(offer=leak, urgency=Order.Urgency.URGENT, wish_from=None)
        order = course.quoted(asked, actor=rc, at=MORNING).order
        need = Emergency(
            category=Override.Category.FLOOD,
            reason="厨房给水管爆裂，正在漏到楼下",
            estimate=Money(8000),
        )
        dispatch.override(order, emergency=need, actor=ds, at=MORNING + timedelta(minutes=2))
        return fresh(order)

    return build


def test_an_emergency_is_ready_before_it_is_paid(emergency):
    order = emergency()

    assert order.standing == Standing.READY == standing_of(order)
    assert order.in_arrears


def test_an_emergency_is_served_confirmed_and_paid_up(
    emergency, technician, rc, st, ca, open_shift
):
    order = emergency()
    soon = MORNING + timedelta(minutes=5)
    course.dispatched(order, technician, starts=soon, actor=rc, at=soon)
    course.started(visit_of(order), actor=st, at=soon + timedelta(minutes=15))
    done = soon + timedelta(minutes=60)
    course.recorded(visit_of(order), work_done="关阀换管", photos=(1,), actor=st, at=done)
    course.confirmed(record_of(order), actor=st, at=done)

    paper = Override.objects.select_related("order").get(order=order)
    pay = Payment(amount=Money(8000), method=Method.CASH, purpose=Receipt.Purpose.ARREARS)
    dispatch.redeem(paper, payment=pay, shift=open_shift, actor=ca, at=done + timedelta(hours=1))

    assert not fresh(order).in_arrears
    assert Override.objects.get(order=order).state == Override.State.PAID


def test_a_settlement_that_collects_an_emergency_ends_its_arrears(
    emergency, technician, rc, st, cs, ca, open_shift
):
    order = emergency()
    soon = MORNING + timedelta(minutes=5)
    course.dispatched(order, technician, starts=soon, actor=rc, at=soon)
    course.started(visit_of(order), actor=st, at=soon + timedelta(minutes=15))
    done = soon + timedelta(minutes=60)
    course.recorded(visit_of(order), work_done="关阀换管", photos=(1,), actor=st, at=done)
    course.confirmed(record_of(order), actor=st, at=done)
    course.audited(record_of(order), actor=cs, at=done)

    course.settled(fresh(order), shift=open_shift, actor=ca, at=LATER)

    assert (fresh(order).standing, fresh(order).in_arrears) == (Standing.SETTLED, False)
    assert Override.objects.get(order=order).state == Override.State.PAID
    assert list(times.emergencies_unsound()) == []


def test_the_fee_of_an_emergency_given_up_is_collected_and_earned(
    emergency, technician, rc, st, ca, open_shift, small_set
):
    order = emergency()
    soon = MORNING + timedelta(minutes=5)
    course.dispatched(order, technician, starts=soon, actor=rc, at=soon)
    dispatch.accept(visit_of(order), actor=st, at=soon)
    dispatch.depart(visit_of(order), actor=st, at=soon)
    reason = Cancellation(reason="自己关了总阀", special_material=Money(1500))
    settlement.cancel(fresh(order), cancellation=reason, actor=rc, at=soon)

    paper = Override.objects.select_related("order").get(order=order)
    due = fresh(order).required
    pay = Payment(amount=due, method=Method.CASH, purpose=Receipt.Purpose.ARREARS)
    dispatch.redeem(paper, payment=pay, shift=open_shift, actor=ca, at=LATER)

    assert due >= Money(1500)
    assert balance(Account.REVENUE) == -due
    assert balance(Account.PREPAYMENT) == NOTHING


def test_a_household_in_arrears_books_nothing_else(emergency, wished, rc):
    emergency()

    with pytest.raises(Refused) as refusal:
        course.booked(wished(), actor=rc, at=LATER)

    assert refusal.value.code == "household_in_arrears"
    assert Order.objects.count() == 1


@pytest.fixture
def om_as_auditor(om):
    """The office manager, whom the supervisor has authorized to audit (E-40)."""
    return replace(om, grants=om.grants | {("audit.approve", scope) for _, scope in om.posts})


def test_a_rework_inside_the_warranty_costs_nothing(settled, cs, om_as_auditor, rc, technician, st):
    again = dispute.rework(settled(), redo=Redo(reason="又滴水"), actor=cs, at=SETTLED_AT)
    soon = SETTLED_AT + timedelta(hours=1)
    course.dispatched(again, technician, starts=soon, actor=rc, at=SETTLED_AT)
    course.started(visit_of(again), actor=st, at=soon)
    course.recorded(visit_of(again), work_done="重装", photos=(1,), actor=st, at=soon)
    course.confirmed(record_of(again), actor=st, at=soon)
    course.audited(record_of(again), actor=om_as_auditor, at=soon)
    settle_free(soon)

    assert record_of(again).amount == NOTHING
    assert fresh(again).standing == Standing.SETTLED == standing_of(fresh(again))
