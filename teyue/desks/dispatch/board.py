"""The board of a day: lanes of people, blocks of visits, the quiet hours behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.clock import local, local_day
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.queries.hours import clock_of
from teyue.procedure.booking.queries.slots import Candidate
from teyue.procedure.dispatch.models import Visit
from teyue.register.calendar.queries import calendar_of, preset_of
from teyue.register.calendar.quiet import Disturbance, quiet_windows
from teyue.register.company import edition
from teyue.register.company.models import Department
from teyue.register.people.models import CertificateKind
from teyue.register.people.roster import Dated, Hand, hands

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHORTEST = 1.0
SOON = timedelta(days=30)
COMING = (Visit.State.ASSIGNED, Visit.State.ACCEPTED, Visit.State.EN_ROUTE)
LOOKS = {
    Visit.State.ASSIGNED: ("ty-run ask", "dash-square-dotted"),
    Visit.State.ACCEPTED: ("ty-run", "hand-thumbs-up"),
    Visit.State.EN_ROUTE: ("ty-run", "bicycle"),
    Visit.State.ARRIVED: ("ty-run", "geo-alt"),
    Visit.State.WORKING: ("wip ty-run", "tools"),
    Visit.State.FINISHED: ("ty-done", "check-circle-fill"),
    Visit.State.CONFIRMED: ("ty-done", "check-circle-fill"),
    Visit.State.FAILED: ("ty-wait", "door-closed"),
    Visit.State.DISPUTED: ("ty-disp", "exclamation-diamond-fill"),
}
SHORT: Mapping[str, StrOrPromise] = {
    "own_household": gettext_lazy("是这户成员"),
    "not_certified": gettext_lazy("缺证件"),
    "not_on_duty": gettext_lazy("不当班"),
    "person_busy": gettext_lazy("已有别的单"),
    "quiet_hours": gettext_lazy("静音时段"),
    "firm_not_listed": gettext_lazy("不在名录"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A visit on the board: where it begins and how long it is, in hours of the day."""

    visit: Visit
    start: float
    hours: float
    look: str
    icon: str
    note: str

    @property
    def is_late(self) -> bool:
        """Tell whether somebody should be there and is not."""
        return self.look == "ty-late"


@dataclass(slots=True)
class Lane:
    """Somebody who can be sent, with the visits of the day."""

    name: str
    group: str
    papers: str = ""
    worry: str = ""
    tone: str = ""
    blocks: list[Block] = field(default_factory=list)
    off: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the day on the board, in hours."""

    start: float
    hours: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board of one day shows."""

    day: date
    opens: int
    hours: int
    groups: Mapping[str, list[Lane]]
    hush: tuple[Stretch, ...]
    now: float | None
    late: int

    @property
    def ticks(self) -> range:
        """Return the hours that are written above the lanes."""
        return range(self.opens, self.opens + self.hours)

    @property
    def people(self) -> int:
        """Return how many people stand on the board."""
        return sum(len(lanes) for lanes in self.groups.values())


def drawn(
    visits: Sequence[Visit],
    *,
    office: int,
    day: date,
    at: datetime,
    candidates: Iterable[Candidate] = (),
) -> Board:
    """Return the board of a day; ``candidates`` say who cannot take the order that is chosen."""
    opens, closes = clock_of(office, at=at).opening(day)
    first, last = hour(opens), hour(closes) if local_day(closes) == day else 24
    whole = [block(visit, at) for visit in visits]
    lanes = list(_lanes(whole, office=office, day=day, refused=_refused(candidates)))
    groups: dict[str, list[Lane]] = {}
    for lane in lanes:
        groups.setdefault(lane.group, []).append(lane)
    begins, hours = int(first), max(int(last) - int(first), 1)
    today = local_day(at) == day
    return Board(
        day=day,
        opens=begins,
        hours=hours,
        groups=groups,
        hush=tuple(_hush(office, day, begins, begins + hours)),
        now=hour(at) if today and begins <= hour(at) < begins + hours else None,
        late=sum(one.is_late for one in whole),
    )


def block(visit: Visit, at: datetime) -> Block:
    """Return a visit as the board shows it."""
    starts = visit.started_at or visit.appoint_from
    length = _end(visit, at) - starts
    look, icon = LOOKS.get(Visit.State(visit.state), ("ty-wait", "circle"))
    note = str(Visit.State(visit.state).label)
    if visit.state in COMING and visit.appoint_to < at:
        look, icon = "ty-late", "alarm-fill"
        note = _("应 %(time)s 前到") % {"time": f"{local(visit.appoint_to):%H:%M}"}
    elif visit.order.rework_of_id and visit.state in Visit.LIVE:
        look, icon, note = "ty-disp", "arrow-repeat", _("返工")
    hours = max(length / timedelta(hours=1), SHORTEST)
    return Block(visit, hour(starts), hours, look, icon, note)


def _end(visit: Visit, at: datetime) -> datetime:
    """Return when a visit ended, else until when the household expects it to last."""
    if visit.finished_at:
        return visit.finished_at
    standard = timedelta(minutes=visit.order.standard.duration_min)
    on_the_dot = visit.appoint_from == visit.appoint_to
    planned = visit.appoint_from + standard if on_the_dot else visit.appoint_to
    return max(planned, at) if visit.state == Visit.State.WORKING else planned


def hour(moment: datetime) -> float:
    """Return the local time of day in hours."""
    here = local(moment)
    return here.hour + here.minute / 60


def _lanes(
    blocks: Sequence[Block], *, office: int, day: date, refused: Mapping[tuple[str, int], str]
) -> Iterator[Lane]:
    names = departments(office)
    for hand in hands(office):
        own = [one for one in blocks if one.visit.staff_id == hand.staff]
        if own or (hand.serves(day) and _rostered(hand, day)):
            lane = Lane(hand.name, names.get(hand.department or 0, ""), blocks=own)
            lane.papers, lane.worry, lane.tone = _papers(hand.certificates, day)
            lane.off = refused.get(("staff", hand.staff), "")
            yield lane
    yield from _firm_lanes(blocks, refused)


def _firm_lanes(blocks: Sequence[Block], refused: Mapping[tuple[str, int], str]) -> Iterator[Lane]:
    theirs: dict[int, Lane] = {}
    for one in blocks:
        worker, firm = one.visit.worker, one.visit.firm
        if worker is None or firm is None:
            continue
        off = refused.get(("worker", worker.pk), "")
        blank = Lane(worker.person.name, _("分包方"), papers=firm.name, off=off)
        theirs.setdefault(worker.pk, blank).blocks.append(one)
    yield from theirs.values()


def _rostered(hand: Hand, day: date) -> bool:
    return any(duty.weekday == day.weekday() for duty in hand.duties)


def _papers(held: Iterable[Dated], day: date) -> tuple[str, str, str]:
    """Return the certificates in words, and what must be said about one of them."""
    valid, worry, tone = [], "", ""
    for one in held:
        name = str(CertificateKind(one.kind).label)
        until = {"name": name, "day": f"{one.to_on:%m-%d}" if one.to_on else ""}
        if one.to_on is not None and one.to_on < day:
            worry, tone = _("%(name)s %(day)s 到期") % until, "ty-late"
            continue
        valid.append(name)
        if one.to_on is not None and one.to_on <= day + SOON and tone != "ty-late":
            worry, tone = _("%(name)s %(day)s 到期") % until, "ty-near"
    return _("、").join(valid), worry, tone


def _refused(candidates: Iterable[Candidate]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for one in candidates:
        if one.refusal is not None:
            key = ("staff", one.staff) if one.staff else ("worker", one.worker or 0)
            found[key] = str(SHORT.get(one.refusal.code, _("不能派本单")))
    return found


def _hush(office: int, day: date, opens: int, closes: int) -> Iterator[Stretch]:
    try:
        found = quiet_windows(preset_of(office), Disturbance.D3, day, calendar_of(office))
    except Refused:
        return
    for window in found:
        ends = 24 if local_day(window.ends) > day else hour(window.ends)
        starts, ends = max(hour(window.starts), opens), min(ends, closes)
        if starts < ends:
            yield Stretch(starts, ends - starts, str(window))


@edition.remembered
def departments(office: int) -> Mapping[int, str]:
    """Return the departments of an office by id."""
    return dict(Department.objects.filter(office=office).values_list("pk", "name"))
