"""How much waits and where orders stand: counted in one statement a table, never beyond a bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.lifecycle import Document, Step
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.audit import steps as audit
from teyue.procedure.booking import steps as booking
from teyue.procedure.booking.models import ENDED, Order, Standing
from teyue.procedure.cashier import steps as cashier
from teyue.procedure.cashier.models import Shift
from teyue.procedure.dispatch import steps as dispatch
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispute import steps as dispute
from teyue.procedure.refund import steps as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import steps as settlement
from teyue.register.parameters import steps as parameters
from teyue.register.parameters.models import Value
from teyue.register.people import steps as people
from teyue.register.people.models import Post

MOST = 1000
LIVE = tuple(standing for standing in Standing if standing not in (*ENDED, Standing.SETTLED))
TO_DO = (Visit.State.ASSIGNED, Visit.State.ACCEPTED, Visit.State.EN_ROUTE, Visit.State.ARRIVED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand somewhere, how many of them are late; ``more`` says there may be more."""

    n: int
    late: int = 0
    more: bool = False

    def __str__(self) -> str:
        return f"{MOST:,}+" if self.n > MOST or self.more else f"{self.n:,}"


@dataclass(frozen=True, slots=True)
class Queue:
    """A page whose work is papers of one kind in some states, for whoever may take the step."""

    url_name: str
    step: Step
    states: tuple[str, ...]


ORDERS = (
    Queue("reception", booking.QUOTE, (Standing.REGISTERED,)),
    Queue("audits", audit.APPROVE, (Standing.TO_AUDIT,)),
    Queue("board", dispatch.ASSIGN, (Standing.READY,)),
    Queue("till", cashier.RECEIVE, (Standing.AWAITING_PAYMENT,)),
    Queue("settlements", settlement.SETTLE, (Standing.TO_SETTLE,)),
    Queue("disputes", dispute.RESOLVE, (Standing.DISPUTED,)),
)
REFUNDS = (
    Queue("refund-reviews", refund.REVIEW, (Refund.State.REQUESTED,)),
    Queue("refund-approvals", refund.APPROVE, (Refund.State.REVIEWED,)),
    Queue("refund-cosigns", refund.COSIGN, (Refund.State.COSIGNING,)),
    Queue("refund-payments", refund.PAY, (Refund.State.APPROVED,)),
)
POSTS = (Queue("posts", people.SIGN_APPOINTMENT, (Post.State.PROPOSED,)),)
VALUES = (Queue("parameters", parameters.APPROVE, (Value.State.PROPOSED,)),)
SHIFTS = (Queue("shift-verifications", cashier.VERIFY, (Shift.State.CLOSED,)),)


def waiting(actor: Actor) -> dict[str, int]:
    """Return how much waits on each page of the menu, in at most four statements a role."""
    return {
        **_counted(ORDERS, Order, "standing", actor),
        **_counted(REFUNDS, Refund, "state", actor),
        **_counted(SHIFTS, Shift, "state", actor),
        **_counted(POSTS, Post, "state", actor),
        **_counted(VALUES, Value, "state", actor),
        **_jobs(actor),
    }


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


def _counted(
    queues: Iterable[Queue], kind: type[Document], column: str, actor: Actor
) -> Mapping[str, int]:
    mine = [queue for queue in queues if actor.may_somewhere(queue.step.power)]
    if not mine:
        return {}
    states = {state for queue in mine for state in queue.states}
    papers = kind._default_manager.filter(**{f"{column}__in": states})
    wanted = {
        queue.url_name.replace("-", "_"): Count(
            "pk", filter=Q(**{f"{column}__in": queue.states}) & _within(queue.step, actor)
        )
        for queue in mine
    }
    found = papers.values(column, "office")[: MOST * len(states)].aggregate(**wanted)
    return {name.replace("_", "-"): number for name, number in found.items() if number}


def _jobs(actor: Actor) -> Mapping[str, int]:
    if not actor.may_somewhere(dispatch.ACCEPT.power):
        return {}
    mine = Visit.objects.filter(performer=actor.id, state__in=TO_DO)[:MOST].count()
    return {"jobs": mine, "firm-visits": mine}


def _within(step: Step, actor: Actor) -> Q:
    scopes = actor.scopes(step.power)
    return ~Q(pk=None) if EVERYWHERE in scopes else Q(office__in=scopes)
