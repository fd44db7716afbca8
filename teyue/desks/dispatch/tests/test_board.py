from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.stories import AFTERNOON, visit_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.5")]


def test_the_board_shows_who_is_where(dispatched, signed_in):
    order = dispatched()

    page = signed_in("ds").get("/board/?day=2026-11-24").content.decode()

    assert "王磊" in page and visit_of(order).number in page
    assert "午间静音" in page and "低压电工" in page


def test_the_queue_says_what_is_late(paid, signed_in, at_time):
    paid()
    at_time(MORNING + timedelta(hours=3))

    page = signed_in("rc").get("/board/").content.decode()

    assert "派工逾期 1" in page and "3-2-1102" in page


def test_choosing_an_order_says_who_may_not_go(paid, signed_in):
    order = paid()

    page = signed_in("rc").get(f"/board/{order.number}/").content.decode()

    assert 'value="staff-' in page and "disabled" in page
    assert "不当班或请假" in page


def test_a_visit_that_nobody_came_to_is_red(dispatched, signed_in, at_time):
    dispatched()
    at_time(AFTERNOON + timedelta(hours=3))

    page = signed_in("ds").get("/board/").content.decode()

    assert "未到场 1" in page and "应 16:00 前到" in page


def test_an_empty_board_says_what_would_be_there(small_set, signed_in):
    page = signed_in("ds").get("/board/").content.decode()

    assert "没有待派工的单" in page


def test_the_board_is_for_those_who_send(small_set, signed_in):
    assert signed_in("rs").get("/board/").status_code == 403


def test_a_day_that_is_none_is_not_found(small_set, signed_in):
    assert signed_in("ds").get("/board/?day=gestern").status_code == 404
