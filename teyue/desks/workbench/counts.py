"""Where orders stand: counted in one statement, never beyond a bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import ENDED, Order, Standing

MOST = 1000
LIVE = tuple(standing for standing in Standing if standing not in (*ENDED, Standing.SETTLED))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand somewhere, how many of them are late; ``more`` says there may be more."""

    n: int
    late: int = 0
    more: bool = False

    def __str__(self) -> str:
        return f"{MOST:,}+" if self.n > MOST or self.more else f"{self.n:,}"


def by_standing(orders: KeptQuerySet[Order], *, at: datetime) -> dict[str, Tally]:
    """Return where the open orders among these stand, in one statement over a bounded number."""
    most = MOST * len(LIVE)
    found = orders.filter(standing__in=LIVE).order_by().values("standing", "due_at")[: most + 1]
    wanted: dict[str, Any] = {"all": Count("pk")}
    for standing in LIVE:
        here = Q(standing=standing)
        wanted[f"{standing}_n"] = Count("pk", filter=here)
        wanted[f"{standing}_late"] = Count("pk", filter=here & Q(due_at__lt=at))
    sums = found.aggregate(**wanted)
    more = sums["all"] > most
    return {
        standing: Tally(sums[f"{standing}_n"], sums[f"{standing}_late"], more) for standing in LIVE
    }
