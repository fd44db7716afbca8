"""An order that moves to a dearer time keeps its price; moved to a plain time it costs less."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.stories import AFTERNOON, PHOTOS, RECORDED_AT, fresh, record_of, visit_of
from teyue.desks.demo import course
from teyue.foundation import pen
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import prices
from teyue.procedure.pricing.formulas import Occasion
from teyue.procedure.service.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
SATURDAY = AFTERNOON + timedelta(days=4)
NATIONAL_DAY = AFTERNOON.replace(month=10, day=1)


def moved(order: Order, to: datetime) -> Order:
    with pen.held(Order):
        Order.objects.filter(pk=order.pk).update(wish_from=to)
    return fresh(order)


def recorded(order: Order, st) -> Record:
    visit = visit_of(order)
    course.recorded(visit, work_done="更换龙头", photos=PHOTOS, actor=st, at=RECORDED_AT)
    return record_of(order)


@pytest.mark.parametrize("to", [SATURDAY, NATIONAL_DAY])
def test_the_accepted_price_stands_at_a_dearer_time(started, st, to):
    order = moved(started(), to)

    record = recorded(order, st)

    assert (order.agreed, record.amount) == (Money(3000), Money(3000))
    assert [line["kind"] for line in record.lines] == ["labour"]


def test_a_surcharge_falls_away_with_its_occasion(started, st):
    order = started(wish_from=SATURDAY)
    assert order.agreed == Money(3300)

    record = recorded(moved(order, AFTERNOON), st)

    assert record.amount == Money(3000)


def test_a_surcharge_that_was_accepted_is_charged(started, st):
    assert recorded(started(wish_from=SATURDAY), st).amount == Money(3300)


def test_of_two_occasions_the_accepted_one_is_charged_when_it_costs_less(started, st):
    order = moved(started(wish_from=SATURDAY), NATIONAL_DAY)

    assert prices.charged_occasions(order) == {Occasion.WEEKEND}
    assert recorded(order, st).amount == Money(3300)
