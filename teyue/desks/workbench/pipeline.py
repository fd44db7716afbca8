"""Where all open orders stand, and for whom the late ones wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from teyue.desks.casefile.ahead import MAIN, PERFORMERS
from teyue.desks.casefile.holders import in_short
from teyue.desks.casefile.wording import how_much, item_name
from teyue.desks.workbench import counts
from teyue.desks.workbench.counts import LIVE, Tally
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import all_steps
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch.models import Visit
from teyue.register.people import access

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A standing with how many orders stand there; ``mine`` where this person moves them on."""

    standing: Standing
    tally: Tally
    mine: bool


@dataclass(frozen=True, slots=True)
class Late:
    """A late order, and who is waited for."""

    order: Order
    item: str
    waits_for: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The open orders of the offices that somebody may look at."""

    places: list[Place]
    total: Tally
    late: list[Late]


def pipeline(actor: Actor, *, at: datetime) -> Pipeline | None:
    """Return where the orders stand, in three statements; None for who sees no office's orders."""
    if not actor.may_somewhere(orders.READ):
        return None
    seen = orders.seen_by(actor)
    tallies = counts.by_standing(seen, at=at)
    visits = Visit.objects.select_related("performer").order_by("no")
    late = seen.filter(standing__in=LIVE, due_at__lt=at).order_by("due_at", "pk")
    rows = late.prefetch_related(Prefetch("visits", visits))[:SHOWN]
    return Pipeline(
        places=[Place(one, tallies[one], _moves_on(actor, one)) for one in LIVE],
        total=_sum(tallies.values()),
        late=[_late(order, at) for order in rows],
    )


def waits_for(order: Order, visits: Iterable[Visit], *, at: datetime) -> str:
    """Name who has to take the next step of an order."""
    names = MAIN.get(Standing(order.standing), ())
    step = all_steps().get(names[0]) if names else None
    if step is None:
        return ""
    roles, last = access.roles_of(step.name), next(reversed(list(visits)), None)
    if roles <= PERFORMERS and last and last.performer:
        return last.performer.name
    if roles == {"RS"}:
        return _("住户%(name)s") % {"name": order.requester.name}
    return in_short(step, order.office_id, at=at)


def _late(order: Order, at: datetime) -> Late:
    item = f"{item_name(order.item)} {how_much(order)}".strip()
    return Late(order, item, waits_for(order, order.visits.all(), at=at))


def _moves_on(actor: Actor, standing: Standing) -> bool:
    steps = all_steps()
    mine = (steps[name].power for name in MAIN.get(standing, ()) if name in steps)
    return any(actor.may_somewhere(power) for power in mine)


def _sum(tallies: Iterable[Tally]) -> Tally:
    known = list(tallies)
    number, late = sum(one.n for one in known), sum(one.late for one in known)
    return Tally(number, late, any(one.more for one in known))
