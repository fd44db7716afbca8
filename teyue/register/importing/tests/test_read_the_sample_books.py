"""Both sample workbooks: one clean, one with listed faults and with things to understand."""

from __future__ import annotations

import re

import pytest

from teyue.register.importing import reading
from teyue.register.importing.tests.books import SAMPLES

LISTED = re.compile(r"(\S+)\t第(\d+)行\t(?:([A-Z]): |重复行)")


@pytest.fixture(scope="module")
def messy():
    return reading.read((SAMPLES / "yunqiyuan_messy.xlsx").read_bytes())


@pytest.fixture(scope="module")
def clean():
    return reading.read((SAMPLES / "yunqiyuan.xlsx").read_bytes())


def test_the_clean_book_has_no_fault_and_nothing_to_mend(clean):
    assert (clean.faults, clean.notices) == ((), ())
    assert [count.rows for count in clean.counts] == [1984, 34, 6]
    assert [len(clean.households), len(clean.staff), len(clean.firms)] == [1984, 34, 6]


def test_exactly_the_listed_faults_stop_rows_of_the_messy_book(messy):
    listed = LISTED.findall((SAMPLES / "yunqiyuan_messy.faults.txt").read_text("utf-8"))

    found = {(fault.sheet, str(fault.row), fault.column) for fault in messy.faults}

    assert found == set(listed)
    assert len(messy.faults) == messy.stopped == len(listed) == 13


def test_all_other_rows_of_the_messy_book_are_read(messy):
    assert [count.sound for count in messy.counts] == [2014 - 13, 34, 6]
    assert len(messy.households) == 2001


def test_a_fault_says_where_and_what_to_do(messy):
    assert str(messy.faults[0]) == "房屋与住户 第50行 D列 建筑面积为空，请填写，例如“89.37”。"
    assert str(messy.faults[1]).startswith("房屋与住户 第79行 重复行：")


def test_no_notice_or_fault_shows_a_phone(messy):
    told = "".join(str(finding) for finding in (*messy.faults, *messy.notices))

    assert not re.search(r"1\d{10}", told)


def test_two_owners_in_a_cell_become_two_members_with_their_own_phones(messy):
    row = next(row for row in messy.households if row.row == 434)

    members = [(member.name, member.phone, member.relation) for member in row.members]
    assert members == [
        ("吕芳", "13800005688", "owner"),
        ("王娜浩", "13800000519", "co_owner"),
    ]
