"""Rows of subcontractors: the firm, its code, whom to call, and what it may be asked to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from teyue.register.importing import cells, people
from teyue.register.importing.cells import Cell
from teyue.register.importing.lines import Line

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[{_USCC_SIGNS}]{{18}}")
_ITEM = re.compile(r"([A-Z]{2})[-_ ]?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A row that may be imported; ``items`` are codes such as BJ-01."""

    sheet: str
    row: int
    name: str
    uscc: str
    contact: str
    phone: str
    items: tuple[str, ...]
    insured_until: date | None
    unit_rate_fen: int | None


@dataclass(slots=True)
class Seen:
    """In which row the code of a firm was read before."""

    codes: dict[str, int] = field(default_factory=dict)


def read(line: Line, seen: Seen) -> FirmRow | None:
    """Return what a row says, None with faults on the line if it must not be imported."""
    row = FirmRow(
        sheet=line.sheet,
        row=line.row,
        name=line.read("name", cells.filled("洁万家家政服务有限公司"), ""),
        uscc=line.read("uscc", _uscc, ""),
        contact=line.read("contact", people.one_name, ""),
        phone=line.read("phone", people.any_phone, ""),
        items=line.read("items", _items, ()),
        insured_until=line.read("insured_until", cells.day, None),
        unit_rate_fen=line.read("rate", cells.fen, None),
    )
    if not line.faults:
        _compare(line, row, seen)
    return None if line.faults else row


def check_digit(code: str) -> str:
    """Return the 18th sign that belongs to the first 17 (GB 32100-2015)."""
    total = sum(_USCC_SIGNS.index(sign) * pow(3, at, 31) for at, sign in enumerate(code[:17]))
    return _USCC_SIGNS[-total % 31]


def _uscc(cell: Cell) -> str:
    code = re.sub(r"[\s\-]", "", cell.required("91330106MA27XL0K5X")).upper()
    if len(code) != 18:
        raise cell.wrong(_("%(caption)s“%(text)s”不是18位，请按营业执照填写。"))
    if not _USCC.fullmatch(code):
        raise cell.wrong(_("%(caption)s“%(text)s”含有不会出现的字符（如I、O、S、V、Z），请核对。"))
    if check_digit(code) != code[17]:
        cell.mend(_("%(caption)s的校验位不符，请与营业执照核对，本行照常导入。"))
    return code


def _items(cell: Cell) -> tuple[str, ...]:
    text = cell.required("BJ-01,BJ-02").upper()
    rest = re.sub(r"[\s、,，/;；\n.。和|]+", "", _ITEM.sub("", re.sub(r"[‐-―−]", "-", text)))
    found = _ITEM.findall(re.sub(r"[‐-―−]", "-", text))
    if rest or not found:
        raise cell.wrong(_("%(caption)s“%(text)s”看不懂，请填写项目编号，例如“BJ-01,BJ-02”。"))
    codes = tuple(dict.fromkeys(f"{letters}-{int(number):02d}" for letters, number in found))
    if ",".join(codes) != text:
        cell.mend(_("%(caption)s已整理成“BJ-01,BJ-02”这样的写法。"))
    return codes


def _compare(line: Line, row: FirmRow, seen: Seen) -> None:
    before = seen.codes.setdefault(row.uscc, row.row)
    if before != row.row:
        sentence = _("重复行：同一家公司在第%(row)d行已有，请核对后删去其中一行。")
        line.stop("", sentence % {"row": before})
