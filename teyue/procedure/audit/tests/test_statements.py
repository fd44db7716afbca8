"""How many statements the doors between payment and settlement cost (on both engines alike)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MORNING
from tests.stories import AFTERNOON
from teyue.procedure.audit.models import CHECKS

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
MOST = {"/visits": 10, "/records/keyed": 11, "/audits": 8}
NOON = MORNING + timedelta(hours=5)


@pytest.fixture
def courses(paid, household, neighbors):
    """Two orders of two households, so that the second finds all stable facts known."""
    homes = ((household, AFTERNOON), (neighbors, AFTERNOON + timedelta(hours=2)))
    return [paid(household=home, wish_from=starts) for home, starts in homes]


def test_costs_as_few_statements_as_promised(calling, courses, technician, at_time):
    rc, cs = calling("rc"), calling("cs")
    at_time(NOON - timedelta(hours=4))
    counted = {}
    for order in courses:
        counted["/visits"], _visit = counting(rc, "/visits", sent(order, technician))
    at_time(NOON)
    for order in courses:
        counted["/records/keyed"], record = counting(rc, "/records/keyed", on_paper(order))
        counted["/audits"], _audit = counting(cs, "/audits", checked(record))

    assert counted == MOST


def counting(caller, path, body):
    """Return how many statements a call took, those around the test apart, and its answer."""
    with CaptureQueriesContext(connection) as seen:
        answer = caller.post(path, f"{path}:{body.get('order') or body['record']}", **body)
    assert answer.status_code == 201, answer.content.decode()
    spoken = [query for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]]
    return len(spoken), answer.json()


def sent(order, technician):
    return {
        "order": order.number,
        "staff": technician.pk,
        "appoint_from": order.wish_from.isoformat(),
        "appoint_to": order.wish_to.isoformat(),
    }


def on_paper(order):
    points = {str(point["no"]): True for point in order.standard.steps}
    worked = {"work_done": "换好", "minutes": 30, "quantity": "1", "checklist": points}
    return {
        "order": order.number,
        "worked": worked,
        "evidence": {"reference": "F12-0007"},
        "arrived_at": "2026-11-24T15:00:00+08:00",
        "finished_at": "2026-11-24T15:30:00+08:00",
    }


def checked(record):
    checks = dict.fromkeys(CHECKS, True)
    return {"record": record["number"], "digest": record["digest"], "checks": checks}
