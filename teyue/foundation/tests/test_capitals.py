from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teyue.foundation.capitals import capitals
from teyue.foundation.money import Money

PLACES = {"拾": 10, "佰": 100, "仟": 1000}
DIGITS = "零壹贰叁肆伍陆柒捌玖"


def group_of(text):
    value = digit = 0
    for sign in text:
        if sign in PLACES:
            value += digit * PLACES[sign]
            digit = 0
        else:
            digit = DIGITS.index(sign)
    return value + digit


def read(text):
    whole, yuan, cents = text.partition("元")
    if not yuan:
        whole, cents = "", text
    high, _, rest = whole.rpartition("亿")
    middle, _, low = rest.rpartition("万")
    value = group_of(high) * 10**8 + group_of(middle) * 10**4 + group_of(low)
    dime, _, cent = cents.rpartition("角")
    return Money(value * 100 + group_of(dime) * 10 + group_of(cent.removesuffix("分").strip("整")))


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (33250, "叁佰叁拾贰元伍角整"),
        (13160, "壹佰叁拾壹元陆角整"),
        (17000, "壹佰柒拾元整"),
        (20005, "贰佰元零伍分"),
        (10100, "壹佰零壹元整"),
        (105, "壹元零伍分"),
        (50, "伍角整"),
        (5, "伍分"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (1000000, "壹万元整"),
        (1000010, "壹万元零壹角整"),
        (0, "零元整"),
    ],
)
def test_writes_the_examples_of_the_rule(fen, text):
    assert capitals(Money(fen)) == text


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("10005", "壹万零伍元整"),
        ("10500", "壹万零伍佰元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("100070000", "壹亿零柒万元整"),
        ("101000000", "壹亿零壹佰万元整"),
        ("1020030000.40", "壹拾亿贰仟零叁万元零肆角整"),
        (
            "9999999999.99",
            "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_writes_large_amounts(yuan, text):
    assert capitals(Money.yuan(yuan)) == text


@pytest.mark.parametrize("fen", [-1, 10**12])
def test_refuses_what_no_receipt_can_show(fen):
    with pytest.raises(ValueError, match="请您核对金额"):
        capitals(Money(fen))


@given(st.integers(0, 10**12 - 1).map(Money))
def test_can_be_read_back(money):
    text = capitals(money)

    assert read(text) == money
    assert "零零" not in text
    assert text.endswith(("分", "整"))
