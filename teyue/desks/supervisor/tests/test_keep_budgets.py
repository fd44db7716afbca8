"""The lists of these desks cost the same, however many orders stand on them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MORNING
from tests.stories import AFTERNOON, DISPATCHED_AT, record_of, visit_of
from teyue.desks.demo import course
from teyue.procedure.dispute import operations as disputes

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
BUDGETS = {
    "/audits/": ("cs", "confirmed", 8),
    "/disputes/": ("om", "disputed", 7),
    "/board/?day=2026-11-24": ("ds", "dispatched", 9),
    "/board/": ("rc", "paid", 9),
    "/jobs/": ("st", "dispatched", 5),
}


@pytest.fixture
def reach(paid, technician, rc, st):
    """Take an order as far as a list wants it, at its own time."""

    def go(until: str, home, starts):
        order = paid(household=home, wish_from=starts)
        if until == "paid":
            return
        course.dispatched(order, technician, starts=starts, actor=rc, at=DISPATCHED_AT)
        if until == "dispatched":
            return
        course.started(visit_of(order), actor=st, at=starts)
        done = {"work_done": "好", "photos": (1,), "actor": st, "at": starts}
        course.recorded(visit_of(order), **done)
        if until == "confirmed":
            course.confirmed(record_of(order), actor=st, at=starts)
        else:
            disputes.open(record_of(order), words="滴水", actor=st, at=starts)

    return go


@pytest.mark.parametrize("path", BUDGETS)
def test_a_list_keeps_its_budget(path, reach, household, neighbors, signed_in, at_time):
    login, until, most = BUDGETS[path]
    client, counted = signed_in(login), []
    client.get(path)
    for n, home in enumerate((household, neighbors)):
        at_time(MORNING)
        reach(until, home, AFTERNOON + timedelta(hours=2 * n))
        counted.append(statements(client, path))

    assert counted[0] == counted[1] <= most


def statements(client, path: str) -> int:
    """Return how many statements a page costs."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(seen)
