"""The dry run: what a workbook says, what of it is new, and what is wrong with the rest."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.procedure.subcontracting import queries as subcontracting
from teyue.procedure.subcontracting import steps as firming
from teyue.procedure.subcontracting.models import Firm
from teyue.register.company.models import Office
from teyue.register.estate.models import Household
from teyue.register.importing import occupancy, payroll, reading
from teyue.register.importing import steps as importing
from teyue.register.importing.faults import Fault, Finding, Notice
from teyue.register.importing.forecasts import Forecast
from teyue.register.importing.persons import Persons
from teyue.register.importing.reading import Reading, Row, SheetCount
from teyue.register.people.models import Staff


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet: its rows, those left out, those that stand already, and those that are new."""

    sheet: str
    kind: str
    rows: int
    stopped: int
    standing: int
    fresh: int


@dataclass(frozen=True, slots=True)
class Examination:
    """A workbook compared with the register of an office."""

    office: Office
    digest: str
    sheets: tuple[SheetLine, ...]
    fresh: dict[str, tuple[Row, ...]]
    adds: dict[str, int]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]

    @property
    def brings_something(self) -> bool:
        """Tell whether any row is new."""
        return any(self.fresh.values())

    @property
    def stopped(self) -> int:
        """Return how many rows are left out."""
        return sum(line.stopped for line in self.sheets)


def examine(office: Office, workbook: bytes, *, actor: Actor, at: datetime) -> Examination:
    """Read a workbook and compare it with the register; nothing is written.

    :raises Refused: what reading refuses, such as ``workbook_unreadable``.
    """
    said = reading.read(workbook)
    barred = _barred(said, office, actor, at)
    households = () if "households" in barred else said.households
    staff = () if "staff" in barred else said.staff
    firms = () if "firms" in barred else said.firms
    persons = Persons(office, occupancy.pairs(households) + payroll.pairs(staff))
    forecasts: tuple[Forecast[Any], ...] = (
        occupancy.forecast(office, households, persons),
        payroll.forecast(office, staff, persons, actor=actor, at=at),
        subcontracting.forecast(office, firms),
    )
    adds: Counter[str] = Counter()
    for one in forecasts:
        adds.update(one.adds)
    return Examination(
        office=office,
        digest=hashlib.sha256(workbook).hexdigest(),
        sheets=tuple(_line(count, forecasts, count.kind in barred) for count in said.counts),
        fresh={one.kind: one.fresh for one in forecasts},
        adds={name: number for name, number in adds.items() if number},
        faults=_in_order(said, _faults(said, barred), forecasts),
        notices=(*said.notices, *(notice for one in forecasts for notice in one.notices)),
    )


def _barred(said: Reading, office: Office, actor: Actor, at: datetime) -> dict[str, Refused]:
    """Return the kinds of sheets that this person may not import, and why."""
    papers = {
        "households": (importing.IMPORT_HOUSEHOLDS, Household(office=office)),
        "staff": (importing.IMPORT_STAFF, Staff(office=office)),
        "firms": (firming.IMPORT_FIRMS, Firm(office=office)),
    }
    kinds = dict.fromkeys(count.kind for count in said.counts)
    asked = {kind: papers[kind][0].objection(papers[kind][1], actor=actor, at=at) for kind in kinds}
    return {kind: refusal for kind, refusal in asked.items() if refusal}


def _faults(said: Reading, barred: dict[str, Refused]) -> tuple[Fault, ...]:
    whole = (
        Fault(count.sheet, 0, "", str(barred[count.kind].message))
        for count in said.counts
        if count.kind in barred
    )
    return (*said.faults, *whole)


def _line(count: SheetCount, forecasts: Iterable[Forecast[Any]], is_barred: bool) -> SheetLine:
    fresh = sum(row.sheet == count.sheet for one in forecasts for row in one.fresh)
    contradicted = sum(fault.sheet == count.sheet for one in forecasts for fault in one.faults)
    stopped = count.rows if is_barred else count.stopped + contradicted
    standing = count.rows - stopped - fresh
    return SheetLine(count.sheet, count.kind, count.rows, stopped, standing, fresh)


def _in_order(
    said: Reading, faults: tuple[Fault, ...], forecasts: tuple[Forecast[Any], ...]
) -> tuple[Fault, ...]:
    """Return all faults, sheet by sheet as they lie in the workbook."""
    places = {count.sheet: place for place, count in enumerate(said.counts)}
    every = [*faults, *(fault for one in forecasts for fault in one.faults)]

    def place(found: Finding) -> tuple[int, int]:
        return places.get(found.sheet, len(places)), found.row

    return tuple(sorted(every, key=place))
