"""Find the sheets of a workbook, their headers by name, and the rows below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from teyue.register.importing import envelope
from teyue.register.importing.cells import Cell, Raw
from teyue.register.importing.faults import Fault, Notice
from teyue.register.importing.lines import Line
from teyue.register.importing.names import LAYOUTS, NOTHING, Layout

_TOTALS = ("合计", "总计", "小计", "共计", "填表人", "制表", "审核人", "说明:", "说明：", "注：")
_LEAST = 3
_BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as rows of raw cells; ``broken`` are (row, column) from 0."""

    name: str
    rows: list[list[Raw]]
    broken: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands, which column is where, and which headings nobody knows."""

    layout: Layout
    index: int
    places: Mapping[str, int]
    unknown: tuple[str, ...]


def sheets_of(workbook: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook.

    :raises Refused: workbook_unreadable, workbook_encrypted, workbook_too_large,
        workbook_too_long.
    """
    outlines = envelope.look(workbook)
    try:
        return tuple(_unpacked(workbook, outlines))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # The reader is native code, whose panics are no Exception.
    except BaseException as error:
        raise envelope.unreadable() from error


def _unpacked(workbook: bytes, outlines: Mapping[str, envelope.Outline]) -> Iterator[Sheet]:
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    visible = {
        about.name
        for about in book.sheets_metadata
        if about.visible == SheetVisibleEnum.Visible and about.name in outlines
    }
    for name in book.sheet_names:
        if name in visible:
            sheet = book.get_sheet_by_name(name)
            rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
            _fill_merged(sheet, rows)
            yield Sheet(name, rows, outlines[name].broken)


def _fill_merged(sheet: CalamineSheet, rows: list[list[Raw]]) -> None:
    """Give the value of cells merged downwards to each row that they cover."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]


def header_of(sheet: Sheet) -> Header | None:
    """Return the best header in the first rows, None if there is none."""
    candidates = [
        _header(layout, index, row)
        for index, row in enumerate(sheet.rows[: envelope.ROWS_ABOVE])
        for layout in LAYOUTS
    ]
    best = max(candidates, key=lambda header: len(header.places), default=None)
    return best if best and len(best.places) >= _LEAST else None


def _header(layout: Layout, index: int, row: list[Raw]) -> Header:
    places: dict[str, int] = {}
    unknown = []
    for column, raw in enumerate(row):
        heading = str(raw).strip()
        key = layout.key_of(heading)
        if key and key not in places:
            places[key] = column
        elif heading and not _is_counter(heading):
            unknown.append(heading)
    return Header(layout, index, places, tuple(unknown))


def _is_counter(heading: str) -> bool:
    return heading in ("序号", "No", "No.", "NO", "NO.")


def absent(sheet: Sheet, header: Header) -> list[Fault]:
    """Return a fault for each needed column that the header lacks."""
    sentence = _("表头缺少“%(caption)s”一列，整张表没有读取，请补上这一列后重新导入。")
    return [
        Fault(sheet.name, header.index + 1, "", sentence % {"caption": column.caption})
        for column in header.layout.columns
        if column.needed and column.key not in header.places
    ]


def ignored(sheet: Sheet, header: Header) -> list[Notice]:
    """Return a notice for each heading that nobody knows."""
    sentence = _("不认识“%(heading)s”一列，这一列没有读取。")
    return [
        Notice(sheet.name, header.index + 1, "", sentence % {"heading": heading[:20]})
        for heading in header.unknown
    ]


def lines(sheet: Sheet, header: Header, notices: list[Notice]) -> Iterator[Line]:
    """Yield the rows below the header, telling ``notices`` of those that hold no data."""
    letters = {key: envelope.column_letters(place) for key, place in header.places.items()}
    broken = _broken_by_row(sheet, header)
    captions = {column.key: column.caption for column in header.layout.columns}
    for index in range(header.index + 1, len(sheet.rows)):
        row = sheet.rows[index]
        if reason := _not_data(row, header, index, broken):
            if reason != _BLANK:
                notices.append(Notice(sheet.name, index + 1, "", reason))
            continue
        cells = {key: Cell(captions[key], row[place]) for key, place in header.places.items()}
        yield Line(sheet.name, index + 1, cells, letters, broken.get(index, frozenset()))


def _not_data(
    row: list[Raw], header: Header, index: int, broken: Mapping[int, frozenset[str]]
) -> str:
    filled = [text for place in header.places.values() if (text := str(row[place]).strip())]
    if not any(text not in NOTHING for text in filled):
        return "" if index in broken else _BLANK
    if filled[0].startswith(_TOTALS):
        return _("这一行是合计或说明，没有读取。")
    if len(_header(header.layout, index, row).places) == len(header.places):
        return _("这一行是重复的表头，没有读取。")
    return ""


def _broken_by_row(sheet: Sheet, header: Header) -> dict[int, frozenset[str]]:
    keys = {place: key for key, place in header.places.items()}
    rows: dict[int, frozenset[str]] = {}
    for row, column in sheet.broken:
        if column in keys:
            rows[row] = rows.get(row, frozenset()) | {keys[column]}
    return rows
