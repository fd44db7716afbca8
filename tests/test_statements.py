"""The flow in six calls, and how many statements each asks of the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.flow import CALLS, Job
from tests.cast import MORNING
from tests.stories import AFTERNOON
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.tests.doors import Caller, calling, morning
from teyue.procedure.pricing.models import Standard

__all__ = ["calling", "morning"]

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

MOST = 60
BORDERS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
CREATED = 201
Run = Callable[[Job], dict[str, int]]


@pytest.fixture
def job(household, tap, technician) -> Job:
    standard = Standard.objects.get(pk=tap.standard_id)
    points = tuple(str(point["no"]) for point in standard.steps)
    return Job(household=household.pk, staff=technician.pk, starts=AFTERNOON, checklist=points)


@pytest.fixture
def run(calling, open_shift) -> Run:
    """Return a runner of the flow that tells how many statements each call took."""
    callers: dict[str, Caller] = {call.who: calling(call.who) for call in CALLS}

    def flow(job: Job) -> dict[str, int]:
        answers: dict[str, Any] = {}
        counted: dict[str, int] = {}
        for call in CALLS:
            body, path = call.body(job, answers, MORNING), call.path.removeprefix("/api/v1")
            key = f"{call.name}-{job.starts:%d%H%M}"
            with CaptureQueriesContext(connection) as asked:
                answer = callers[call.who].post(path, key, **body)
            assert answer.status_code == CREATED, (call.name, answer.content.decode())
            answers[call.name] = answer.json()
            counted[call.name] = sum(not _is_border(one["sql"]) for one in asked)
        return counted

    return flow


def test_one_paid_order_in_six_calls_costs_no_more_than_sixty_statements(run, job):
    told = run(later(job))

    counted = run(job)

    assert Order.objects.filter(standing=Standing.SETTLED).count() == 2
    assert sum(counted.values()) <= MOST, table(counted, told)


@pytest.mark.postgresql
def test_each_call_reads_who_asks_and_writes_what_follows_in_one_transaction(run, job):
    with CaptureQueriesContext(connection) as asked:
        run(job)

    borders = [one["sql"].split()[0] for one in asked if _is_border(one["sql"])]
    assert borders == ["SAVEPOINT", "RELEASE"] * len(CALLS)
    assert _is_border(asked[0]["sql"]) and _is_border(asked[-1]["sql"])


@pytest.mark.postgresql
def test_ten_thousand_orders_cost_no_more_statements_than_ten(run, job):
    run(later(job))
    crowd(10)
    few = run(later(job, 2))
    crowd(10_000)

    many = run(later(job, 3))

    assert many == few, table(many, few)


def later(job: Job, hours: int = 1) -> Job:
    """Return the same job at another time, so that the technician is free."""
    return replace(job, starts=job.starts.replace(hour=job.starts.hour + hours % 4))


def crowd(count: int) -> None:
    """Put orders of the past into the table until there are ``count`` of them."""
    model = Order.objects.filter(standing=Standing.SETTLED).latest("pk")
    changed = {
        "number": "'F07-PAST-' || n",
        "state": f"'{Order.State.CLOSED}'",
        "standing": f"'{Standing.CLOSED}'",
    }
    columns = [str(field.column) for field in Order._meta.concrete_fields if not field.primary_key]
    values = [changed.get(name, name) for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO booking_order ({', '.join(columns)}) SELECT {', '.join(values)}"
            " FROM booking_order, generate_series(%s::int, %s::int) AS n WHERE id = %s",
            [Order.objects.count(), count - 1, model.pk],
        )


def table(now: dict[str, int], before: dict[str, int]) -> str:
    """Return how many statements each call takes."""
    lines = [f"{name:10} {before[name]:3} → {n:3}" for name, n in now.items()]
    return "\n".join([*lines, f"{'total':10} {sum(before.values()):3} → {sum(now.values()):3}"])


def _is_border(statement: str) -> bool:
    return statement.lstrip().upper().startswith(BORDERS)
