"""The roll of a pool: people, shifts, leave, certificates and reservations in one UNION.

Every table is told in rows of the same shape, so that a pool costs one statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models import F as Column
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order, Reservation
from teyue.procedure.booking.queries.capacity import Span
from teyue.procedure.planning.models import Item
from teyue.procedure.subcontracting.models import Firm, FirmItem, Worker, WorkerCertificate
from teyue.register.people.models import Certificate, Duty, Leave, Staff

DAY_MINUTES = 24 * 60
# No job lasts longer, so what began earlier need not be looked at.
LONGEST = timedelta(days=3)

# What a row tells.
STAFF, WORKER, DUTY, LEAVE = "staff", "worker", "duty", "leave"
CERTIFICATE, RESERVED, LISTED, KIN = "certificate", "reserved", "listed", "kin"


class Row(NamedTuple):
    """One row of the union. ``opens`` and ``closes`` are minutes since midnight of Monday."""

    what: str
    pool: int | None
    who: int | None
    text: str | None
    starts: datetime | None
    ends: datetime | None
    from_on: date | None
    to_on: date | None
    opens: int | None
    closes: int | None

    def holds_on(self, day: date) -> bool:
        """Tell whether what has a first and a last day is valid on a day."""
        began = self.from_on is None or self.from_on <= day
        return began and (self.to_on is None or day <= self.to_on)

    @property
    def span(self) -> Span:
        """Return the time of a row that has one."""
        if self.starts is None or self.ends is None:
            raise ValueError(f"a row of kind {self.what} has no time")
        return self.starts, self.ends


Told = QuerySet[Any, tuple[Any, ...]]

COLUMNS: dict[str, Field[Any, Any]] = {
    "pool": BigIntegerField(),
    "who": BigIntegerField(),
    "text": TextField(),
    "starts": DateTimeField(),
    "ends": DateTimeField(),
    "from_on": DateField(),
    "to_on": DateField(),
    "opens": IntegerField(),
    "closes": IntegerField(),
}


def called(parts: Iterable[Told | None]) -> list[Row]:
    """Return the rows of all parts that there are, in one statement."""
    wanted = [part for part in parts if part is not None]
    union = reduce(lambda whole, part: whole.union(part, all=True), wanted)
    return [Row(*cells) for cells in union]


def staff_of(staff: KeptQuerySet[Staff]) -> Told:
    """Tell employees with their name and their days of employment."""
    columns = {"from_on": "active_from", "to_on": "active_to"}
    return _told(STAFF, staff, pool="department_id", who="pk", text="person__name", **columns)


def workers_of(workers: KeptQuerySet[Worker]) -> Told:
    """Tell whom firms send, with their name."""
    return _told(WORKER, workers, pool="firm_id", who="pk", text="person__name")


def duties_of(staff: KeptQuerySet[Staff], first: date, last: date) -> Told:
    """Tell the weekly shifts that hold at some time from the first to the last day."""
    in_force = Q(to_on=None) | Q(to_on__gte=first)
    monday = Column("weekday") * DAY_MINUTES
    return _told(
        DUTY,
        Duty.objects.filter(in_force, staff__in=staff, from_on__lte=last),
        who="staff_id",
        from_on="from_on",
        to_on="to_on",
        opens=monday + Column("opens"),
        closes=monday + Column("closes"),
    )


def leaves_of(staff: KeptQuerySet[Staff], starts: datetime, ends: datetime) -> Told:
    """Tell the leave that touches a stretch of time."""
    leaves = Leave.objects.filter(staff__in=staff, voided_at=None, starts__lt=ends, ends__gt=starts)
    return _told(LEAVE, leaves, who="staff_id", starts="starts", ends="ends")


def certificates_of(staff: KeptQuerySet[Staff]) -> Told:
    """Tell the certificates of employees and the days for which they are valid."""
    kept = Certificate.objects.filter(staff__in=staff, voided_at=None)
    columns = {"text": "kind", "from_on": "valid_from", "to_on": "valid_to"}
    return _told(CERTIFICATE, kept, who="staff_id", **columns)


def certificates_of_workers(workers: KeptQuerySet[Worker]) -> Told:
    """Tell the certificates of whom firms send and the days until which they are valid."""
    kept = WorkerCertificate.objects.filter(worker__in=workers)
    return _told(CERTIFICATE, kept, who="worker_id", text="kind", to_on="valid_to")


def live(
    starts: datetime, ends: datetime, *, but: Order | None = None
) -> KeptQuerySet[Reservation]:
    """Return the live reservations that touch a stretch of time, but not those of one order."""
    others = Reservation.objects.filter(~Q(order=but)) if but else Reservation.objects.all()
    return others.filter(
        freed_at=None, starts__lt=ends, starts__gt=starts - LONGEST, ends__gt=starts
    )


def reserved(reservations: KeptQuerySet[Reservation], pool: str) -> Told:
    """Tell reservations of a pool, ``department_id`` or ``firm_id``, and who was given them."""
    needs = Cast("certificates", TextField())
    columns = {"starts": "starts", "ends": "ends"}
    return _told(RESERVED, reservations, pool=pool, who="staff_id", text=needs, **columns)


def listed(item: Item, firms: Iterable[int]) -> Told:
    """Tell how firms are trusted with an item, and until when they are insured (I-25)."""
    gone = (Firm.State.REMOVED, Firm.State.VOID)
    trusted = FirmItem.objects.filter(
        ~Q(firm__state__in=gone), item=item, firm__in=firms, state__in=FirmItem.MAY_SERVE
    )
    return _told(LISTED, trusted, pool="firm_id", text="state", to_on="firm__insured_to")


def staff_of_household(staff: KeptQuerySet[Staff], household: int) -> Told:
    """Tell which employees belong to a household (I-35)."""
    return _told(KIN, staff.filter(_members(household) | Q(household=household)), who="pk")


def workers_of_household(workers: KeptQuerySet[Worker], household: int) -> Told:
    """Tell which of a firm's people belong to a household."""
    return _told(KIN, workers.filter(_members(household)), who="pk")


def _members(household: int) -> Q:
    return Q(
        person__memberships__household=household,
        person__memberships__voided_at=None,
        person__memberships__to_on=None,
    )


def _told(what: str, rows: QuerySet[Any], **columns: str | Combinable) -> Told:
    """Give rows the shape of the union; a cast NULL keeps the type of its column."""
    cells = (columns.get(name) or Cast(Value(None), column) for name, column in COLUMNS.items())
    return rows.order_by().values_list(Value(what), *cells)
