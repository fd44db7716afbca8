"""Rows of staff: who they are, the post that gives them a role, and what they are certified for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from teyue.register.importing import cells, people
from teyue.register.importing.cells import Cell
from teyue.register.importing.lines import Line
from teyue.register.importing.names import (
    CERTIFICATES,
    DEPARTMENTS,
    HEADS,
    HEADS_BY_DEPARTMENT,
    POSTS,
)

_BETWEEN = re.compile(r"[、,，/;；\n]+")
# A slash stands inside a date as often as between two of them.
_BETWEEN_DAYS = re.compile(r"[、,，;；\n]+")
_DEPARTMENT_WORDS = "工程部、保洁部、绿化部、秩序部、客户服务中心、财务部、管理处"
_POST_WORDS = "管理处经理、客户服务中心主管、客服接待、部门主管、管理处收银员、财务主管、物业管理员"


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate by the code of its kind."""

    kind: str
    valid_to: date


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A row that may be imported; ``role`` is a code such as CS, ``department_kind`` as csc."""

    sheet: str
    row: int
    employee_no: str
    name: str
    department: str
    department_kind: str
    post: str
    role: str
    phone: str
    hired_on: date | None
    cost_fen_per_hour: int | None
    certificates: tuple[CertificateRow, ...]


@dataclass(slots=True)
class Seen:
    """In which row an employee number, or a name with a phone, was read before."""

    numbers: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], int] = field(default_factory=dict)


def read(line: Line, seen: Seen) -> StaffRow | None:
    """Return what a row says, None with faults on the line if it must not be imported."""
    kind = line.read("department", cells.one_of(DEPARTMENTS, _DEPARTMENT_WORDS), "")
    row = StaffRow(
        sheet=line.sheet,
        row=line.row,
        employee_no=line.read("employee_no", cells.filled("YG0001"), "").upper(),
        name=line.read("name", people.one_name, ""),
        department=line.cells["department"].text,
        department_kind=kind,
        post=line.cells["post"].text,
        role=line.read("post", lambda cell: _role(cell, kind), ""),
        phone=line.read("phone", people.one_mobile, ""),
        hired_on=line.read("hired_on", cells.day, None),
        cost_fen_per_hour=line.read("cost", cells.fen, None),
        certificates=_certificates(line),
    )
    if not line.faults:
        _compare(line, row, seen)
    return None if line.faults else row


def _role(cell: Cell, department_kind: str) -> str:
    if cells.words(cell) in HEADS:
        return HEADS_BY_DEPARTMENT.get(department_kind, "DS")
    return cells.one_of(POSTS, _POST_WORDS)(cell)


def _certificates(line: Line) -> tuple[CertificateRow, ...]:
    kinds = line.read("certificates", _kinds, ())
    if not kinds:
        return ()
    days = line.read("valid_to", _days, ())
    if "valid_to" not in line.cells:
        line.stop("certificates", _("填了持证，表里却没有“证书有效期至”一列，请补上这一列。"))
    if not days:
        return ()
    if len(days) not in (1, len(kinds)):
        line.stop("valid_to", _("证书与有效期的个数对不上，请按证书的顺序填写有效期。"))
        return ()
    return tuple(map(CertificateRow, kinds, days * len(kinds) if len(days) == 1 else days))


def _kinds(cell: Cell) -> tuple[str, ...]:
    known = cells.one_of(CERTIFICATES, "低压电工、制冷与空调、高处作业、健康证")
    return tuple(known(Cell(cell.caption, part)) for part in _parts(cell))


def _days(cell: Cell) -> tuple[date, ...]:
    text = cell.required("2028-03-19")
    parts = [cell]
    if isinstance(cell.raw, str):
        parts = [Cell(cell.caption, part) for part in _BETWEEN_DAYS.split(text)]
    return tuple(filter(None, (cells.day(part) for part in parts)))


def _parts(cell: Cell) -> list[str]:
    return [part for part in _BETWEEN.split(cell.text) if part.strip()]


def _compare(line: Line, row: StaffRow, seen: Seen) -> None:
    before = seen.numbers.setdefault(row.employee_no, row.row)
    if before != row.row:
        sentence = _("工号与第%(row)d行重复，请核对后改正。")
        line.stop("employee_no", sentence % {"row": before})
        return
    before = seen.people.setdefault((row.name, row.phone), row.row)
    if before != row.row:
        sentence = _("重复行：同一员工在第%(row)d行已有，请核对后删去其中一行。")
        line.stop("", sentence % {"row": before})
