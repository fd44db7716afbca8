"""Read a whole workbook: rows that may be imported, what stops the others, what was mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused
from teyue.register.estate.naming import plain
from teyue.register.importing import envelope, firms, households, sheets, staff
from teyue.register.importing.faults import Fault, Notice
from teyue.register.importing.firms import FirmRow
from teyue.register.importing.households import HouseholdRow
from teyue.register.importing.lines import Line
from teyue.register.importing.names import LAYOUTS
from teyue.register.importing.sheets import Sheet
from teyue.register.importing.staff import StaffRow

Row = HouseholdRow | StaffRow | FirmRow


@dataclass(frozen=True, slots=True)
class SheetCount:
    """How many rows of data a sheet has, and how many of them are stopped by a fault."""

    sheet: str
    kind: str
    rows: int
    stopped: int

    @property
    def sound(self) -> int:
        """Return how many rows may be imported."""
        return self.rows - self.stopped


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook says."""

    households: tuple[HouseholdRow, ...]
    staff: tuple[StaffRow, ...]
    firms: tuple[FirmRow, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    counts: tuple[SheetCount, ...]

    @property
    def stopped(self) -> int:
        """Return how many rows are stopped by a fault."""
        return sum(count.stopped for count in self.counts)


@dataclass(slots=True)
class _Desk:
    """What is gathered while the sheets are read; memories of duplicates span sheets."""

    readers: dict[str, Callable[[Line], Row | None]]
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    counts: list[SheetCount] = field(default_factory=list)


def read(workbook: bytes) -> Reading:
    """Read the bytes of an xlsx workbook; every row stands for itself.

    :raises Refused: workbook_unreadable, workbook_encrypted, workbook_too_large,
        workbook_too_long, workbook_unknown (no sheet that we know), workbook_empty.
    """
    desk = _Desk(
        {
            "households": partial(households.read, seen=households.Seen()),
            "staff": partial(staff.read, seen=staff.Seen()),
            "firms": partial(firms.read, seen=firms.Seen()),
        }
    )
    for sheet in sheets.sheets_of(workbook):
        _read_sheet(desk, sheet)
    _refuse_nothing(desk)
    _mention_missing(desk)
    return Reading(
        households=tuple(row for row in desk.rows if isinstance(row, HouseholdRow)),
        staff=tuple(row for row in desk.rows if isinstance(row, StaffRow)),
        firms=tuple(row for row in desk.rows if isinstance(row, FirmRow)),
        faults=tuple(desk.faults),
        notices=tuple(desk.notices),
        counts=tuple(desk.counts),
    )


def _read_sheet(desk: _Desk, sheet: Sheet) -> None:
    header = sheets.header_of(sheet)
    if header is None:
        _tell_unknown(desk, sheet)
        return
    desk.notices += sheets.ignored(sheet, header)
    if lacking := sheets.absent(sheet, header):
        desk.faults += lacking
        return
    lines = list(sheets.lines(sheet, header, desk.notices))
    if len(lines) > envelope.ROWS:
        raise envelope.too_long(sheet.name)
    stopped = sum(_take(desk, desk.readers[header.layout.kind], line) for line in lines)
    desk.counts.append(SheetCount(sheet.name, header.layout.kind, len(lines), stopped))


def _take(desk: _Desk, reader: Callable[[Line], Row | None], line: Line) -> bool:
    row = reader(line)
    desk.faults += line.faults
    if row is None:
        return True
    desk.rows.append(row)
    desk.notices += line.notices
    return False


def _tell_unknown(desk: _Desk, sheet: Sheet) -> None:
    title = plain(sheet.name)
    meant = any(word in title for layout in LAYOUTS for word in (layout.caption, *layout.titles))
    if meant and sheet.rows:
        sentence = _("前%(rows)d行里找不到表头，整张表没有读取，请参照模板补上表头。")
        desk.faults.append(Fault(sheet.name, 1, "", sentence % {"rows": envelope.ROWS_ABOVE}))
    else:
        desk.notices.append(Notice(sheet.name, 0, "", _("不认识这张工作表，没有读取。")))


def _refuse_nothing(desk: _Desk) -> None:
    if desk.faults or any(count.rows for count in desk.counts):
        return
    if desk.counts:
        sentence = _("工作簿里只有表头，没有一行资料，请您填写后重新上传。")
        raise Refused("workbook_empty", sentence, field="workbook")
    captions = _("、").join(layout.caption for layout in LAYOUTS)
    sentence = _("工作簿里找不到“%(captions)s”中的任何一张表，请您参照模板整理后重新上传。")
    raise Refused("workbook_unknown", sentence % {"captions": captions}, field="workbook")


def _mention_missing(desk: _Desk) -> None:
    met = {count.kind for count in desk.counts}
    sentence = _("工作簿里没有可以读取的这张表，本次不导入。")
    for layout in LAYOUTS:
        if layout.kind not in met:
            desk.notices.append(Notice(layout.caption, 0, "", sentence))
