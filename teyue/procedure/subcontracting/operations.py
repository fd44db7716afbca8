"""Make firms known as candidates; nobody is sent to a household before the approved list."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Turn
from teyue.foundation.lifecycle.bulk import take_many
from teyue.procedure.subcontracting import queries, steps
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.register.importing import batches, resting, voiding
from teyue.register.importing.models import Batch, ImportRun
from teyue.register.importing.operations import admit


def import_firms(batch: Batch, *, actor: Actor, at: datetime) -> None:
    """Take a batch of firms in as candidates.

    :raises Refused: ``no_power``, ``already_in``, ``already_undone``.
    """
    with batches.in_hand(batch, at=at) as basket:
        admit(steps.IMPORT_FIRMS, Firm(office=basket.office), actor=actor, at=at)
        rows = batches.FIRMS.validate_json(basket.batch.rows)
        found = queries.candidates(basket.office, rows)
        items = {id(candidate.firm): candidate.items for candidate in found}

        def describe(firm: Firm, turn: Turn) -> None:
            for item in items[id(firm)]:
                item.touch(FirmItem.State.CANDIDATE, by=actor.id, at=at)
                turn.keep(item)
            basket.add([firm, *items[id(firm)]])

        firms = [candidate.firm for candidate in found]
        take_many(steps.IMPORT_FIRMS, firms, actor=actor, at=at, work=describe)


def withdraw_firms(run: ImportRun, *, actor: Actor, at: datetime) -> ImportRun:
    """Void the candidates that an import brought.

    :raises Refused: ``no_power``, ``wrong_state``, ``in_use``.
    """
    with steps.WITHDRAW_FIRMS.take(run, actor=actor, at=at) as turn:
        made = resting.made(run)
        voiding.move((Firm, FirmItem), made, state="void", actor=actor, at=at)
        turn.note(firms=sum(map(len, made.get(Firm._meta.label_lower, ()))))
    return run
