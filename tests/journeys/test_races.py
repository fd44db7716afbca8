"""Two people, one thing, the same moment: one gets it, the other is told why not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connections

from tests.cast import FOUNDED, MORNING
from tests.stories import AFTERNOON, DISPATCHED_AT, fresh
from teyue.desks.demo import course
from teyue.foundation import pen
from teyue.foundation.clock import local_day
from teyue.foundation.journal import sealing
from teyue.foundation.journal.models import Entry
from teyue.foundation.journal.verifying import verify
from teyue.foundation.refusal import Refused
from teyue.foundation.tests import certain
from teyue.procedure.booking.models import Reservation
from teyue.procedure.booking.tests.doors import calling, morning
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.dispatch.models import Visit
from teyue.register.company import edition
from teyue.register.people.models import Duty

__all__ = ["calling", "morning"]

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

WRITERS, ORDERS_EACH = 8, 4
Deed = Callable[[], object]


def at_once(*deeds: Deed) -> list[str]:
    """Do things in the same moment, each on its own connection; say what became of each."""
    line = Barrier(len(deeds))

    def alone(deed: Deed) -> str:
        try:
            line.wait(20)
            deed()
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return sorted(threads.map(alone, deeds))


@pytest.fixture
def alone_on_duty(technician, register) -> None:
    """Leave 王磊 as the only one who is on duty."""
    yesterday = local_day(FOUNDED) - timedelta(days=1)
    with pen.held(Duty):
        Duty.objects.exclude(staff=technician).update(from_on=yesterday, to_on=yesterday)
    edition.replace()


@pytest.mark.clause("4.2.4")
def test_of_two_receptionists_on_the_last_slot_one_books(wished, neighbors, alone_on_duty, rc, rc2):
    wishes = {rc: wished(), rc2: wished(household=neighbors)}

    told = at_once(
        *(
            lambda who=who, wish=wish: course.booked(wish, actor=who, at=MORNING)
            for who, wish in wishes.items()
        )
    )

    assert told == ["done", "slot_full"]
    assert Reservation.objects.filter(freed_at=None).count() == 1


@pytest.mark.clause("4.2.5")
def test_of_two_dispatchers_on_one_order_one_sends(paid, technician, register, rc, ds):
    order = paid(wish_from=None)
    other = register.staff["st3"]
    pairs = ((rc, technician), (ds, other))

    told = at_once(
        *(
            lambda who=who, staff=staff: course.dispatched(
                fresh(order), staff, starts=AFTERNOON, actor=who, at=DISPATCHED_AT
            )
            for who, staff in pairs
        )
    )

    assert told == ["done", "wrong_state"]
    assert Visit.objects.count() == 1


@pytest.mark.clause("4.2.5")
def test_of_two_dispatchers_on_one_technician_one_sends(paid, neighbors, technician, rc, ds):
    orders = {rc: paid(wish_from=None), ds: paid(household=neighbors, wish_from=None)}

    told = at_once(
        *(
            lambda who=who, order=order: course.dispatched(
                fresh(order), technician, starts=AFTERNOON, actor=who, at=DISPATCHED_AT
            )
            for who, order in orders.items()
        )
    )

    assert told == ["done", "person_busy"]
    assert Visit.objects.count() == Reservation.objects.filter(staff=technician).count() == 1


@pytest.mark.clause("4.3.1")
def test_one_payment_that_comes_twice_is_received_once(booked, open_shift, calling):
    order, cashier = booked(), calling("ca")
    body = {"order": order.number, "amount": str(order.required.plain), "method": "cash"}
    answers: list[bytes] = []

    at_once(*[lambda: answers.append(cashier.post("/receipts", "k1", **body).content)] * 2)

    assert len(set(answers)) == 1
    assert Receipt.objects.filter(order=order).count() == 1


@pytest.mark.clause("3.0")
def test_sealing_beside_writers_loses_no_entry(wished, neighbors, household, rc):
    wish = replace(wished(wish_from=None), duplicate_reason="另一处")
    finished = Event()

    with ThreadPoolExecutor(1) as sealer:
        sealed = sealer.submit(_seal_until, finished)
        told = at_once(*[lambda: _book_some(wish, rc)] * WRITERS)
        finished.set()
        sealed.result()
    certain.seal_all(at=MORNING)

    verdict = verify()
    assert told == ["done"] * WRITERS
    assert (verdict.findings, verdict.unsealed) == ((), 0)
    assert verdict.sealed == Entry.objects.count() == WRITERS * ORDERS_EACH * 3


def _book_some(wish, actor) -> None:
    for _ in range(ORDERS_EACH):
        course.booked(wish, actor=actor, at=MORNING)


def _seal_until(finished: Event) -> None:
    while not finished.wait(0.01):
        sealing.seal(at=MORNING)
    connections.close_all()
