"""Who of a department or a firm is there, with which certificates, and what they are booked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce

from django.db.models import Q

from teyue.foundation.clock import HOUSE, local_day
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import rolls
from teyue.procedure.booking.queries.capacity import Demand, Span, Worker, merged, without
from teyue.procedure.booking.queries.rolls import Row
from teyue.procedure.planning.models import Item
from teyue.procedure.subcontracting.models import FirmItem
from teyue.procedure.subcontracting.models import Worker as FirmWorker
from teyue.register.people.roster import Dated, Hand, Stretch

ONE_DAY = timedelta(days=1)
TRUST = (FirmItem.State.QUALIFIED, FirmItem.State.ON_NOTICE, FirmItem.State.TRIAL)


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody of a crew; ``duties`` are None for who is there whenever asked."""

    who: int
    name: str
    kin: bool
    certificates: Sequence[Dated]
    duties: Sequence[Stretch] | None = None
    leaves: Sequence[Span] = ()

    def on(self, days: Sequence[date]) -> Worker:
        """Return this person on some days; a certificate counts if it is valid on all of them."""
        kinds = (held.kind for held in self.certificates if all(_valid(held, d) for d in days))
        present = reduce(without, self.leaves, merged(self._shifts(days)))
        return Worker(self.who, frozenset(kinds), tuple(present))

    def _shifts(self, days: Sequence[date]) -> Iterator[Span]:
        """Yield when the person is to be there; a shift of the eve may reach into the first day."""
        if self.duties is None:
            yield midnight(days[0]), midnight(days[-1] + ONE_DAY)
            return
        for day in (days[0] - ONE_DAY, *days):
            yield from (_shift(duty, day) for duty in self.duties if _falls_on(duty, day))


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of one pool, and what is reserved of them in a stretch of time.

    ``rank`` puts the firms that are trusted most first; ``until`` is the last day on which the
    pool may be sent, and None if it may not.
    """

    mates: Sequence[Mate]
    demands: Sequence[Demand]
    rank: int = 0
    until: date | None = date.max

    def may_serve(self, day: date) -> bool:
        """Tell whether the pool may be sent on a day (I-25)."""
        return self.until is not None and day <= self.until

    def reserved_on(self, day: date) -> list[Demand]:
        """Return what is reserved at some time of a day."""
        whole = Demand(midnight(day), midnight(day + ONE_DAY))
        return [demand for demand in self.demands if demand.overlaps(whole)]

    def people(self, starts: datetime, ends: datetime) -> list[Worker]:
        """Return everybody, the absent included, as they are from starts to ends."""
        days = days_of(starts, ends)
        return [mate.on(days) for mate in self.mates]


def of_department(
    hands: Collection[Hand],
    *,
    department: int | None,
    starts: datetime,
    ends: datetime,
    order: Order | None = None,
) -> Crew:
    """Return employees as a crew, in one statement.

    Counts what is reserved of the department, if one is named, and of these people wherever they
    were lent; leaves reservations of ``order`` out and marks members of its household.
    """
    theirs = Q(staff__in=[hand.staff for hand in hands])
    pool = theirs | Q(department=department) if department else theirs
    booked = rolls.live(starts, ends, but=order).filter(pool)
    rows = rolls.called(
        (
            rolls.reserved(booked, "department_id"),
            rolls.kin(order.household_id, "staff") if order else None,
        )
    )
    home = _kin(rows) | {h.staff for h in hands if order and h.household == order.household_id}
    return Crew([_mate(hand, hand.staff in home) for hand in hands], _demands(rows))


def of_firms(
    workers: KeptQuerySet[FirmWorker],
    *,
    firms: Iterable[int],
    item: Item,
    starts: datetime,
    ends: datetime,
    order: Order | None = None,
) -> dict[int, Crew]:
    """Return the crews of firms by firm id, in one statement, the most trusted first (I-25).

    Whom a firm sends is there whenever asked; reservations and marks as for a department.
    """
    firms = sorted(set(firms))
    workers = workers.filter(firm__in=firms, active=True)
    booked = rolls.live(starts, ends, but=order).filter(firm__in=firms)
    rows = rolls.called(
        (
            rolls.workers_of(workers),
            rolls.certificates_of(workers),
            rolls.reserved(booked, "firm_id"),
            rolls.listed(item, firms),
            rolls.kin(order.household_id, "worker") if order else None,
        )
    )
    crews = {firm: _firm([row for row in rows if row.pool in (None, firm)]) for firm in firms}
    return dict(sorted(crews.items(), key=lambda known: (known[1].rank, known[0])))


def days_of(starts: datetime, ends: datetime) -> list[date]:
    """Return the days of the house that a stretch of time touches."""
    first, last = local_day(starts), local_day(ends - timedelta(microseconds=1))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def midnight(day: date) -> datetime:
    """Return the first instant of a day where the house stands."""
    return datetime.combine(day, time(), HOUSE)


def _mate(hand: Hand, kin: bool) -> Mate:
    return Mate(hand.staff, hand.name, kin, hand.certificates, hand.duties, hand.leaves)


def _firm(rows: Sequence[Row]) -> Crew:
    trusted = {row.text: row.to_on for row in rows if row.what == rolls.LISTED}
    rank = next((n for n, state in enumerate(TRUST) if state in trusted), len(TRUST))
    until = trusted[TRUST[rank]] if rank < len(TRUST) else None
    home = _kin(rows)
    sent = [(row.who or 0, row.text or "") for row in rows if row.what == rolls.WORKER]
    mates = [Mate(who, name, who in home, _certificates(rows, who)) for who, name in sent]
    return Crew(mates, _demands(rows), rank, until)


def _certificates(rows: Iterable[Row], who: int) -> list[Dated]:
    held = (row for row in rows if row.what == rolls.CERTIFICATE and row.who == who)
    return [Dated(row.text or "", None, row.to_on) for row in held]


def _kin(rows: Iterable[Row]) -> set[int]:
    return {row.who or 0 for row in rows if row.what == rolls.KIN}


def _demands(rows: Iterable[Row]) -> list[Demand]:
    return [
        Demand(*row.span, frozenset(json.loads(row.text or "[]")), row.who)
        for row in rows
        if row.what == rolls.RESERVED
    ]


def _valid(thing: Dated | Stretch, day: date) -> bool:
    began = thing.from_on is None or thing.from_on <= day
    return began and (thing.to_on is None or day <= thing.to_on)


def _falls_on(duty: Stretch, day: date) -> bool:
    return duty.weekday == day.weekday() and _valid(duty, day)


def _shift(duty: Stretch, day: date) -> Span:
    """Return a weekly shift on its day; one that closes before it opens runs over midnight."""
    overnight = duty.closes <= duty.opens
    opens = midnight(day) + timedelta(minutes=duty.opens)
    return opens, midnight(day) + timedelta(days=overnight, minutes=duty.closes)
