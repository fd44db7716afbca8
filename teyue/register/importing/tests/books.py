"""Workbooks as clerks leave them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import xlsxwriter

SAMPLES = Path(__file__).parent / "samples"

HOUSEHOLDS = [
    "楼栋", "单元", "房号", "建筑面积(㎡)", "房屋状态", "业主姓名", "业主电话", "身份",
    "入住日期", "家庭人口", "备注",
]  # fmt: skip
STAFF = ["工号", "姓名", "部门", "岗位", "电话", "入职日期", "工时成本(元/小时)", "持证"]
STAFF += ["证书有效期至"]
FIRMS = ["公司名称", "统一社会信用代码", "联系人", "电话", "承接项目", "保险到期日"]
FIRMS += ["结算单价(元)"]

LIU: Mapping[str, object] = {
    "楼栋": "3栋", "单元": "2单元", "房号": "1102", "建筑面积(㎡)": 89.37, "房屋状态": "已入住",
    "业主姓名": "刘娜", "业主电话": "13900007104", "身份": "业主",
}  # fmt: skip
ZHOU: Mapping[str, object] = {
    "工号": "YG0007", "姓名": "周洋", "部门": "工程部", "岗位": "维修技工", "电话": "13900002370",
}  # fmt: skip
FIRM: Mapping[str, object] = {
    "公司名称": "洁万家家政服务有限公司", "统一社会信用代码": "91330106UH3XEHKWN7",
    "联系人": "吕敏", "电话": "0571-88886666", "承接项目": "BJ-01，bj2",
}  # fmt: skip


def book(**sheets: list[list[object]]) -> bytes:
    """Return a workbook of these sheets; text that begins with = is a formula."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    workbook.close()
    return buffer.getvalue()


def rows(headings: list[str], *filled: Mapping[str, object]) -> list[list[object]]:
    """Return a header and a row for each dict."""
    return [list(headings), *([row.get(name, "") for name in headings] for row in filled)]


def households(*changed: Mapping[str, object]) -> bytes:
    """Return a workbook with a row of Liu's room for each dict of differences."""
    return book(房屋与住户=rows(HOUSEHOLDS, *({**LIU, **change} for change in changed)))


def staff(*changed: Mapping[str, object]) -> bytes:
    """Return a workbook with a row of Zhou for each dict of differences."""
    return book(员工=rows(STAFF, *({**ZHOU, **change} for change in changed)))


def firms(*changed: Mapping[str, object]) -> bytes:
    """Return a workbook with a row of one firm for each dict of differences."""
    return book(分包方=rows(FIRMS, *({**FIRM, **change} for change in changed)))
