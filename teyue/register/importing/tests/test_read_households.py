"""What a clerk types about rooms and residents."""

from __future__ import annotations

from datetime import date

import pytest

from teyue.foundation import clock
from teyue.register.importing import reading
from teyue.register.importing.tests.books import households


def only(change):
    return reading.read(households(change)).households[0]


def fault(change):
    found = reading.read(households(change))
    assert found.households == ()
    return str(found.faults[0])


@pytest.mark.parametrize(
    ("building", "unit", "room"),
    [
        ("3栋", "2单元", "1102"), ("３号楼", "二单元", "１１０２"), ("三栋", 2, 1102),
        (3, "02", "1102室"), ("", "", "3-2-1102"), ("3#", "2", "01102"),
    ],
)  # fmt: skip
def test_a_room_is_the_same_however_it_is_written(building, unit, room):
    row = only({"楼栋": building, "单元": unit, "房号": room})

    assert row.place.short == "3-2-1102"


def test_the_room_keeps_its_leading_zero_as_a_label():
    row = only({"房号": "0302"})

    assert (row.place.room, row.room_typed) == ("302", "0302")


@pytest.mark.parametrize(
    "typed", ["89.37㎡", "89.37平方米", "89.37 m2", "８９.37", 89.37, "89.370001"]
)
def test_an_area_is_hundredths_of_a_square_metre(typed):
    assert only({"建筑面积(㎡)": typed}).area_x100 == 8937


@pytest.mark.parametrize("typed", ["", "-", 0, -89.37, "约90", "1,23", 1e9])
def test_a_row_without_a_sound_area_is_stopped(typed):
    assert fault({"建筑面积(㎡)": typed}).startswith("房屋与住户 第2行 D列 建筑面积")


@pytest.mark.parametrize(
    "typed",
    [
        "2021.3.8", "2021/3/8", "2021-03-08", "20210308", "2021年3月8日", 44263, 20210308,
        "２０２１．３．８", "2021-03-08 00:00:00", "2021 年 3 月 8 日",
    ],
)  # fmt: skip
def test_a_day_is_understood(typed):
    assert only({"入住日期": typed}).moved_in == date(2021, 3, 8)


@pytest.mark.parametrize("typed", ["2021-2-30", "2021-13-01", "2021年3月", "前年", "0021-03-08", 9])
def test_a_row_with_an_impossible_day_is_stopped(typed):
    assert fault({"入住日期": typed}).startswith("房屋与住户 第2行 I列 入住日期")


@pytest.mark.parametrize("typed", ["0001-01-01", "1979-12-31", "2101-01-01", "9999-12-31", 99999])
def test_a_row_with_a_day_out_of_reach_is_stopped(typed):
    stopped = fault({"入住日期": typed})

    assert stopped.startswith("房屋与住户 第2行 I列 入住日期")
    assert stopped.endswith("的年份不合理，请核对后重填。")


@pytest.mark.parametrize("edge", [clock.FIRST_DAY, clock.LAST_DAY])
def test_the_first_and_the_last_day_in_reach_are_read(edge):
    assert only({"入住日期": edge}).moved_in == edge


@pytest.mark.parametrize(
    ("typed", "status"),
    [("自住", "occupied"), ("租", "let"), ("未入住", "vacant"), (" 装修 ", "decorating")],
)
def test_a_status_has_many_words(typed, status):
    assert only({"房屋状态": typed}).status == status


@pytest.mark.parametrize(
    "typed",
    [
        "139 0000-7104", "+86 13900007104", "8613900007104", "１３９００００７１０４",
        "139.0000.7104", 13900007104, "手机：13900007104",
    ],
)  # fmt: skip
def test_a_phone_is_eleven_digits(typed):
    assert only({"业主电话": typed}).members[0].phone == "13900007104"


@pytest.mark.parametrize("typed", ["1390000", "1.39E+10", "0571-88886666", "", "2390000710４"])
def test_a_row_without_a_sound_phone_is_stopped(typed):
    assert fault({"业主电话": typed}).startswith("房屋与住户 第2行 G列 业主电话")


@pytest.mark.parametrize(
    "typed", ["李梅建、胡熙", "李梅建,胡熙", "李梅建，胡熙", "李梅建/胡熙", "李梅建和胡熙"]
)
def test_two_people_share_a_cell(typed):
    row = only({"业主姓名": typed, "业主电话": "13900007104\n13900007105"})

    assert [member.name for member in row.members] == ["李梅建", "胡熙"]
    assert [member.phone for member in row.members] == ["13900007104", "13900007105"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("刘　娜", "刘娜"),
        ("李和平", "李和平"),
        ("欧阳和平", "欧阳和平"),
        ("买买提•艾力", "买买提·艾力"),
    ],
)
def test_one_person_stays_one_person(typed, name):
    assert [member.name for member in only({"业主姓名": typed}).members] == [name]


def test_names_and_phones_must_match_in_number():
    told = fault({"业主姓名": "张三、李四、王五", "业主电话": "13900007104/13900007105"})

    assert told.startswith("房屋与住户 第2行 G列 姓名与电话的个数对不上")


def test_a_phone_for_two_is_shared_with_a_notice():
    found = reading.read(households({"业主姓名": "张三、李四"}))

    assert {member.phone for member in found.households[0].members} == {"13900007104"}
    assert any("共用同一电话" in str(notice) for notice in found.notices)


def test_a_later_row_of_the_same_person_in_the_same_room_is_stopped():
    found = reading.read(households({}, {"房号": "０1102", "业主姓名": "刘 娜"}))

    assert [row.row for row in found.households] == [2]
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "")]


def test_a_row_stands_for_itself_though_an_equal_one_was_stopped():
    found = reading.read(households({"建筑面积(㎡)": ""}, {}))

    assert [row.row for row in found.households] == [3]
    assert [fault.row for fault in found.faults] == [2]


def test_owner_and_tenant_of_a_let_room_have_one_place():
    let = {"房屋状态": "出租"}
    tenant = {"业主姓名": "何桐", "业主电话": "13800001111", "身份": "租客"}

    owner, lodger = reading.read(households(let, let | tenant)).households

    assert owner.place == lodger.place
    assert (owner.members[0].relation, lodger.members[0].relation) == ("owner", "tenant")


def test_every_bad_cell_of_a_row_is_named():
    change = {"房屋状态": "???", "身份": "", "家庭人口": "很多", "业主姓名": "刘3"}

    found = reading.read(households(change))

    assert {fault.column for fault in found.faults} == {"E", "F", "H", "J"}


def test_rooms_that_contradict_each_other_are_mentioned():
    other = {"业主姓名": "何桐", "建筑面积(㎡)": 90, "房屋状态": "出租"}

    found = reading.read(households({}, other))

    assert len(found.households) == 2
    assert [notice.column for notice in found.notices if notice.row == 3] == ["D", "E"]
