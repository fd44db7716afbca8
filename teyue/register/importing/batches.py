"""The rows of a run in parts that go in one after the other, each in its own transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from teyue.foundation import pen, sitting
from teyue.foundation.journal import spans
from teyue.foundation.lifecycle import seek
from teyue.foundation.pen import Kept
from teyue.foundation.refusal import Refused
from teyue.register.company import edition
from teyue.register.company.models import Office
from teyue.register.importing.faults import Finding
from teyue.register.importing.firms import FirmRow
from teyue.register.importing.forecasts import lines
from teyue.register.importing.households import HouseholdRow
from teyue.register.importing.models import Batch, ImportRun
from teyue.register.importing.reading import Row
from teyue.register.importing.staff import StaffRow

# Few enough that somebody at another desk hardly waits for the end of one.
SIZE = 500

HOUSEHOLDS = TypeAdapter(tuple[HouseholdRow, ...])
STAFF = TypeAdapter(tuple[StaffRow, ...])
FIRMS = TypeAdapter(tuple[FirmRow, ...])
SHAPES: dict[str, TypeAdapter[Any]] = {
    "households": HOUSEHOLDS,
    "staff": STAFF,
    "firms": FIRMS,
}


@dataclass(slots=True)
class Basket:
    """A batch while it goes in: the run, its office, and what has been made of the rows."""

    run: ImportRun
    office: Office
    batch: Batch
    rows: list[Kept] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)

    def add(self, made: Sequence[Kept]) -> None:
        """Remember rows that were made."""
        self.rows += made

    def made(self) -> dict[str, str]:
        """Return the ids of what was made, by the label of the model."""
        ids: dict[str, list[int]] = {}
        for row in self.rows:
            ids.setdefault(row._meta.label_lower, []).append(row.pk)
        return {label: spans.written(numbers) for label, numbers in ids.items()}


def parts(run: ImportRun, kind: str, rows: Sequence[Row], begin: int) -> list[Batch]:
    """Return the batches of rows of one kind, not kept yet; all rows of a room stay together."""
    found: list[Batch] = []
    for some in _cut(rows):
        text = SHAPES[kind].dump_json(tuple(some)).decode()
        position = begin + len(found)
        found.append(Batch(run=run, position=position, kind=kind, size=len(some), rows=text))
    return found


def rows_of(batch: Batch) -> tuple[Row, ...]:
    """Return the rows of a batch."""
    return SHAPES[batch.kind].validate_json(batch.rows) if batch.rows else ()


@contextmanager
def in_hand(batch: Batch, *, at: datetime) -> Iterator[Basket]:
    """Lock the office, the run and the batch, and remember at the end what was made.

    One import at a time goes into an office, so what is looked up stays true until the end.

    :raises Refused: ``already_in``, ``already_undone``.
    """
    with sitting.opened() as room:
        office = seek(Office.objects.all(), pk=batch.run.office_id)
        run = seek(ImportRun.objects.all(), pk=batch.run_id)
        fresh = Batch.objects.locked().get(pk=batch.pk)
        _refuse_done(run, fresh)
        basket = Basket(run, office, fresh)
        yield basket
        room.flush()
        with pen.held(Batch):
            Batch.objects.filter(pk=batch.pk).update(
                done_at=at, made=basket.made(), notices=lines(basket.notices)
            )
        edition.replace()


def next_batch(run: ImportRun) -> Batch | None:
    """Return the batch whose turn it is, None when all are in."""
    waiting = Batch.objects.filter(run=run, done_at=None).select_related("run")
    return waiting.order_by("position").first()


def begun(run: ImportRun) -> bool:
    """Tell whether a part of a run is in, so that the rest must follow or all be undone."""
    return run.batches.exclude(done_at=None).exists()


def _refuse_done(run: ImportRun, batch: Batch) -> None:
    if run.state == ImportRun.State.UNDONE:
        text = _("这次导入已经撤销，请您重新上传名册。")
        raise Refused("already_undone", text)
    if batch.done_at is not None:
        raise Refused("already_in", _("这一批资料已经录入，请您刷新后看进度。"))


def _cut(rows: Sequence[Row]) -> Iterator[list[Row]]:
    together: dict[object, list[Row]] = {}
    for row in rows:
        key = row.place if isinstance(row, HouseholdRow) else (row.sheet, row.row)
        together.setdefault(key, []).append(row)
    part: list[Row] = []
    for group in together.values():
        if part and len(part) + len(group) > SIZE:
            yield part
            part = []
        part += group
    if part:
        yield part
