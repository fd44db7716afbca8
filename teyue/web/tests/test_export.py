from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from teyue.foundation.actors import Actor
from teyue.foundation.clock import HOUSE
from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused
from teyue.web import exports
from teyue.web.exports import Column, workbook

AT = datetime(2026, 11, 24, 10, 42, tzinfo=HOUSE)
COLUMNS: list[Column[tuple[Any, ...]]] = [
    Column("单号", lambda row: row[0]),
    Column("金额", lambda row: row[1]),
    Column("时间", lambda row: row[2]),
    Column("日期", lambda row: date(2026, 11, 24)),
    Column("备注", lambda row: None),
]


def export(rows):
    actor = Actor(id=1, login="cs", name="周敏")
    return workbook(rows, COLUMNS, title="订单", narrowed="待审核", actor=actor, at=AT)


def test_a_list_leaves_with_its_heading_and_its_rows():
    answer = export([("=1+1", Money.yuan("191.60"), AT)])

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    heading = [lines[n][0] for n in range(3)]
    assert heading == ["订单", "待审核", "周敏 于 2026-11-24 10:42 导出"]
    assert lines[4] == ["单号", "金额", "时间", "日期", "备注"]
    assert lines[5][:3] == ["=1+1", 191.6, AT.replace(tzinfo=None)]


def test_a_list_that_fits_no_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 2)

    with pytest.raises(Refused) as refused:
        export([("a", None, None)] * 3)

    assert refused.value.code == "too_long"
