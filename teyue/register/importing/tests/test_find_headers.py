"""Sheets with titles, other headings, other orders, merged cells and formulas."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from teyue.register.importing import reading
from teyue.register.importing.tests.books import HOUSEHOLDS, LIU, book, rows


def drawn(draw):
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet("房屋与住户")
    for index, row in enumerate(rows(HOUSEHOLDS, LIU, {**LIU, "业主姓名": "何桐"})):
        sheet.write_row(index, 0, row)
    draw(sheet)
    workbook.close()
    return reading.read(buffer.getvalue())


def test_titles_and_blank_rows_are_passed_over():
    head, liu = rows(HOUSEHOLDS, LIU)

    found = reading.read(book(房屋与住户=[["住户登记表"], [], head, [], liu, ["", "-"]]))

    assert [row.row for row in found.households] == [5]
    assert found.counts[0].rows == 1


def test_columns_are_matched_by_name_in_any_order():
    head, liu = rows([*reversed(HOUSEHOLDS)], LIU)
    head[head.index("业主电话")] = "联系电话 *"

    found = reading.read(book(登记=[["序号", *head], [1, *liu]]))

    assert found.households[0].members[0].phone == "13900007104"


def test_a_fault_names_the_column_as_it_stands():
    head, liu = rows([*reversed(HOUSEHOLDS)], {**LIU, "房屋状态": "???"})

    found = reading.read(book(房屋与住户=[head, liu]))

    assert [fault.column for fault in found.faults] == ["G"]


def test_totals_and_repeated_headers_are_mentioned():
    head, liu = rows(HOUSEHOLDS, LIU)

    found = reading.read(book(房屋与住户=[head, liu, head, ["合计", "", "1户"]]))

    assert (len(found.households), found.faults) == (1, ())
    assert {3, 4} <= {notice.row for notice in found.notices}


def test_a_missing_column_is_one_fault():
    head, liu = rows([name for name in HOUSEHOLDS if name != "身份"], LIU)

    found = reading.read(book(房屋与住户=[head, liu]))

    assert found.households == ()
    assert [(fault.row, fault.column) for fault in found.faults] == [(1, "")]


def test_a_known_sheet_without_a_header_is_a_fault():
    found = reading.read(book(房屋与住户=[["你好"]]))

    assert str(found.faults[0]).startswith("房屋与住户 第1行 前20行里找不到表头")


def test_sheets_that_are_absent_or_unknown_are_mentioned():
    found = reading.read(book(房屋与住户=rows(HOUSEHOLDS, LIU), 草稿=[["随便"]]))

    assert [notice.sheet for notice in found.notices] == ["草稿", "员工", "分包方"]


def test_cells_merged_downwards_count_for_each_row():
    found = drawn(lambda sheet: sheet.merge_range("A2:A3", "3栋"))

    assert [row.place.building for row in found.households] == ["3", "3"]


@pytest.mark.parametrize("value", ["#REF!", "#DIV/0!", ""])
def test_a_broken_formula_stops_its_row(value):
    found = drawn(lambda sheet: sheet.write_formula("J3", "=1/0", None, value))

    assert [row.row for row in found.households] == [2]
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "J")]


def test_a_formula_with_a_result_counts_as_the_result():
    found = drawn(lambda sheet: sheet.write_formula("D2", "=80+9.37", None, 89.37))

    assert found.faults == ()
    assert found.households[0].area_x100 == 8937
