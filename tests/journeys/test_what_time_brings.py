"""Orders that nobody touches: unpaid ones lapse, settled ones come to rest and are closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.stories import SETTLED_AT, fresh
from teyue.desks.casefile.standing import standing_of
from teyue.procedure.booking.models import Reservation, Standing
from teyue.procedure.dispute.jobs import close_rested
from teyue.procedure.refund.jobs import lapse_unpaid

pytestmark = pytest.mark.clause("4.3.1")


def test_an_unpaid_order_lapses_and_frees_its_slot(booked):
    order = booked()

    lapse_unpaid(MORNING + timedelta(days=2))

    assert fresh(order).standing == Standing.CANCELLED == standing_of(fresh(order))
    assert not Reservation.objects.filter(order=order, freed_at=None).exists()


def test_an_unpaid_order_waits_for_its_time(booked):
    order = booked()

    lapse_unpaid(MORNING + timedelta(minutes=1))

    assert fresh(order).standing == Standing.AWAITING_PAYMENT


def test_a_settled_order_is_closed_after_seven_days(settled):
    order = settled()

    close_rested(SETTLED_AT + timedelta(days=7))

    assert fresh(order).standing == Standing.CLOSED == standing_of(fresh(order))


def test_a_settled_order_rests_for_seven_days(settled):
    order = settled()

    close_rested(SETTLED_AT + timedelta(days=6))

    assert fresh(order).standing == Standing.SETTLED
