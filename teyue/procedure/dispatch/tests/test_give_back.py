from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import TOMORROW, offer
from tests.stories import DISPATCHED_AT, fresh, visit_of
from teyue.config.wiring import deliver
from teyue.desks.demo import course
from teyue.foundation.journal.models import Entry
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.dispatch import operations, reactions
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import refused
from teyue.procedure.subcontracting import operations as subcontracting
from teyue.procedure.subcontracting.facts import FirmSuspended
from teyue.register.people import queries as people

pytestmark = pytest.mark.clause("4.2.6")
LATER = DISPATCHED_AT + timedelta(minutes=5)


@pytest.fixture
def sent(paid, firm, worker, rc) -> Callable[..., Order]:
    """Given to 段文杰 of the first firm for tomorrow afternoon."""

    def build() -> Order:
        order = paid(offer=offer(firm.office_id, "QX-01", "挂机"), wish_from=None)
        course.dispatched(order, worker, starts=TOMORROW, actor=rc, at=DISPATCHED_AT)
        return fresh(order)

    return build


@pytest.fixture
def suspend(firm, cs) -> Callable[[], None]:
    """Stop the firm and let the worker of the house deliver what was told."""

    def stop() -> None:
        subcontracting.suspend(firm, reason="私下收费", actor=cs, at=LATER)
        deliver(LATER)

    return stop


def test_an_open_visit_of_a_suspended_firm_goes_back(sent, suspend):
    order = sent()

    suspend()

    assert visit_of(order).state == Visit.State.SCHEDULED
    assert fresh(order).standing == Standing.READY
    assert not Reservation.objects.filter(order=order, freed_at=None).exists()


def test_the_journal_says_that_the_system_did_it(sent, suspend):
    order = sent()

    suspend()

    entry = Entry.objects.get(step="dispatch.give_back", case_id=order.pk)
    assert (entry.actor, entry.standing) == (people.system().id, "ready")


def test_work_under_way_is_left_alone(sent, suspend, su):
    order = sent()
    course.started(visit_of(order), actor=su, at=TOMORROW)

    suspend()

    assert visit_of(order).state == Visit.State.WORKING
    assert fresh(order).standing == Standing.IN_SERVICE


def test_visits_of_others_are_left_alone(dispatched, suspend):
    order = dispatched()

    suspend()

    assert fresh(order).standing == Standing.DISPATCHED


def test_a_fact_that_comes_twice_does_nothing_more(sent, suspend, firm):
    order = sent()
    suspend()
    told = FirmSuspended(firm=firm.pk, item=order.item_id)

    assert reactions.return_visits(told, LATER) == 0


def test_what_slipped_through_is_given_back_within_a_minute(sent, firm, cs):
    order = sent()
    subcontracting.suspend(firm, reason="私下收费", actor=cs, at=LATER)

    assert reactions.return_stranded(LATER) == 1
    assert fresh(order).standing == Standing.READY


def test_a_firm_that_serves_keeps_its_visits(sent):
    visit = visit_of(sent())

    with refused("firm_serves"):
        operations.give_back(visit, actor=people.system(), at=LATER)


def test_only_the_system_gives_back(sent, firm, cs):
    visit = visit_of(sent())
    subcontracting.suspend(firm, reason="私下收费", actor=cs, at=LATER)

    with refused("no_power"):
        operations.give_back(visit, actor=cs, at=LATER)
