from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories import DISPATCHED_AT, STARTED_AT, fresh, visit_of
from teyue.foundation.actors import Evidence
from teyue.foundation.ledger.models import Account
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Reservation, Standing
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations, queries
from teyue.procedure.settlement.facts import Cancellation

pytestmark = pytest.mark.clause("4.3.1")
MINUTE = timedelta(minutes=1)


def cancel(order, actor, *, reason="临时有事", material=NOTHING, at=DISPATCHED_AT + MINUTE):
    asked = Cancellation(reason=reason, special_material=material)
    return operations.cancel(order, cancellation=asked, actor=actor, at=at)


@pytest.fixture
def departed(dispatched, st):
    """王磊 is on his way."""

    def build(**told):
        order = dispatched(**told)
        dispatch.accept(visit_of(order), actor=st, at=DISPATCHED_AT + MINUTE)
        dispatch.depart(visit_of(order), actor=st, at=STARTED_AT - 10 * MINUTE)
        return fresh(order)

    return build


def test_nothing_is_kept_before_anybody_was_sent(paid, cs):
    order = cancel(paid(), cs)

    assert (order.standing, order.ended_because) == (Standing.CANCELLED, "by_household")
    assert Refund.objects.get().amount == Money(3_000)


def test_a_cancelled_order_frees_its_slot_and_its_visit(dispatched, cs):
    order = cancel(dispatched(), cs)

    assert visit_of(order).state == "cancelled"
    assert not Reservation.objects.filter(order=order, freed_at=None).exists()


def test_who_set_off_is_paid_a_fifth_at_most(departed, cs):
    order = cancel(departed(), cs, at=STARTED_AT - 5 * MINUTE)

    assert (order.required, order.ended_because) == (Money(600), "late")
    assert Refund.objects.get().amount == Money(2_400)
    assert balance(Account.REVENUE) == Money(-600)


def test_the_fee_never_exceeds_its_cap(departed, cs):
    order = cancel(departed(qty_x100=500), cs, at=STARTED_AT - 5 * MINUTE)

    assert order.required == Money(2_000)


def test_special_material_is_paid_at_cost(departed, cs):
    late = STARTED_AT - 5 * MINUTE

    order = cancel(departed(), cs, material=Money(1_280), at=late)

    assert order.required == Money(1_880)


def test_what_is_not_covered_by_the_prepayment_is_owed(departed, cs):
    order = cancel(departed(), cs, material=Money(5_000), at=STARTED_AT - 5 * MINUTE)

    assert (order.in_arrears, order.required) == (True, Money(5_600))
    assert not Refund.objects.exists()


def test_the_fee_is_told_before_it_is_charged(departed):
    fee = queries.fee(departed(), special_material=NOTHING, at=STARTED_AT - 5 * MINUTE)

    assert (fee.notice, fee.amount) == ("after_departure", Money(600))


def test_nothing_is_left_owed_after_the_refund_was_asked_for(departed, cs):
    cancel(departed(), cs, at=STARTED_AT - 5 * MINUTE)

    assert balance(Account.PREPAYMENT) == NOTHING
    assert balance(Account.REFUND_DUE) == Money(-2_400)


def test_a_resident_cancels_for_the_own_home(paid, rs):
    order = cancel(paid(), rs)

    assert order.standing == Standing.CANCELLED


def test_the_desk_types_for_the_resident(paid, rs, rc):
    typed = rs.typed_by(rc, Evidence("call_recorded", "录音 1"))

    order = cancel(paid(), typed)

    assert order.standing == Standing.CANCELLED


def test_a_neighbor_cancels_nothing(paid, neighbor):
    order = paid()

    with refused("not_of_household"):
        cancel(order, neighbor, reason="吵")


def test_a_reason_is_given(paid, cs):
    order = paid()

    with refused("reason_missing", "reason"):
        cancel(order, cs, reason=" ")


def test_material_is_not_negative(departed, cs):
    order = departed()

    with refused("negative_amount", "special_material"):
        cancel(order, cs, material=Money(-1), at=STARTED_AT - 5 * MINUTE)


def test_work_that_has_begun_is_not_cancelled(started, cs):
    order = started()

    with refused("wrong_state"):
        cancel(order, cs, at=STARTED_AT + MINUTE)


def test_a_cashier_cancels_nothing(paid, ca):
    order = paid()

    with refused("no_power"):
        cancel(order, ca)
