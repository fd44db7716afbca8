"""Work of 吴秀英 that is paid before it is measured: deep cleaning, and cleaning by the hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.cast import TOMORROW, Register, offer
from tests.stories import PHOTOS, fresh, record_of, visit_of
from teyue.desks.demo import course
from teyue.foundation import pen, sitting
from teyue.foundation.actors import Actor
from teyue.foundation.holds import operations as holds
from teyue.foundation.holds.models import Hold
from teyue.foundation.lifecycle import hold
from teyue.procedure.booking.models import SETTLEMENT_HOLD, Order
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.cashier.models import Shift
from teyue.register.people.models import Staff

__all__ = ["calling", "morning", "signed_in"]

HOUR = timedelta(hours=1)


@pytest.fixture
def done(
    register: Register, booked: Callable[..., Order], cleaner: Staff, open_shift: Shift
) -> Callable[..., Order]:
    """Return an order of tomorrow afternoon that was paid, served for a while and audited."""
    ca, rc, cs, st4 = (register.actor(login) for login in ("ca", "rc", "cs", "st4"))

    def build(lasted: timedelta, measured_x100: int | None = None, **wish: object) -> Order:
        order = booked(wish_from=TOMORROW, **wish)
        course.paid(order, shift=open_shift, actor=ca, at=TOMORROW - 26 * HOUR)
        course.dispatched(fresh(order), cleaner, starts=TOMORROW, actor=rc, at=TOMORROW - 25 * HOUR)
        course.started(visit_of(order), actor=st4, at=TOMORROW)
        ended = TOMORROW + lasted
        _write_down(order, measured_x100, st4, ended)
        course.confirmed(record_of(order), actor=st4, at=ended)
        course.audited(record_of(order), actor=cs, at=ended + HOUR)
        return fresh(order)

    def _write_down(order: Order, measured: int | None, actor: Actor, at: datetime) -> None:
        course.recorded(
            visit_of(order),
            work_done="全屋保洁",
            photos=PHOTOS,
            qty_x100=measured,
            actor=actor,
            at=at,
        )

    return build


@pytest.fixture
def cleaned(done, cleaning) -> Callable[..., Order]:
    """Deep cleaning of 89.37 square meters: ¥339.61, of which ¥170.00 is prepaid (W-04, W-08)."""
    return lambda measured_x100=None: done(4 * HOUR, measured_x100, offer=cleaning, qty_x100=8937)


@pytest.fixture
def hourly(done, small_set) -> Callable[..., Order]:
    """Four hours of cleaning, prepaid in full: so many minutes were really worked."""
    by_the_hour = offer(small_set.office_id, "BJ-01")
    return lambda minutes: done(timedelta(minutes=minutes), offer=by_the_hour, qty_x100=400)


@pytest.fixture
def held_by_a_complaint() -> Callable[[Order], Order]:
    """Return an order that a complaint holds."""

    def build(order: Order) -> Order:
        with sitting.opened(), pen.held(Hold, Order):
            hold(order)
            holds.place(SETTLEMENT_HOLD, on=order, by=order.records.get(), at=TOMORROW)
        return fresh(order)

    return build
