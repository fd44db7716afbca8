"""Subcontractors and their codes."""

from __future__ import annotations

import pytest

from teyue.register.importing import reading
from teyue.register.importing.firms import check_digit
from teyue.register.importing.tests.books import firms


def test_a_firm_is_read_with_its_items_and_rate():
    row = reading.read(firms({"结算单价(元)": "¥68.5"})).firms[0]

    assert row.items == ("BJ-01", "BJ-02")
    assert (row.phone, row.unit_rate_fen, row.insured_until) == ("057188886666", 6850, None)


@pytest.mark.parametrize("typed", ["BJ-01 BJ-02", "BJ01、BJ02", "bj-1/bj-2", "ＢＪ－０１；BJ-02"])
def test_items_are_separated_as_people_like(typed):
    assert reading.read(firms({"承接项目": typed})).firms[0].items == ("BJ-01", "BJ-02")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"统一社会信用代码": "91330106"}, "B"), ({"统一社会信用代码": "91330106UH3XEHKWNI"}, "B"),
        ({"承接项目": "保洁"}, "E"), ({"电话": "12345"}, "D"), ({"结算单价(元)": 1.005}, "G"),
    ],
)  # fmt: skip
def test_a_bad_cell_stops_the_row(change, column):
    found = reading.read(firms(change))

    assert found.firms == ()
    assert [fault.column for fault in found.faults] == [column]


def test_a_wrong_check_digit_is_only_mentioned():
    code = "91330106UH3XEHKWN"
    wrong = next(sign for sign in "0123" if sign != check_digit(code))

    found = reading.read(firms({"统一社会信用代码": code + wrong}))

    assert len(found.firms) == 1
    assert any("校验位" in str(notice) for notice in found.notices)


def test_a_firm_given_twice_stops_the_later_row():
    found = reading.read(firms({}, {"公司名称": "另一个名字"}))

    assert [row.row for row in found.firms] == [2]
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "")]
