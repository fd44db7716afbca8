"""What may be done at the printing desk: every print is remembered (I-61, I-74)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from teyue.foundation import collisions, pen, sitting
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Document
from teyue.procedure.cashier import queries
from teyue.procedure.cashier.models import Printing

collisions.say(
    "one_printing_a_turn", "already_printed", _("这张单刚被别人打印，请您刷新后再打印。")
)


def remember(paper: Document, *, actor: Actor, at: datetime) -> Printing:
    """Log that a paper is printed, under the next number of its prints.

    :raises Refused: ``already_printed`` when somebody else printed it in the same instant.
    """
    with sitting.opened() as room, pen.held(Printing):
        printing = Printing(
            document_kind=paper.kind,
            document_id=paper.pk,
            n=queries.printings_of(paper).count() + 1,
            by=actor.id,
            at=at,
        )
        room.append(printing)
        sitting.flush()
    return printing
