"""What cancelling costs after visits in vain (C-05b, E-06, E-07, E-09; ADR 0016)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.test_amounts import undone
from tests.stories import DISPATCHED_AT, STARTED_AT, fresh, visit_of
from teyue.foundation import pen
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Absence
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.settlement import queries

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

ABSENT, NO_SHOW, REFUSED = "household_absent", "staff_no_show", "provider_refused"
OTHERS = ("weather", "no_access", "material")
FAILED = st.sampled_from([ABSENT, NO_SHOW, REFUSED, *OTHERS])
FEE = Money(600)


@pytest.fixture
def absent(dispatched, st):
    """王磊 came in vain: he waited, rang and called."""
    order = dispatched()
    visit = visit_of(order)
    dispatch.accept(visit, actor=st, at=DISPATCHED_AT)
    dispatch.depart(visit, actor=st, at=STARTED_AT - timedelta(minutes=10))
    dispatch.arrive(visit, proof="门禁", actor=st, at=STARTED_AT)
    gone = Absence(note="无人在家", rings=2, calls=2, photo="file:1")
    dispatch.report_absent(visit, absence=gone, actor=st, at=STARTED_AT + timedelta(minutes=30))
    return fresh(order)


def later(order, failure="", *, no=2):
    """Write another visit of an order, tomorrow, that failed as told."""
    first = order.visits.get(no=1)
    begin = first.appoint_from + timedelta(days=no)
    state = Visit.State.FAILED if failure else Visit.State.ASSIGNED
    visit = Visit(
        order=order,
        office=order.office,
        no=no,
        number=f"{first.number}-{no}",
        state=state,
        failure=failure,
        appoint_from=begin,
        appoint_to=begin + timedelta(hours=1),
        arrived_at=begin if failure == ABSENT else None,
    )
    with pen.held(Visit):
        Visit.objects.bulk_create([visit])


def cost(order, *, at=STARTED_AT + timedelta(hours=1)):
    return queries.fee(order, special_material=NOTHING, at=at).amount


def test_who_was_absent_owes_the_call_out(absent):
    assert cost(absent) == FEE


def test_a_new_appointment_does_not_undo_the_call_out(absent):
    later(absent)

    assert cost(absent) == FEE


def test_a_failure_of_the_company_since_then_does(absent):
    later(absent, NO_SHOW)

    assert cost(absent) == NOTHING


def test_who_was_absent_after_the_company_failed_owes_it(absent):
    later(absent, NO_SHOW)
    later(absent, ABSENT, no=3)

    assert cost(absent, at=STARTED_AT + timedelta(days=4)) == FEE


@settings(max_examples=40)
@given(history=st.lists(FAILED, max_size=4))
def test_the_fee_is_owed_from_the_last_failure_of_the_company_on(absent, history):
    with undone():
        for turn, failure in enumerate(history):
            later(absent, failure, no=turn + 2)
        later(absent, no=len(history) + 2)

        since = [ABSENT, *history]
        ours = max((n for n, one in enumerate(since) if one in (NO_SHOW, REFUSED)), default=-1)
        owed = FEE if ABSENT in since[ours + 1 :] else NOTHING
        assert cost(absent) == owed
