"""Typed addresses, search keys of names, and what a search word means."""

from __future__ import annotations

import pytest

from teyue.register.estate.naming import (
    Room,
    parse_room,
    pinyin_keys,
    query_kind,
    rooms_meant,
)


@pytest.mark.parametrize(
    "typed",
    [
        "3-2-1102", "3栋2单元1102", "3 2 1102", "3号楼2单元1102室", "３号楼２单元１１０２",
        "三栋二单元一一〇二", "03-02-01102", "3#2-1102", " 3—2—1102 ", "3号2单元1102号",
    ],
)  # fmt: skip
def test_an_address_is_the_same_however_it_is_typed(typed):
    assert parse_room(typed) == Room("3", "2", "1102")


@pytest.mark.parametrize(
    "typed", ["", "1102", "3-2", "刘 小 明", "139 0000 0714", "2021-3-8", "3-2-1102-1", "?-?-?"]
)
def test_what_is_no_address_is_none(typed):
    assert parse_room(typed) is None


@pytest.mark.parametrize(
    ("typed", "rooms"),
    [
        ("32801", ["3-2-801"]), ("3 2801", ["3-2-801"]), ("32-801室", ["3-2-801"]),
        ("32 1102", ["3-2-1102", "32-1-102"]), ("120801", ["1-2-801", "1-20-801", "12-0-801"]),
        ("321102", ["3-2-1102", "3-21-102", "32-1-102"]), ("３２８０１", ["3-2-801"]),
        ("1102", []), ("139 0000 0714", []), ("13900007104", []), ("2021-3-8", []), ("", []),
    ],
)  # fmt: skip
def test_digits_without_their_dashes_mean_rooms(typed, rooms):
    assert rooms_meant(typed) == rooms


def test_an_address_has_a_short_and_a_long_form():
    room = Room("3", "2", "1102")

    assert (room.short, room.long) == ("3-2-1102", "3 栋 2 单元 1102")


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("陈桂怡", ("chenguiyi", "cgy")), ("单晓明", ("shanxiaoming", "sxm")),
        ("曾兰", ("zenglan", "zl")), ("解放", ("xiefang", "xf")), ("仇英", ("qiuying", "qy")),
        ("吕芳", ("lvfang", "lf")), ("尉迟恭", ("yuchigong", "ycg")),
        ("刘　娜", ("liuna", "ln")), ("John Smith", ("johnsmith", "js")), ("", ("", "")),
    ],
)  # fmt: skip
def test_a_name_has_pinyin_keys(name, keys):
    assert pinyin_keys(name) == keys


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (" ", "nothing"), ("3-2-1102", "room"), ("３栋２单元１１０２", "room"), ("302", "room"),
        ("32801", "room"), ("321102", "room"), ("32 1102", "room"),
        ("7104", "phone_tail"), ("139 0000 7104", "phone"), ("+8613900007104", "phone"),
        ("cgy", "initials"), ("liuna", "pinyin"), ("lina", "pinyin"), ("刘娜", "name"),
        ("F-10-YQYA-20261123-0001", "order_number"), ("20261123-0001", "order_number"),
    ],
)  # fmt: skip
def test_a_search_word_has_a_kind(typed, kind):
    assert query_kind(typed) == kind
