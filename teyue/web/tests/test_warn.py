"""A deadline is plain, then near from 80 % of its time, then late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from teyue.web import formats

AT = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("share", "tone"), [(0.0, ""), (0.79, ""), (0.8, "near"), (0.99, "near"), (1.0, "late")]
)
def test_a_chip_changes_its_tone_with_the_time_used(share: float, tone: str) -> None:
    since = AT - DAY * share

    chip = formats.due_chip(since + DAY, since, AT)

    assert chip.tone == tone


def test_a_late_chip_says_by_how_much() -> None:
    chip = formats.due_chip(AT - timedelta(hours=2), None, AT, label="审核")

    assert (chip.text, chip.icon) == ("审核逾期 2 小时", "alarm-fill")
    assert chip.title == "2026-11-24 08:42"


@pytest.mark.parametrize(
    ("form", "label", "text"),
    [
        ("moment", "", "今日 12:00"),
        ("before", "审核", "今日 12:00 前审核"),
        ("countdown", "首次答复还", "首次答复还剩 1 小时 18 分"),
    ],
)
def test_a_chip_is_written_in_the_form_asked_for(form: str, label: str, text: str) -> None:
    until = AT + timedelta(minutes=78)

    chip = formats.due_chip(until, None, AT, label=label, form=form)

    assert chip.text == text


def test_a_deadline_without_a_beginning_is_never_near() -> None:
    chip = formats.due_chip(AT + timedelta(minutes=1), None, AT)

    assert chip.tone == ""


def test_the_time_used_stays_between_nothing_and_all() -> None:
    assert formats.used(AT + DAY, AT, AT + DAY / 2) == 50
    assert formats.used(AT + DAY, AT, AT - DAY) == 0
    assert formats.used(AT, AT, AT) == 100
