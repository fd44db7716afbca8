"""What a firm's suspension brings about: its open visits go back (O7r)."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.lifecycle import seek
from teyue.foundation.outbox.rounds import go_round
from teyue.procedure.dispatch import operations, queries
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.subcontracting.facts import FirmSuspended
from teyue.register.people import queries as people


def return_visits(told: FirmSuspended, at: datetime) -> int:
    """Give back what the firm had not begun, one sitting a visit; work under way is finished."""
    return _return(at, firm=told.firm, item=told.item)


def return_stranded(at: datetime) -> int:
    """Give back what was sent in the very moment in which a firm was suspended."""
    return _return(at)


def _return(at: datetime, **whose: int) -> int:
    def give_back(key: int) -> None:
        with sitting.opened():
            visit = seek(Visit.along_with(), pk=key)
            operations.give_back(visit, actor=people.system(), at=at)

    return go_round(list(queries.stranded(**whose).values_list("pk", flat=True)), give_back)
