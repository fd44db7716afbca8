"""Make firms known as candidates, and stop them; nobody is sent before the approved list."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Turn
from teyue.foundation.lifecycle.bulk import take_many
from teyue.foundation.outbox import operations as outbox
from teyue.foundation.refusal import Refused
from teyue.procedure.subcontracting import queries, steps
from teyue.procedure.subcontracting.facts import FirmSuspended
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


def suspend(
    firm: Firm, *, item: str = "", reason: str, actor: Actor, at: datetime
) -> list[FirmItem]:
    """Stop a firm at once (一票否决, 3.6.8): with one item by its code, or with all it does.

    Visits that it has not begun go back seconds later.

    :raises Refused: ``nothing_to_suspend``, ``reason_missing``.
    """
    with sitting.opened():
        stopped = list(queries.serving(firm, item=item).locked())
        if not stopped:
            text = _("这家分包方没有可暂停的项目，可能已经暂停。请刷新后查看。")
            raise Refused("nothing_to_suspend", text, clause=steps.SUSPEND.clause)
        for one in stopped:
            with steps.SUSPEND.take(one, actor=actor, at=at, asked=reason) as turn:
                one.suspended_because = reason.strip()
                turn.note(firm=firm.pk, item=one.item_id)
                if one.item_id is not None:
                    outbox.tell(turn, FirmSuspended(firm=firm.pk, item=one.item_id))
    return stopped
