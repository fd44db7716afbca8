"""Who works at the demo, and how they bring an order to a step: by the operations alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from teyue.desks.demo import course, pictures
from teyue.desks.demo.estate import RESIDENT_ROOM
from teyue.foundation.actors import Actor
from teyue.foundation.clock import HOUSE, local_day
from teyue.foundation.files import operations as storing
from teyue.foundation.files.kinds import FileKind
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.facts import Registration
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import slots
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Closing, Count
from teyue.procedure.cashier.models import Drawer, Method, Shift
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing import queries as pricing
from teyue.procedure.pricing.queries import Offer
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import files
from teyue.procedure.subcontracting.models import Worker
from teyue.register.company.models import Office
from teyue.register.estate.models import Household, Member
from teyue.register.people.models import Account, Role, Staff
from teyue.register.people.queries import actor_of_account, actor_of_person, holders

FLOAT = Money(50_000)
FACES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
URGENT = Order.Urgency.URGENT
ONE_DAY, CALLED_BEFORE = timedelta(days=1), timedelta(minutes=90)
HOMES, DAYS_OFFERED = 50, 4
AT_WORK = ("ad", "ca", "cs", "ds", "fn", "om", "rc")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a household calls for."""

    code: str
    description: str
    qty_x100: int = 100
    variant: str = ""
    urgency: Order.Urgency = Order.Urgency.NORMAL


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works today, for whom, and with which drawer."""

    office: Office
    people: Mapping[str, Actor]
    homes: Iterator[Household]
    resident: Household
    shift: Shift

    def offer(self, wanted: Wanted, at: datetime) -> Offer:
        """Return what the price list says of a wish.

        :raises LookupError: when it is not offered.
        """
        found = pricing.offer(self.office.pk, wanted.code, wanted.variant, at=at)
        if found is None:
            raise LookupError(f"{wanted.code} is not offered")
        return found


def opened(*, opens: datetime, at: datetime) -> Desk:
    """Open the first drawer of the only office and take a place behind it."""
    office = Office.objects.earliest("pk")
    wanted = Account.objects.filter(username__in=AT_WORK)
    people = {row.username: actor_of_account(row.pk, at=at) for row in wanted}
    resident = Household.objects.get(office=office, label=RESIDENT_ROOM.short, state="open")
    shift = open_shift(office, actor=people["ca"], at=opens)
    return Desk(office, people, _homes(office), resident, shift)


def open_shift(office: Office, *, actor: Actor, at: datetime) -> Shift:
    """Begin a shift at the first drawer with the usual float."""
    drawer = Drawer.objects.filter(office=office).earliest("pk")
    return cashier.open_shift(drawer, float_amount=FLOAT, actor=actor, at=at)


def close_shift(desk: Desk, *, at: datetime) -> None:
    """Count the drawer, bank all but the float and close it; finance has still to verify."""
    left, pieces = till.cash_in_drawer(desk.shift).fen, {}
    for face in FACES:
        pieces[face], left = divmod(left, face)
    counted = Count(pieces=pieces)
    cashier.count(desk.shift, counted=counted, actor=desk.people["ca"], at=at)
    banked = max(counted.total - FLOAT, NOTHING)
    reason = "零头不足一角" if left else ""
    closing = Closing(reason=reason, banked=banked, bank_slip=f"0571{desk.shift.pk:08d}")
    cashier.close_shift(desk.shift, closing=closing, actor=desk.people["ca"], at=at)


def register(desk: Desk, wanted: Wanted, *, at: datetime) -> Order:
    """Note what a household wants (O1)."""
    return booking.register(wish(desk, wanted, at=at), actor=desk.people["rc"], at=at)


def book(
    desk: Desk,
    wanted: Wanted,
    *,
    at: datetime,
    home: Household | None = None,
    wish_from: datetime | None = None,
    not_before: datetime | None = None,
) -> Order:
    """Register, quote and accept; without a wish for the first free start from the next day on."""
    offer = desk.offer(wanted, at)
    if wish_from is None and wanted.urgency != URGENT:
        wish_from = _free(desk.office, offer, after=not_before or at, at=at)
    asked = wish(desk, wanted, at=at, home=home, wish_from=wish_from)
    return course.booked(asked, actor=desk.people["rc"], at=at)


def wish(
    desk: Desk,
    wanted: Wanted,
    *,
    at: datetime,
    home: Household | None = None,
    wish_from: datetime | None = None,
) -> Registration:
    """Return what the next household, or the one named, asks for."""
    return course.wish(
        home or next(desk.homes),
        desk.offer(wanted, at),
        at=at,
        qty_x100=wanted.qty_x100,
        wish_from=wish_from,
        description=wanted.description,
        urgency=wanted.urgency,
    )


def pay(desk: Desk, order: Order, *, at: datetime) -> None:
    """Take what is due before the work, in cash or by WeChat in turn (O5)."""
    method = Method.CASH if order.pk % 2 else Method.WECHAT
    course.paid(order, shift=desk.shift, method=method, actor=desk.people["ca"], at=at)


def send(desk: Desk, order: Order, *, at: datetime) -> Visit:
    """Send the first who fits, own staff or a firm, at the time that was wished for (O7)."""
    starts = order.wish_from or at
    who = sendable(order, starts, at=at)[0]
    return course.dispatched(order, who, starts=starts, actor=desk.people["rc"], at=at)


def sent(
    desk: Desk,
    wanted: Wanted,
    starts: datetime,
    *,
    home: Household | None = None,
) -> Visit:
    """Take an order from the call, an hour and a half before it starts, to a visit of the staff."""
    called = starts - CALLED_BEFORE
    order = book(desk, wanted, at=called, home=home, wish_from=starts)
    pay(desk, order, at=called + timedelta(minutes=10))
    found = sendable(order, starts, at=called)
    return course.dispatched(
        order,
        next(who for who in found if isinstance(who, Staff)),
        starts=starts,
        actor=desk.people["rc"],
        at=called + timedelta(minutes=15),
    )


def served(
    visit: Visit, *, done: str, done_x100: int | None = None, more_visits: bool = False
) -> Record:
    """Do the work of a visit at its time, photograph it and write it down (O8, O9)."""
    starts = visit.appoint_from
    performer = performer_of(visit, at=starts)
    course.started(visit, actor=performer, at=starts)
    ends = starts + timedelta(minutes=visit.order.standard.duration_min)
    photo = _stored(visit, pictures.photo(visit.pk), files.PHOTO, performer, ends)
    return course.recorded(
        visit,
        work_done=done,
        photos=(photo,),
        qty_x100=done_x100,
        more_visits=more_visits,
        actor=performer,
        at=ends,
    )


def signed(record: Record, *, rating: int = 5, at: datetime) -> Record:
    """Let the orderer sign with a finger on the device of the technician (O10)."""
    visit = record.visit
    performer = performer_of(visit, at=at)
    drawn = _stored(visit, pictures.signature(visit.pk), files.SIGNATURE, performer, at)
    return course.confirmed(record, rating=rating, evidence=f"file:{drawn}", actor=performer, at=at)


def performer_of(visit: Visit, *, at: datetime) -> Actor:
    """Return who does the work of a visit."""
    return actor_of_person(visit.performer_id or 0, at=at)


def sendable(order: Order, starts: datetime, *, at: datetime) -> list[Staff | Worker]:
    """Return who may be sent and holds a post that serves, the own staff first.

    An order that was served before it is paid is excused from the quiet hours (F-28).
    """
    ends = starts + slots.length(order.standard.duration_min)
    owed = order.in_arrears
    found = slots.candidates(order, starts=starts, ends=ends, at=at, exempt=owed)
    fit = [known for known in found if known.refusal is None]
    staff = Staff.objects.filter(pk__in=[known.staff for known in fit if known.staff])
    serving = holders(Role.ST, office=order.office_id, at=at)
    workers = Worker.objects.filter(pk__in=[known.worker for known in fit if known.worker])
    own = staff.filter(person__in=serving).order_by("pk")
    return [*own, *workers.select_related("firm").order_by("pk")]


def on_day(day: datetime, hour: int, minute: int = 0) -> datetime:
    """Return an hour of the local day of an instant."""
    return datetime.combine(local_day(day), time(hour, minute), HOUSE)


def _stored(visit: Visit, shown: bytes, kind: FileKind, actor: Actor, at: datetime) -> int:
    owner = files.owner_of(visit)
    return storing.store(shown, kind=kind, owner=owner, actor=actor, at=at).pk


def _free(office: Office, offer: Offer, *, after: datetime, at: datetime) -> datetime:
    """Return the first free start from the next day on."""
    days = [local_day(after) + n * ONE_DAY for n in range(1, DAYS_OFFERED + 1)]
    grid = slots.offered(offer.item, office=office.pk, days=days, minutes=offer.minutes, at=at)
    cells = (cell for line in grid.lines for cell in line.cells)
    return min(cell.starts for cell in cells if cell.status == slots.Status.FREE)


def _homes(office: Office) -> Iterator[Household]:
    """Yield households whose owner answers the telephone, from all over the estate."""
    owners = Member.objects.filter(
        household__office=office,
        household__state=Household.State.OPEN,
        relation=Member.Relation.OWNER,
        is_primary=True,
    ).exclude(household__label=RESIDENT_ROOM.short)
    found = [row.household for row in owners.select_related("household__office").order_by("pk")]
    return iter(found[:: max(len(found) // HOMES, 1)])
