"""What a random walk walks in: two households, the staff, some offers, and a clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from tests.register import Register
from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.clock import local
from teyue.foundation.lifecycle import Document
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Shift
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing.queries import Offer
from teyue.procedure.service.models import Record
from teyue.procedure.subcontracting.models import Worker
from teyue.register.people.models import Staff
from teyue.register.people.queries import resident, system

T = TypeVar("T")
D = TypeVar("D", bound=Document)

STAFF = ("gm", "om", "ds", "cs", "rc", "rc2", "ca", "ca2", "fn", "ad", "au")
HANDS = ("st", "st2", "st3", "st4")
AT_WORK = (8, 9, 10, 14, 15, 16)
SATURDAY = 5


class NothingThere(LookupError):
    """A move was tried for which there is no paper yet."""


@dataclass(slots=True)
class World:
    """The register and what has happened so far."""

    register: Register
    offers: Sequence[Offer]
    worker: Worker
    firm: Actor
    at: datetime
    payments: int = 0
    actors: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        logins = (*STAFF, *HANDS, "rs", "neighbor")
        self.actors = {login: self.register.actor(login) for login in logins}
        self.actors |= {"su": self.firm, "system": system()}


@dataclass(slots=True)
class Scene:
    """One move: by whom, when, on which order, and the chance that decides the rest."""

    world: World
    chance: Random
    actor: Actor
    at: datetime
    order: Order | None = None

    def pick(self, *options: T) -> T:
        """Return one of some answers."""
        return self.chance.choice(options)

    def mostly(self, right: T, *wrong: T) -> T:
        """Return what is right, one time in twelve something else."""
        return self.chance.choice(wrong) if self.chance.randrange(12) == 0 else right

    def words(self, text: str = "已与住户说明") -> str:
        """Return a reason, which somebody may have forgotten to write."""
        return self.mostly(text, " ")

    def the_order(self) -> Order:
        """Return the order of this move, read afresh."""
        if self.order is None:
            raise NothingThere
        return Order.along_with().get(pk=self.order.pk)

    def last(self, model: type[D], *related: str, **only: Any) -> D:
        """Return the last paper of a kind of this order."""
        papers = model.along_with().select_related(*_case(model), *related)
        found = papers.filter(order=self.the_order(), **only).order_by("pk").last()
        if found is None:
            raise NothingThere
        return found

    def visit(self, **only: Any) -> Visit:
        """Return the last visit of the order."""
        return self.last(Visit, "order__item", "order__standard", "order__line", **only)

    def record(self, **only: Any) -> Record:
        """Return the record of the order that waits for the owner, else mostly the last one."""
        written = list(Record.objects.filter(order=self.order).order_by("visit__no"))
        waiting = [one for one in written if one.state != Record.State.CONFIRMED]
        meant = waiting or self.mostly(written[-1:], written[:1])
        only |= {"pk": meant[0].pk} if meant else {}
        return self.last(Record, "order__standard", "order__line", "order__item", **only)

    def any_record(self) -> Record:
        """Return one of the records of the order."""
        known = Record.objects.filter(order=self.order).order_by("pk").values_list("pk", flat=True)
        if not known:
            raise NothingThere
        return self.record_numbered(self.pick(*known))

    def record_numbered(self, pk: int) -> Record:
        """Return a certain record."""
        return self.last(Record, "order__standard", "order__line", "order__item", pk=pk)

    def shift(self) -> Shift:
        """Return the shift that was opened last, by the actor if there is one."""
        shifts = Shift.along_with().select_related("office", "drawer", "cashier")
        mine = shifts.filter(cashier=self.actor.id).order_by("pk").last()
        found = mine or shifts.order_by("pk").last()
        if found is None:
            raise NothingThere
        return found

    def household(self, *, typist: str = "") -> Actor:
        """Return who ordered, as typed by somebody of the staff."""
        order = self.the_order()
        somebody = resident(order.requester, household=order.household_id)
        if not typist:
            return somebody
        evidence = Evidence("call_recorded", "录音 0571")
        return somebody.typed_by(self.world.actors[typist], evidence)

    def hands(self) -> tuple[Staff | None, Worker | None]:
        """Return somebody to send: of the firm where the item is a firm's, else of the staff."""
        kind = self.the_order().item.provider_kind
        own = self.world.register.staff[self.pick(*HANDS)]
        worker = self.world.worker
        send = {"firm": (None, worker), "department": (own, None)}
        return self.mostly(send.get(kind, (own, None)), (None, worker), (own, None), (None, None))

    def soon(self) -> datetime:
        """Return a time at which people work, or sometimes one at which they do not."""
        at = local(self.at) + timedelta(minutes=self.pick(5, 20, 60, 180))
        while at.weekday() >= SATURDAY or at.hour not in AT_WORK:
            at = (at + timedelta(hours=1)).replace(minute=0)
        return self.mostly(at, at.replace(hour=3), self.at - timedelta(hours=5))


def _case(model: type[Any]) -> tuple[str, ...]:
    kin = ("office", "household", "item__department", "requester", "payer", "contact", "line")
    return tuple(f"order__{name}" for name in kin)


Play = Callable[[Scene], object]


@dataclass(frozen=True, slots=True)
class Move:
    """Something people try: who usually does, in which standings it makes sense, and how."""

    name: str
    who: tuple[str, ...]
    when: tuple[str, ...]
    play: Play
