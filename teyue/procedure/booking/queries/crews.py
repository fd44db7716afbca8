"""Who of a department or a firm is there, with which certificates, and what they are booked for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from teyue.register.people.models import Staff

ONE_DAY = timedelta(days=1)
TRUST = (FirmItem.State.QUALIFIED, FirmItem.State.ON_NOTICE, FirmItem.State.TRIAL)


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of one pool, as the roll tells them for a stretch of time.

    ``rank`` puts the firms that are trusted most first; ``until`` is the last day on which the
    pool may be sent, and None if it may not.
    """

    members: Sequence[Row]
    facts: Mapping[tuple[str, int | None], Sequence[Row]]
    demands: Sequence[Demand]
    rank: int = 0
    until: date | None = date.max

    def may_serve(self, day: date) -> bool:
        """Tell whether the pool may be sent on a day (I-25)."""
        return self.until is not None and day <= self.until

    def people(self, starts: datetime, ends: datetime) -> list[Worker]:
        """Return everybody, the absent included, as they are from starts to ends."""
        days = days_of(starts, ends)
        return [self.worker(member, days) for member in self.members]

    def worker(self, member: Row, days: Sequence[date]) -> Worker:
        """Return one member; a certificate counts if it is valid on each of the days."""
        held = self._of(rolls.CERTIFICATE, member)
        kinds = (row.text for row in held if all(row.holds_on(day) for day in days))
        absent = (row.span for row in self._of(rolls.LEAVE, member))
        present = reduce(without, absent, merged(self._roster(member, days)))
        return Worker(member.who or 0, frozenset(filter(None, kinds)), tuple(present))

    def is_kin(self, member: Row) -> bool:
        """Tell whether a member belongs to the household that was asked about (I-35)."""
        return bool(self._of(rolls.KIN, member))

    def _of(self, what: str, member: Row) -> Sequence[Row]:
        return self.facts.get((what, member.who), ())

    def _roster(self, member: Row, days: Sequence[date]) -> Iterator[Span]:
        """Yield when a member is to be there; a shift of the eve may reach into the first day."""
        if member.what == rolls.WORKER:
            yield midnight(days[0]), midnight(days[-1] + ONE_DAY)
            return
        shifts = self._of(rolls.DUTY, member)
        for day in (days[0] - ONE_DAY, *days):
            if member.holds_on(day):
                yield from (_shift(row, day) for row in shifts if _falls_on(row, day))


def of_department(
    staff: KeptQuerySet[Staff],
    *,
    department: int | None,
    starts: datetime,
    ends: datetime,
    order: Order | None = None,
) -> Crew:
    """Return active staff as a crew, in one statement.

    Counts what is reserved of the department, if one is named, and of these people wherever they
    were lent; leaves reservations of ``order`` out and marks members of its household.
    """
    staff = staff.filter(state=Staff.State.ACTIVE)
    booked = rolls.live(starts, ends, but=order)
    own = Q(department=department) if department else Q(pk__in=())
    rows = rolls.called(
        (
            rolls.staff_of(staff),
            rolls.duties_of(staff, local_day(starts) - ONE_DAY, local_day(ends)),
            rolls.leaves_of(staff, starts, ends),
            rolls.certificates_of(staff),
            rolls.reserved(booked.filter(own), "department_id"),
            rolls.reserved(booked.filter(~own, staff__in=staff), "department_id"),
            rolls.staff_of_household(staff, order.household_id) if order else None,
        )
    )
    return Crew(_members(rows), _facts(rows), _demands(rows))


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
            rolls.certificates_of_workers(workers),
            rolls.reserved(booked, "firm_id"),
            rolls.listed(item, firms),
            rolls.workers_of_household(workers, order.household_id) if order else None,
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


def _firm(rows: Sequence[Row]) -> Crew:
    trusted = {row.text: row.to_on for row in rows if row.what == rolls.LISTED}
    rank = next((n for n, state in enumerate(TRUST) if state in trusted), len(TRUST))
    until = trusted[TRUST[rank]] if rank < len(TRUST) else None
    return Crew(_members(rows), _facts(rows), _demands(rows), rank, until)


def _members(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.what in (rolls.STAFF, rolls.WORKER)]


def _facts(rows: Iterable[Row]) -> dict[tuple[str, int | None], list[Row]]:
    facts = defaultdict(list)
    for row in rows:
        facts[row.what, row.who].append(row)
    return facts


def _demands(rows: Iterable[Row]) -> list[Demand]:
    return [
        Demand(*row.span, frozenset(json.loads(row.text or "[]")), row.who)
        for row in rows
        if row.what == rolls.RESERVED
    ]


def _falls_on(shift: Row, day: date) -> bool:
    return shift.holds_on(day) and (shift.opens or 0) // rolls.DAY_MINUTES == day.weekday()


def _shift(shift: Row, day: date) -> Span:
    """Return a weekly shift on its day; one that closes before it opens runs over midnight."""
    opens, closes = (shift.opens or 0), (shift.closes or 0)
    begins = midnight(day) + timedelta(minutes=opens % rolls.DAY_MINUTES)
    length = closes - opens if closes > opens else closes - opens + rolls.DAY_MINUTES
    return begins, begins + timedelta(minutes=length)
