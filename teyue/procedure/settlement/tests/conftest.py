"""Deep cleaning of 89.37 square meters: ¥339.61, of which ¥170.00 is prepaid (W-04, W-08)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.stories import PHOTOS, fresh, record_of, visit_of
from teyue.desks.demo import course
from teyue.foundation.actors import Actor
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.tests.doors import calling, morning, signed_in

__all__ = ["calling", "morning", "signed_in"]

HOUR = timedelta(hours=1)


@pytest.fixture
def cleaned(booked, cleaning, cleaner, open_shift, register, ca, rc, cs) -> Callable[..., Order]:
    """Return an order that 吴秀英 cleaned and the supervisor audited; as measured, if told."""

    def build(qty_x100: int = 8937, measured_x100: int | None = None) -> Order:
        st4: Actor = register.actor("st4")
        begins = datetime.fromisoformat("2026-11-25T14:00+08:00")
        order = booked(offer=cleaning, qty_x100=qty_x100, wish_from=begins)
        course.paid(order, shift=open_shift, actor=ca, at=begins - 27 * HOUR)
        course.dispatched(fresh(order), cleaner, starts=begins, actor=rc, at=begins - 26 * HOUR)
        course.started(visit_of(order), actor=st4, at=begins)
        work, done = "全屋保洁", begins + 4 * HOUR
        course.recorded(
            visit_of(order),
            work_done=work,
            photos=PHOTOS,
            qty_x100=measured_x100,
            actor=st4,
            at=done,
        )
        course.confirmed(record_of(order), actor=st4, at=done)
        course.audited(record_of(order), actor=cs, at=done + HOUR)
        return fresh(order)

    return build
