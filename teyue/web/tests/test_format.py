"""Amounts, rooms, phones and times are written as the house writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from teyue.web import formats

AT = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "0.00"), (5, "0.05"), (123456, "1,234.56"), (-4500, "−45.00"), (-5, "−0.05")],
)
def test_a_column_shows_yuan_with_a_real_minus(fen: int, written: str) -> None:
    assert formats.amount(fen) == written


@pytest.mark.parametrize(("fen", "written"), [(4000, "+40.00"), (-4500, "−45.00"), (0, "0.00")])
def test_a_difference_always_shows_its_sign(fen: int, written: str) -> None:
    assert formats.difference(fen) == written


def test_a_total_shows_the_currency_after_its_minus() -> None:
    assert formats.yuan(19160) == "¥191.60"
    assert formats.yuan(-19160) == "−¥191.60"


@pytest.mark.parametrize(
    ("short", "long"),
    [("3-2-1102", "3 栋 2 单元 1102"), ("8-1102", "8 栋 1102"), ("别墅 12", "别墅 12")],
)
def test_a_room_has_a_short_and_a_long_form(short: str, long: str) -> None:
    assert formats.room_long(short) == long
    assert formats.room_short(long) == short


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("13812345207", "138 **** 5207"),
        ("+86 138-1234-5207", "138 **** 5207"),
        ("86001102", "**** 1102"),
        ("110", "****"),
        ("", ""),
    ],
)
def test_a_phone_never_shows_its_middle(phone: str, written: str) -> None:
    assert formats.masked(phone) == written


@pytest.mark.parametrize(
    ("ahead", "written"),
    [
        (timedelta(hours=1, minutes=18), "今日 12:00"),
        (timedelta(days=1), "明日 10:42"),
        (timedelta(days=-1), "昨日 10:42"),
        (timedelta(days=5), "11-29"),
        (timedelta(days=210), "2027-06"),
    ],
)
def test_a_time_is_only_as_exact_as_its_distance_needs(ahead: timedelta, written: str) -> None:
    assert formats.moment(AT + ahead, AT) == written


def test_what_happened_keeps_its_minute() -> None:
    assert formats.stamp(AT - timedelta(days=2), AT) == "11-22 10:42"
    assert formats.stamp(AT - timedelta(days=400), AT) == "2025-10-20 10:42"


def test_a_date_says_its_weekday_unless_it_is_near() -> None:
    assert formats.day(AT, AT) == "今日"
    assert formats.day((AT + timedelta(days=3)).date(), AT) == "11-27 周五"


def test_the_top_bar_writes_the_local_day() -> None:
    midnight_in_shanghai = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)

    assert formats.heading(midnight_in_shanghai) == "11 月 24 日 周二"


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(seconds=20), "不到 1 分钟"),
        (timedelta(minutes=8), "8 分钟"),
        (timedelta(minutes=80), "1 小时 20 分"),
        (timedelta(hours=2), "2 小时"),
        (timedelta(hours=27, minutes=5), "1 天 3 小时"),
    ],
)
def test_a_span_uses_two_units_at_most(length: timedelta, written: str) -> None:
    assert formats.span(length) == written
    assert formats.span(-length) == written


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), "今日 24:00"),
        (datetime(2026, 11, 27, 16, 0, tzinfo=UTC), "11-27 24:00"),
        (datetime(2026, 11, 24, 4, 0, tzinfo=UTC), "今日 12:00"),
    ],
)
def test_a_deadline_at_the_end_of_a_day_is_said_of_that_day(when: datetime, written: str) -> None:
    assert formats.until(when, AT) == written
