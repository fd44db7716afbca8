from __future__ import annotations

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.parameters.kinds import Kind, parse, show


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.MINUTES, "15 分钟", 15),
        (Kind.MINUTES, "１５", 15),
        (Kind.HOURS, "24小时", 24),
        (Kind.WORKING_DAYS, "5个工作日", 5),
        (Kind.BP, "30%", 3_000),
        (Kind.BP, "0.05", 5),
        (Kind.FEN, "¥1,234.56", 123_456),
        (Kind.FEN, "200元", 20_000),
        (Kind.INT, "3 家", 3),
        (Kind.CLOCK, "8：00", 480),
        (Kind.CLOCK, "24:00", 1_440),
        (Kind.HOURS_LIST, "24、48，72", (24, 48, 72)),
        (Kind.CHOICE, "allowed", "allowed"),
    ],
)
def test_it_is_read_as_people_write_it(kind, text, value):
    assert parse(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.MINUTES, ""),
        (Kind.MINUTES, "-5"),
        (Kind.MINUTES, "1.5"),
        (Kind.BP, "很多"),
        (Kind.BP, "30.001%"),
        (Kind.FEN, "1.005"),
        (Kind.FEN, "NaN"),
        (Kind.FEN, "Infinity"),
        (Kind.CLOCK, "8:75"),
        (Kind.DAYS_LIST, "30、、7"),
        (Kind.CHOICE, " "),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(kind, text):
    with pytest.raises(Refused) as refusal:
        parse(kind, text)

    assert refusal.value.code == "parameter_unreadable"
    assert "例如" in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.FEN, 123_456, "1234.56"),
        (Kind.BP, 3_000, "30.00"),
        (Kind.CLOCK, 480, "08:00"),
        (Kind.DAYS_LIST, (60, 30, 7), "60、30、7"),
    ],
)
def test_it_is_shown_in_the_unit_of_people(kind, value, text):
    assert show(kind, value) == text
