"""The papers of a case as lines of the page, in the order of the procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from teyue.desks.casefile.dossier import Dossier
from teyue.desks.casefile.rows import asking, closing, work
from teyue.desks.casefile.rows.shapes import Row

PARTS: tuple[Callable[[Dossier, datetime], Iterator[Row]], ...] = (
    asking.registration,
    asking.quotes,
    asking.overrides,
    asking.payments,
    work.visits,
    closing.audits,
    closing.settlements,
    closing.refunds,
    closing.followup,
)
FOR_PERFORMERS = (work.visits,)


def rows(dossier: Dossier, *, at: datetime) -> list[Row]:
    """Return the lines of a case: what is there, what is due now, what comes later."""
    parts = PARTS if dossier.whole else FOR_PERFORMERS
    return [row for part in parts for row in part(dossier, at)]
