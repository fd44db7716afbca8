"""Free slots as the page draws them: a row a window, a column a day, quiet hours across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from teyue.foundation.clock import local, local_day
from teyue.procedure.booking.queries import slots
from teyue.procedure.booking.queries.slots import Cell, Grid, Line, Status
from teyue.procedure.pricing.queries import Offer
from teyue.register.calendar.days import DayKind
from teyue.register.calendar.queries import calendar_of
from teyue.web import formats

DAYS = 5
FARTHEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Slots:
    """What the grid of an offer needs: days and rows as the component reads them."""

    days: Sequence[dict[str, str]]
    rows: Sequence[dict[str, Any]]
    dates: Sequence[date]
    minutes: int
    earlier: date | None
    later: date | None

    @property
    def free(self) -> list[dict[str, str]]:
        """Return the first three slots that are free, day by day."""
        cells = [cell for row in self.rows for cell in row.get("cells", ()) if cell.get("value")]
        return sorted(cells, key=lambda cell: cell["value"])[:3]


def shown(offer: Offer, *, office: int, first: date | None, at: datetime) -> Slots:
    """Return the grid of an offer for five days, not before today and within two months."""
    today = local_day(at)
    begin = min(max(first or today, today), today + FARTHEST)
    dates = [begin + timedelta(days=n) for n in range(DAYS)]
    grid = slots.offered(offer.item, office=office, days=dates, minutes=offer.minutes, at=at)
    calendar = calendar_of(office)
    return Slots(
        days=[_day(day, calendar.kind(day), offer, at) for day in dates],
        rows=[_row(line) for line in grid.lines],
        dates=dates,
        minutes=offer.minutes,
        earlier=max(begin - timedelta(days=DAYS), today) if begin > today else None,
        later=begin + timedelta(days=DAYS) if begin < today + FARTHEST else None,
    )


def of_day(grid: Grid) -> list[dict[str, Any]]:
    """Return the rows of one day for a telephone, where a cell says its window itself."""
    rows = [_row(line) for line in grid.lines]
    for row in rows:
        for cell in row.get("cells", ()):
            cell["note"] = cell.get("note") or ("" if cell.get("value") else cell["text"])
            cell["text"] = row["label"]
        if "quiet" in row:
            row["quiet"] = f"{row['label']} {row['quiet']}"
    return rows


def weekday(day: date, at: datetime) -> str:
    """Write a day as the head of a column: ``今日``, ``明日``, ``周四``."""
    return formats.day(day, at).rpartition(" ")[2]


def written(begin: datetime) -> str:
    """Write the begin of a slot as forms carry it: ``2026-11-25T14:00``."""
    return f"{local(begin):%Y-%m-%dT%H:%M}"


def _day(day: date, kind: DayKind, offer: Offer, at: datetime) -> dict[str, str]:
    bp = {DayKind.RESTDAY: offer.line.weekend_bp, DayKind.HOLIDAY: offer.line.holiday_bp}.get(kind)
    note = _("加价 %(percent)g %%") % {"percent": bp / 100} if bp else f"{day:%m-%d}"
    return {"label": weekday(day, at), "note": note}


def _row(line: Line) -> dict[str, Any]:
    label = f"{int(line.opens[:2])}–{int(line.closes[:2])}"
    if all(cell.status == Status.QUIET for cell in line.cells):
        text = _("静音，不能施工（%(window)s）") % {"window": line.cells[0].reason}
        return {"label": label, "quiet": text}
    return {"label": label, "cells": [_cell(cell, line) for cell in line.cells]}


def _cell(cell: Cell, line: Line) -> dict[str, str]:
    if cell.status != Status.FREE:
        return {"text": cell.reason if cell.status == Status.CLOSED else str(cell.status.label)}
    begins = local(cell.starts)
    people = _("%(n)d 人空") % {"n": cell.people}
    late = "" if f"{begins:%H:%M}" == line.opens else _("%(time)s 起") % {"time": f"{begins:%H:%M}"}
    title = f"{begins:%m-%d %H:%M}"
    return {"value": written(cell.starts), "text": people, "note": late, "title": title}
