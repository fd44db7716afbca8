"""What changes too often to be remembered about a pool, told in one UNION.

Every table is told in rows of the same shape, so that a pool costs one statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    Field,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order, Reservation
from teyue.procedure.booking.queries.capacity import Span
from teyue.procedure.planning.models import Item
from teyue.procedure.subcontracting.models import Firm, FirmItem, Worker, WorkerCertificate
from teyue.register.estate.models import Member

# No job lasts longer, so what began earlier need not be looked at.
LONGEST = timedelta(days=3)

# What a row tells.
WORKER, CERTIFICATE, RESERVED, LISTED, KIN = "worker", "certificate", "reserved", "listed", "kin"


class Row(NamedTuple):
    """One row of the union."""

    what: str
    pool: int | None
    who: int | None
    text: str | None
    starts: datetime | None
    ends: datetime | None
    to_on: date | None

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
    "to_on": DateField(),
}


def called(parts: Iterable[Told | None]) -> list[Row]:
    """Return the rows of all parts that there are, in one statement."""
    first, *others = (part for part in parts if part is not None)
    return [Row(*cells) for cells in (first.union(*others, all=True) if others else first)]


def live(starts: datetime, ends: datetime, *, but: Order | None) -> KeptQuerySet[Reservation]:
    """Return the live reservations that touch a stretch of time, but not those of one order."""
    near = Reservation.objects.filter(
        freed_at=None, starts__lt=ends, starts__gt=starts - LONGEST, ends__gt=starts
    )
    return near.filter(~Q(order=but)) if but else near


def reserved(reservations: KeptQuerySet[Reservation], pool: str) -> Told:
    """Tell reservations of a pool, ``department_id`` or ``firm_id``, and who was given them."""
    needs = Cast("certificates", TextField())
    columns = {"starts": "starts", "ends": "ends"}
    who = "staff_id" if pool == "department_id" else "worker_id"
    return _told(RESERVED, reservations, pool=pool, who=who, text=needs, **columns)


def kin(household: int, side: Literal["staff", "worker"]) -> Told:
    """Tell which employees or firms' people belong to a household (I-35)."""
    members = Member.objects.filter(household=household, voided_at=None, to_on=None)
    return _told(KIN, members.filter(**{f"person__{side}__isnull": False}), who=f"person__{side}")


def workers_of(workers: KeptQuerySet[Worker]) -> Told:
    """Tell whom firms send, with their name."""
    return _told(WORKER, workers, pool="firm_id", who="pk", text="person__name")


def certificates_of(workers: KeptQuerySet[Worker]) -> Told:
    """Tell the certificates of whom firms send and the days until which they are valid."""
    kept = WorkerCertificate.objects.filter(worker__in=workers)
    return _told(CERTIFICATE, kept, who="worker_id", text="kind", to_on="valid_to")


def listed(item: Item, firms: Iterable[int]) -> Told:
    """Tell how firms are trusted with an item, and until when they are insured (I-25)."""
    gone = (Firm.State.REMOVED, Firm.State.VOID)
    trusted = FirmItem.objects.filter(
        ~Q(firm__state__in=gone), item=item, firm__in=firms, state__in=FirmItem.MAY_SERVE
    )
    return _told(LISTED, trusted, pool="firm_id", text="state", to_on="firm__insured_to")


def _told(what: str, rows: QuerySet[Any], **columns: str | Combinable) -> Told:
    """Give rows the shape of the union; a cast NULL keeps the type of its column."""
    cells = (columns.get(name) or Cast(Value(None), column) for name, column in COLUMNS.items())
    return rows.order_by().values_list(Value(what), *cells)
