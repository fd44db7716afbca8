"""Free slots, and capacity for a new order (4.2.4; I-24, I-25, I-43)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.clock import local_day
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import crews, hours
from teyue.procedure.booking.queries.capacity import Demand, Worker, admits, room
from teyue.procedure.booking.queries.crews import Crew, midnight
from teyue.procedure.booking.queries.hours import Clock, clock_of
from teyue.procedure.booking.queries.sending import Candidate, candidates, unfit
from teyue.procedure.planning.models import Item
from teyue.procedure.subcontracting.models import Firm, FirmItem
from teyue.procedure.subcontracting.models import Worker as FirmWorker
from teyue.register.company.models import Department
from teyue.register.people.roster import technicians

__all__ = ["Candidate", "Cell", "Claim", "Grid", "Line", "Status"]
__all__ += ["candidates", "claim", "length", "offered", "unfit"]

WAY = timedelta(minutes=15)
WINDOW = timedelta(hours=2)
QUARTER = timedelta(minutes=15)
ONE_DAY = timedelta(days=1)


class Status(TextChoices):
    """What a window of a day is to somebody who wants to book."""

    FREE = "free", gettext_lazy("有空")
    FULL = "full", gettext_lazy("约满")
    PAST = "past", gettext_lazy("已过")
    QUIET = "quiet", gettext_lazy("静音")
    CLOSED = "closed", gettext_lazy("不可约")


PREFERRED = {Status.FREE: 0, Status.FULL: 1}
BARRED = {hours.SLOT_PAST: Status.PAST, hours.QUIET: Status.QUIET}


@dataclass(frozen=True, slots=True)
class Cell:
    """A window on a day, and the reservation that it would give, the earliest that is free.

    ``people`` counts how many orders still fit; ``reason`` says why the window is not offered.
    """

    status: Status
    starts: datetime
    ends: datetime
    people: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One window of the day, such as 08:00 to 10:00, with a cell for each day."""

    opens: str
    closes: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The windows of some days, for the reception page."""

    days: tuple[date, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """The pool that can take an order, a department or a firm, and what its people must hold."""

    department: Department | None
    firm: Firm | None
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    date: date
    pools: Sequence[tuple[Sequence[Demand], Sequence[Worker]]]


@dataclass(frozen=True, slots=True)
class _Offering:
    """What the cells of one grid have in common."""

    item: Item
    clock: Clock
    length: timedelta
    checks: Sequence[hours.Check]

    def line(self, opens: timedelta, closes: timedelta, days: Sequence[_Day]) -> Line:
        cells = tuple(self.cell(day, opens, closes) for day in days)
        first = midnight(days[0].date)
        return Line(f"{first + opens:%H:%M}", f"{first + closes:%H:%M}", cells)

    def cell(self, day: _Day, opens: timedelta, closes: timedelta) -> Cell:
        """Try every quarter of an hour until one is free; else say the best that was found."""
        start, closed = midnight(day.date) + opens, midnight(day.date) + closes
        tried = [self._from(start, day)]
        while tried[-1].status != Status.FREE and (start := start + QUARTER) < closed:
            tried.append(self._from(start, day))
        return min(tried, key=lambda cell: PREFERRED.get(cell.status, len(PREFERRED)))

    def _from(self, start: datetime, day: _Day) -> Cell:
        ends = start + self.length
        if bar := self.clock.bar(self.item, start, ends, self.checks):
            return Cell(BARRED.get(bar.code, Status.CLOSED), start, ends, reason=bar.reason)
        if people := self._room(day, start):
            return Cell(Status.FREE, start, ends, people)
        return Cell(Status.FULL, start, ends, reason=str(Status.FULL.label))

    def _room(self, day: _Day, start: datetime) -> int:
        job = Demand(start, start + self.length, frozenset(self.item.certificates))
        return sum(room(job, taken, people) for taken, people in day.pools)


def length(minutes: int) -> timedelta:
    """Return for how long somebody is reserved: the minutes of the standard and the way."""
    return timedelta(minutes=minutes) + WAY


def offered(
    item: Item,
    *,
    office: int,
    days: Sequence[date],
    minutes: int,
    at: datetime,
    coverage: Order.Coverage = Order.Coverage.NONE,
) -> Grid:
    """Return the two-hour windows of some days with what is free in each.

    The number of statements does not depend on the days: one for the department, two for firms.

    :raises Refused: ``calendar_missing``.
    """
    clock = clock_of(office, at=at)
    pools = list(_pools(item, midnight(min(days)), midnight(max(days) + ONE_DAY)))
    offering = _Offering(item, clock, length(minutes), hours.checks(coverage))
    told = [_on(day, pools) for day in days]
    lines = [offering.line(opens, closes, told) for opens, closes in _windows(clock)]
    return Grid(tuple(days), tuple(lines))


def claim(
    item: Item,
    *,
    office: int,
    starts: datetime,
    ends: datetime,
    at: datetime,
    urgent: bool,
    coverage: Order.Coverage = Order.Coverage.NONE,
) -> Claim:
    """Find who can take an order, and keep others from taking the same until the sitting ends.

    An item of both kinds tries the department first, then firms, the most trusted first. Urgent
    orders may disturb: dispatch asks for their F-28. Two statements a kind of pool.

    :raises Refused: ``slot_past``, ``office_closed``, ``slot_too_early``,
        ``neighbor_notice_short``, ``quiet_hours``, ``slot_full``, ``no_capacity``.
    """
    clock = clock_of(office, at=at)
    asked = hours.EMERGENCY if urgent else hours.checks(coverage)
    if bar := clock.bar(item, starts, ends, asked):
        raise hours.refusal(bar, clock, item, starts=starts, ends=ends)
    job = Demand(starts, ends, frozenset(item.certificates))
    certified = False
    for found, crew in _locked_pools(item, starts, ends):
        people = crew.people(starts, ends)
        if admits(job, crew.demands, people):
            return found
        certified |= any(person.holds(job.certificates) for person in people)
    raise _full() if certified else _nobody(item)


def _windows(clock: Clock) -> Iterator[tuple[timedelta, timedelta]]:
    day = local_day(clock.at)
    opens, closes = (moment - midnight(day) for moment in clock.opening(day))
    while opens < closes:
        yield opens, min(opens + WINDOW, closes)
        opens += WINDOW


def _on(day: date, pools: Sequence[Crew]) -> _Day:
    serving = [crew for crew in pools if crew.may_serve(day)]
    whole = midnight(day), midnight(day + ONE_DAY)
    return _Day(day, [(crew.reserved_on(day), crew.people(*whole)) for crew in serving])


def _pools(item: Item, starts: datetime, ends: datetime) -> Iterator[Crew]:
    if department := _department(item):
        yield _own_crew(item, department, starts, ends)
    if item.provider_kind != Item.Provider.DEPARTMENT:
        firms = _serving(item).values_list("firm", flat=True)
        yield from _crews_of_firms(item, firms, starts, ends).values()


def _locked_pools(item: Item, starts: datetime, ends: datetime) -> Iterator[tuple[Claim, Crew]]:
    """Yield the pools in the order in which they are asked, each locked before it is looked at."""
    needs = tuple(item.certificates)
    if department := _department(item):
        locked = Department.objects.locked().get(pk=department)
        yield Claim(locked, None, needs), _own_crew(item, department, starts, ends)
    if item.provider_kind == Item.Provider.DEPARTMENT:
        return
    serving = Firm.objects.locked().filter(pk__in=_serving(item).values("firm"))
    firms = {firm.pk: firm for firm in serving.order_by("pk")}
    for pk, crew in _crews_of_firms(item, firms, starts, ends).items():
        if crew.may_serve(local_day(starts)):
            yield Claim(None, firms[pk], needs), crew


def _department(item: Item) -> int | None:
    return None if item.provider_kind == Item.Provider.FIRM else item.department_id


def _own_crew(item: Item, department: int, starts: datetime, ends: datetime) -> Crew:
    staff = technicians(item.office_id, department, on=local_day(starts))
    return crews.of_department(staff, department=department, starts=starts, ends=ends)


def _serving(item: Item) -> KeptQuerySet[FirmItem]:
    return FirmItem.objects.filter(item=item, state__in=FirmItem.MAY_SERVE)


def _crews_of_firms(
    item: Item, firms: Iterable[int], starts: datetime, ends: datetime
) -> dict[int, Crew]:
    return crews.of_firms(
        FirmWorker.objects.all(), firms=firms, item=item, starts=starts, ends=ends
    )


def _full() -> Refused:
    return Refused("slot_full", _("这个时段已约满。请您改约其他时段。"), field="wish_from")


def _nobody(item: Item) -> Refused:
    text = _("目前没有人可以做“%(item)s”：无持证人员或无合格分包方。请您联系部门主管安排后再登记。")
    return Refused("no_capacity", text % {"item": item.name}, field="item")
