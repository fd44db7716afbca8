"""A list as a workbook: row by row, so that a long one needs no more memory than a short one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from teyue.foundation import clock
from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

M = TypeVar("M")

MOST_ROWS = 200_000
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1},
    "money": {"num_format": "#,##0.00"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "day": {"num_format": "yyyy-mm-dd"},
}


@dataclass(frozen=True, slots=True)
class Column(Generic[M]):
    """A column: its head, what stands in it, and its width in characters.

    Values may be text, whole numbers, Money (in yuan), aware instants (local), dates or None.
    """

    head: StrOrPromise
    value: Callable[[M], object]
    width: int = 14


def workbook(
    rows: Iterable[M],
    columns: Sequence[Column[M]],
    *,
    title: str,
    narrowed: str,
    actor: Actor,
    at: datetime,
) -> FileResponse:
    """Write the rows under the name of the list, its filter, and who took it out when.

    ``rows`` is read once, in pieces when it is ``queryset.iterator()``.

    :raises Refused: ``too_long`` beyond 200 000 rows.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    options = {"constant_memory": True, "in_memory": False}
    with xlsxwriter.Workbook(file, options) as book:
        looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        sheet = book.add_worksheet()
        _begin(sheet, columns, looks, [title, narrowed or _("全部"), _taken_by(actor, at)])
        for line, row in enumerate(rows):
            if line == MOST_ROWS:
                raise _too_long()
            for place, column in enumerate(columns):
                _write(sheet, line + 5, place, column.value(row), looks)
    file.seek(0)
    name = f"{title} {clock.local(at):%Y-%m-%d %H%M}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_MIME)


def _begin(
    sheet: Worksheet, columns: Sequence[Column[M]], looks: dict[str, Format], lines: list[str]
) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(5, 0)
    for line, text in enumerate(lines):
        sheet.write_string(line, 0, text, looks["title"] if line == 0 else None)
    for place, column in enumerate(columns):
        sheet.write_string(4, place, str(column.head), looks["head"])


def _write(
    sheet: Worksheet, line: int, place: int, value: object, looks: dict[str, Format]
) -> None:
    if value is None:
        return
    if isinstance(value, Money):
        sheet.write_number(line, place, value.fen / 100, looks["money"])
    elif isinstance(value, datetime):
        local = clock.local(value).replace(tzinfo=None)
        sheet.write_datetime(line, place, local, looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, looks["day"])
    elif isinstance(value, int):
        sheet.write_number(line, place, value)
    else:
        # Never as a formula, whatever it begins with.
        sheet.write_string(line, place, str(value))


def _taken_by(actor: Actor, at: datetime) -> str:
    facts = {"name": actor.name or actor.login, "at": f"{clock.local(at):%Y-%m-%d %H:%M}"}
    return _("%(name)s 于 %(at)s 导出") % facts


def _too_long() -> Refused:
    text = _("结果超过 %(most)s 行，放不进一张表。请您缩小筛选范围后再导出。")
    return Refused("too_long", text % {"most": f"{MOST_ROWS:,}"})
