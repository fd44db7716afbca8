"""Orders in a place where only the dispatching desk can help them on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import MORNING, offer
from tests.stories import RECORDED_AT, fresh, record_of, visit_of
from teyue.desks.demo import course
from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.procedure.service import operations as service
from teyue.procedure.service.facts import Report

__all__ = ["SOON", "emergency", "half_done"]

SOON = MORNING + timedelta(minutes=5)


@pytest.fixture
def emergency(wished: Any, rc: Any, ds: Any, st: Any, technician: Any, office: Any) -> Order:
    """A burst pipe that 王磊 works at, approved on F-28; the household has said yes to no price."""
    leak = offer(office.pk, "WX-07")
    asked = wished(offer=leak, urgency=Order.Urgency.URGENT, wish_from=None)
    order = course.quoted(asked, actor=rc, at=MORNING).order
    need = Emergency(
        category=Override.Category.FLOOD,
        reason="厨房给水管爆裂，正在漏到楼下",
        estimate=Money(8000),
    )
    dispatch.override(order, emergency=need, actor=ds, at=MORNING + timedelta(minutes=2))
    course.dispatched(order, technician, starts=SOON, actor=rc, at=SOON)
    course.started(visit_of(order), actor=st, at=SOON + timedelta(minutes=15))
    return fresh(order)


def half_done(order: Order, st: Actor) -> Order:
    """Do one of two taps, and let the owner confirm it."""
    report = Report(
        work_done="换好一只",
        minutes=30,
        qty_x100=100,
        checklist={str(point["no"]): True for point in order.standard.steps},
        photos=(1,),
        more_visits=True,
    )
    service.record(visit_of(order), report=report, actor=st, at=RECORDED_AT)
    course.confirmed(record_of(order), actor=st, at=RECORDED_AT + timedelta(minutes=5))
    return fresh(order)
