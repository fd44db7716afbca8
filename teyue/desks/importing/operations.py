"""Carry a workbook through the floors that its sheets belong to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from teyue.desks.importing.examination import Examination
from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import seek
from teyue.procedure.subcontracting import operations as subcontracting
from teyue.register.importing import batches, operations, queries, resting
from teyue.register.importing.facts import Upload
from teyue.register.importing.forecasts import lines
from teyue.register.importing.models import ImportRun
from teyue.register.importing.queries import Progress

TAKE = {
    "households": operations.import_households,
    "staff": operations.import_staff,
    "firms": subcontracting.import_firms,
}


def upload(found: Examination, *, name: str, actor: Actor, at: datetime) -> ImportRun:
    """Keep an examined workbook for somebody to confirm.

    The same file again is the same run, unless there is something to do that it did not do.

    :raises Refused: ``no_power``.
    """
    earlier = queries.earlier(found.office, found.digest)
    if earlier and _still_good(earlier, found):
        return earlier
    run = ImportRun(
        office=found.office,
        file_name=name[-120:],
        digest=found.digest,
        counts=[asdict(line) for line in found.sheets],
        adds=found.adds,
        faults=lines(found.faults),
        notices=lines(found.notices),
    )
    return operations.upload(run, parts=Upload(found.fresh), actor=actor, at=at)


def proceed(run: ImportRun, *, actor: Actor, at: datetime) -> ImportRun:
    """Take the next rows in; when none are left, the import is done.

    :raises Refused: ``no_power``, ``wrong_state``, ``already_in``, ``already_undone``.
    """
    with sitting.opened():
        run = seek(ImportRun.objects.all(), pk=run.pk)
        batch = batches.next_batch(run)
        if batch:
            TAKE[batch.kind](batch, actor=actor, at=at)
        if batches.next_batch(run) is None:
            operations.confirm(run, actor=actor, at=at)
    return run


def import_all(
    run: ImportRun,
    *,
    actor: Actor,
    at: datetime,
    progress: Callable[[Progress], None] = lambda done: None,
) -> ImportRun:
    """Take all rows in, one batch after the other; ``progress`` hears how far it is.

    Each batch is a transaction of its own unless the caller has begun one.

    :raises Refused: ``no_power``, ``wrong_state``.
    """
    run = proceed(run, actor=actor, at=at)
    while run.state == ImportRun.State.PREVIEWED:
        progress(queries.progress(run))
        run = proceed(run, actor=actor, at=at)
    progress(queries.progress(run))
    return run


def undo(run: ImportRun, *, actor: Actor, at: datetime) -> ImportRun:
    """Take back what an import brought while nothing rests on it.

    :raises Refused: ``no_power``, ``wrong_state``, ``in_use``.
    """
    with sitting.opened():
        run = seek(ImportRun.objects.all(), pk=run.pk)
        if "subcontracting.firm" in resting.made(run):
            subcontracting.withdraw_firms(run, actor=actor, at=at)
        return operations.undo(run, actor=actor, at=at)


def _still_good(earlier: ImportRun, found: Examination) -> bool:
    if earlier.state == ImportRun.State.IMPORTED:
        return not found.brings_something
    return earlier.adds == found.adds or batches.begun(earlier)
