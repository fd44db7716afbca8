"""The lists of these desks cost the same, however many orders stand on them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MORNING
from tests.stories import AFTERNOON, CONFIRMED_AT, record_of
from teyue.procedure.dispute import operations as disputes

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
LATER = CONFIRMED_AT + timedelta(hours=3)


@pytest.fixture
def homes(household, neighbors):
    """Two homes, and when each wants to be served."""
    return ((household, AFTERNOON), (neighbors, AFTERNOON + timedelta(hours=2)))


@pytest.mark.parametrize(
    ("login", "path", "builder", "most"),
    [
        ("cs", "/audits/", "confirmed", 8),
        ("om", "/disputes/", "recorded", 7),
        ("ds", "/board/?day=2026-11-24", "dispatched", 9),
        ("rc", "/board/?day=2026-11-24", "paid", 9),
        ("st", "/jobs/", "dispatched", 5),
    ],
)
def test_a_list_keeps_its_budget(
    request, homes, signed_in, at_time, st, login, path, builder, most
):
    client, build, counted = signed_in(login), request.getfixturevalue(builder), []
    client.get(path)
    for home, starts in homes:
        at_time(MORNING)
        order = build(household=home, wish_from=starts)
        if path == "/disputes/":
            disputes.open(record_of(order), words="滴水", actor=st, at=LATER)
        counted.append(statements(client, path))

    assert counted[0] == counted[1] <= most


def statements(client, path: str) -> int:
    """Return how many statements a page costs."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(seen)
