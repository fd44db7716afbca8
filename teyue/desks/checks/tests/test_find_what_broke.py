from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import offer
from teyue.config.wiring import CHECKS as WIRED
from teyue.desks.checks.table import CHECKS
from teyue.desks.checks.tests.broken import BREAKERS, Breaker
from teyue.foundation.upkeep.checks import run

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]


def found() -> dict[str, str]:
    return {finding.check.number: finding.text for finding in run(CHECKS, lambda done: None)}


def test_an_order_that_took_its_course_shows_nothing(settled):
    settled()

    assert found() == {}


@pytest.mark.parametrize(("number", "breaks"), BREAKERS.items())
def test_what_broke_is_found(number: str, breaks: Breaker, settled, small_set):
    order = settled(offer=offer(small_set.office_id, "WX-04"))

    breaks(order)

    assert number in found()


def test_every_invariant_can_be_broken_and_is_asked_by_the_command():
    numbers = [check.number for check in CHECKS]

    assert set(numbers) == set(BREAKERS)
    assert set(CHECKS) <= set(WIRED)


def test_a_finding_names_the_paper(settled):
    BREAKERS["I-17"](settled())

    assert found()["I-17"] == "订单 F07-YXY1-20261124-0001 的服务记录合计超过已接受的报价和增项"


def test_more_orders_cost_no_more_statements(settled, booked, neighbors):
    settled()
    with CaptureQueriesContext(connection) as before:
        found()
    booked(household=neighbors)

    with CaptureQueriesContext(connection) as after:
        found()

    assert len(after) == len(before) <= 70
