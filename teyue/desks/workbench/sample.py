"""Ten orders drawn at random for the internal auditor, so that anybody can draw the same again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import nsmallest

from teyue.desks.casefile.wording import how_much, item_name
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.register.people.models import Role

DRAWN = 10
MOST = 20_000
PERIOD = timedelta(days=90)
LONGEST_SEED = 40


@dataclass(frozen=True, slots=True)
class Drawn:
    """One order of the sample with the beginning of the digest that drew it."""

    order: Order
    item: str
    digest: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, by which seed, out of how many."""

    seed: str
    population: int
    orders: list[Drawn]


def sample(actor: Actor, *, seed: str, at: datetime) -> Sample | None:
    """Draw ten orders of the last 90 days: those with the smallest SHA-256 of ``seed:number``.

    Two statements; None for who is no auditor. Without a seed it is the local day.
    """
    if Role.AU not in actor.roles:
        return None
    seed = seed.strip()[:LONGEST_SEED] or f"{local_day(at):%Y%m%d}"
    recent = orders.seen_by(actor).filter(registered_at__gte=at - PERIOD).order_by("-pk")
    numbers = list(recent.values_list("number", flat=True)[:MOST])
    drawing = partial(digest_of, seed)
    chosen = nsmallest(DRAWN, (number for number in numbers if number), key=drawing)
    known = {order.number: order for order in orders.seen_by(actor).filter(number__in=chosen)}
    return Sample(seed, len(numbers), [_drawn(known[number], seed) for number in chosen])


def digest_of(seed: str, number: str) -> str:
    """Return the SHA-256 that decides whether an order is drawn."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def _drawn(order: Order, seed: str) -> Drawn:
    item = f"{item_name(order.item)} {how_much(order)}".strip()
    return Drawn(order, item, digest_of(seed, order.number or "")[:8])
