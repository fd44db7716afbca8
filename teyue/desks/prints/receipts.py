"""One original of a receipt, then only reprints with a reason (E-28)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from teyue.desks.prints import operations
from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier import queries, steps
from teyue.procedure.cashier.models import Receipt


def turn_of(receipt: Receipt, *, chosen: str, actor: Actor, at: datetime) -> int:
    """Return as which reprint a receipt goes out: 0 is the original, logged by this very call.

    Who does not work at the till gets a copy, marked as a reprint, that uses up no original.
    ``chosen`` is the number of a print that this person logged, such as a reprint just now.

    :raises Refused: ``already_printed`` when the original is out and no reprint was asked for.
    """
    printed = queries.printings_of(receipt)
    if not actor.may(steps.REPRINT.power, receipt.office_id):
        return max(printed.count(), 1)
    if chosen.isdecimal():
        mine = printed.get(n=int(chosen), by=actor.id)
        return printed.filter(n__lte=mine.n).exclude(reason="").count()
    if printed.exists():
        text = _("这张收据的原件已打印。要再打请填写补打原因，打出的单上会有补打字样。")
        raise Refused("already_printed", text, clause=steps.REPRINT.clause)
    operations.remember(receipt, actor=actor, at=at)
    return 0
