"""Orders as far as a test wants them, by real operations, on the day of :mod:`tests.cast`.

Each fixture is a builder that returns the order, read afresh: ``order = paid()``. What it is told
goes to the booking, such as ``settled(qty_x100=200)``; every builder begins with the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import MORNING
from teyue.desks.demo import course
from teyue.procedure.booking.models import Order
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import operations as service
from teyue.procedure.service.models import Record

AFTERNOON = MORNING.replace(hour=14, minute=0)
PAID_AT = MORNING + timedelta(minutes=4)
DISPATCHED_AT = MORNING + timedelta(minutes=8)
STARTED_AT = AFTERNOON
RECORDED_AT = AFTERNOON + timedelta(minutes=40)
CONFIRMED_AT = AFTERNOON + timedelta(minutes=45)
AUDITED_AT = AFTERNOON + timedelta(minutes=90)
SETTLED_AT = AFTERNOON + timedelta(minutes=120)
NEXT_DAY = AFTERNOON + timedelta(days=1)
CONFIRMED_AGAIN_AT = NEXT_DAY + timedelta(minutes=45)
AUDITED_TWICE_AT = NEXT_DAY + timedelta(minutes=90)
PHOTOS = (1,)

Builder = Callable[..., Order]


def visit_of(order: Order) -> Visit:
    """Return the last visit of an order."""
    return Visit.objects.select_related("order", "performer").filter(order=order).latest("no")


def record_of(order: Order) -> Record:
    """Return the last record of an order."""
    return Record.objects.select_related("order", "visit").filter(order=order).latest("pk")


def records_of(order: Order) -> list[Record]:
    """Return the records of an order, first visit first."""
    found = Record.objects.select_related("order", "visit").filter(order=order)
    return list(found.order_by("visit__no"))


def fresh(order: Order) -> Order:
    """Return an order as it now stands."""
    return Order.objects.select_related("office", "item", "line", "standard", "household").get(
        pk=order.pk
    )


@pytest.fixture
def wished(household, tap) -> Callable[..., Any]:
    """What is asked for on the telephone: one tap this afternoon, unless told otherwise."""

    def build(*, at: datetime = MORNING, **told: Any):
        asked = {"household": household, "offer": tap, "wish_from": AFTERNOON} | told
        return course.wish(asked.pop("household"), asked.pop("offer"), at=at, **asked)

    return build


@pytest.fixture
def quoted(wished, rc) -> Builder:
    """Registered and priced; the household has not answered."""
    return lambda **told: fresh(course.quoted(wished(**told), actor=rc, at=MORNING).order)


@pytest.fixture
def booked(wished, rc) -> Builder:
    """Accepted on the telephone, awaiting payment."""
    return lambda **told: fresh(course.booked(wished(**told), actor=rc, at=MORNING))


@pytest.fixture
def paid(booked, open_shift, ca) -> Builder:
    """Prepaid in cash, ready to be dispatched."""

    def build(**told: Any) -> Order:
        order = booked(**told)
        course.paid(order, shift=open_shift, actor=ca, at=PAID_AT)
        return fresh(order)

    return build


@pytest.fixture
def dispatched(paid, technician, rc) -> Builder:
    """Given to 王磊 for this afternoon."""

    def build(**told: Any) -> Order:
        order = paid(**told)
        course.dispatched(order, technician, starts=AFTERNOON, actor=rc, at=DISPATCHED_AT)
        return fresh(order)

    return build


@pytest.fixture
def started(dispatched, st) -> Builder:
    """王磊 is in the home and works."""

    def build(**told: Any) -> Order:
        order = dispatched(**told)
        course.started(visit_of(order), actor=st, at=STARTED_AT)
        return fresh(order)

    return build


@pytest.fixture
def recorded(started, st) -> Builder:
    """Done and written down, waiting for the owner's word."""

    def build(**told: Any) -> Order:
        order = started(**told)
        work = "更换龙头，试水 3 分钟无渗漏"
        visit = visit_of(order)
        course.recorded(visit, work_done=work, photos=PHOTOS, actor=st, at=RECORDED_AT)
        return fresh(order)

    return build


@pytest.fixture
def confirmed(recorded, st) -> Builder:
    """Signed by 刘文博 on the technician's device, waiting for the audit."""

    def build(**told: Any) -> Order:
        order = recorded(**told)
        course.confirmed(record_of(order), actor=st, at=CONFIRMED_AT)
        return fresh(order)

    return build


@pytest.fixture
def half_done(started, st) -> Builder:
    """One of two taps is done and confirmed; somebody has to come again."""

    def build(**told: Any) -> Order:
        order = started(**({"qty_x100": 200} | told))
        visit, half = visit_of(order), order.qty_x100 // 2
        facts = {"work_done": "更换第一只龙头", "photos": PHOTOS, "qty_x100": half}
        course.recorded(visit, **facts, more_visits=True, actor=st, at=RECORDED_AT)
        course.confirmed(record_of(order), actor=st, at=CONFIRMED_AT)
        return fresh(order)

    return build


@pytest.fixture
def sent_again(half_done, technician, ds) -> Builder:
    """王磊 comes again tomorrow afternoon."""

    def build(**told: Any) -> Order:
        order = half_done(**told)
        coming = course.appointed(technician, starts=NEXT_DAY)
        service.continue_order(visit_of(order), assignment=coming, actor=ds, at=CONFIRMED_AT)
        return fresh(order)

    return build


@pytest.fixture
def done_in_two(sent_again, st) -> Builder:
    """Both taps are done, each visit recorded and confirmed, waiting for the audit of both."""

    def build(**told: Any) -> Order:
        order = sent_again(**told)
        visit, half = visit_of(order), order.qty_x100 // 2
        course.started(visit, actor=st, at=NEXT_DAY)
        facts = {"work_done": "更换第二只龙头", "photos": PHOTOS, "qty_x100": half}
        course.recorded(visit, **facts, actor=st, at=NEXT_DAY + timedelta(minutes=40))
        course.confirmed(record_of(order), actor=st, at=CONFIRMED_AGAIN_AT)
        return fresh(order)

    return build


@pytest.fixture
def audited(confirmed, cs) -> Builder:
    """Passed by the supervisor, waiting to be settled."""

    def build(**told: Any) -> Order:
        order = confirmed(**told)
        course.audited(record_of(order), actor=cs, at=AUDITED_AT)
        return fresh(order)

    return build


@pytest.fixture
def settled(audited, open_shift, ca) -> Builder:
    """Settled; nothing is left to pay."""

    def build(**told: Any) -> Order:
        order = audited(**told)
        course.settled(order, shift=open_shift, actor=ca, at=SETTLED_AT)
        return fresh(order)

    return build
