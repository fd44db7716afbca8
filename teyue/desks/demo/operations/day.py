"""Some orders under way, so that no desk of the demo is empty: made by the operations alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial

from django.db import transaction

from teyue.desks.demo import course, pictures
from teyue.desks.demo.estate import RESIDENT_ROOM
from teyue.foundation.actors import Actor
from teyue.foundation.clock import HOUSE, local, local_day
from teyue.foundation.files import operations as storing
from teyue.foundation.money import Money
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
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation
from teyue.procedure.subcontracting.models import Worker
from teyue.register.company import edition
from teyue.register.company.models import Office
from teyue.register.estate.models import Household, Member
from teyue.register.people.models import Account, Role, Staff
from teyue.register.people.queries import actor_of_account, actor_of_person, holders

FLOAT = Money(50_000)
FACES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
URGENT = Order.Urgency.URGENT
ONE_DAY = timedelta(days=1)
HOMES, DAYS_OFFERED = 30, 4
MORNING_OPENS, LAST_JOB_STARTS = time(10), time(17, 30)


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
        found = pricing.offer(self.office.pk, wanted.code, wanted.variant, at=at)
        if found is None:
            raise LookupError(f"{wanted.code} is not offered")
        return found


def live_a_day(*, at: datetime) -> int:
    """Let orders come to stand in every place by ``at``, and return how many there are.

    Yesterday's were served; today's wait for their next step. The cashier closed yesterday's
    shift and has another one open.
    """
    with transaction.atomic(), edition.known(edition.current()):
        office = Office.objects.earliest("pk")
        people = _people(at)
        drawer = Drawer.objects.filter(office=office).earliest("pk")
        open_shift = partial(cashier.open_shift, drawer, float_amount=FLOAT, actor=people["ca"])
        yesterday = Desk(
            office,
            people,
            _homes(office),
            Household.objects.get(office=office, label=RESIDENT_ROOM.short, state="open"),
            open_shift(at=_yesterday(at, 8, 25)),
        )
        _live_yesterday(yesterday, at)
        _close(yesterday, at=_yesterday(at, 17, 40))
        today = replace(yesterday, shift=open_shift(at=at - timedelta(hours=3)))
        _live_today(today, at)
        return Order.objects.filter(office=office).count()


def _live_yesterday(desk: Desk, at: datetime) -> None:
    day = partial(_yesterday, at)
    _serve(desk, Wanted("WX-01", "厨房龙头滴水"), day(9), "settle", home=desk.resident)
    _serve(desk, Wanted("WX-05", "主卧马桶堵塞"), day(10), "confirm")
    _serve(desk, Wanted("BJ-01", "每周例行保洁", 200), day(10, 30), "confirm")
    _serve(desk, Wanted("WX-02", "客厅三盏筒灯不亮", 300), day(11), "audit", done_x100=200)
    _serve(desk, Wanted("BJ-04", "阳台和飘窗玻璃", 4500), day(14), "audit")
    _serve(desk, Wanted("WX-01", "卫生间两只龙头", 200), day(14), "settle", done_x100=100)
    _serve(desk, Wanted("WX-03", "书房插座松动"), day(15), "record", home=desk.resident)
    _serve(desk, Wanted("WX-01", "阳台洗衣机软管"), day(16), "record")
    late = Wanted("WX-04", "客厅一路插座没有电")
    _pay(desk, _book(desk, late, at=day(16, 40), not_before=at), at=day(16, 45))


def _live_today(desk: Desk, at: datetime) -> None:
    ago = partial(_ago, at)
    rc = desk.people["rc"]
    _register(desk, Wanted("WX-06", "厨房下水慢"), at=ago(25))
    _register(desk, Wanted("SW-01", "两居室搬到同城"), at=ago(90))
    course.quoted(_wish(desk, Wanted("AZ-01", "挂四幅画", 400), at=ago(120)), actor=rc, at=ago(120))
    _book(desk, Wanted("AZ-01", "窗帘杆打孔六处", 600), at=ago(30), home=desk.resident)
    _book(desk, Wanted("QX-01", "三台挂机", 300, "挂机"), at=ago(20))
    _book(desk, Wanted("WX-05", "客卫马桶溢水", urgency=URGENT), at=ago(22))
    cleaning = _book(desk, Wanted("BJ-02", "换季深度保洁", 8937), at=ago(12))
    _pay(desk, cleaning, at=ago(4))
    lamp = _book(desk, Wanted("WX-02", "餐厅吊灯", 100), at=ago(80))
    _pay(desk, lamp, at=ago(70))
    _send(desk, lamp, at=ago(60))
    hood = _book(desk, Wanted("QX-02", "侧吸式油烟机"), at=ago(100))
    _pay(desk, hood, at=ago(95))
    _send(desk, hood, at=ago(85))
    piano = _register(desk, Wanted("SH-04", "立式钢琴"), at=ago(50))
    booking.cancel(piano, reason="住户改到下月再约", actor=rc, at=ago(45))
    shade = _book(desk, Wanted("WX-02", "阳台吸顶灯", 200), at=ago(75))
    _pay(desk, shade, at=ago(65))
    away = Cancellation(reason="住户临时出差")
    settlement.cancel(shade, cancellation=away, actor=rc, at=ago(35))
    if MORNING_OPENS <= local(at).time() <= LAST_JOB_STARTS:
        _serve(desk, Wanted("WX-01", "厨房龙头关不紧"), _quarter(ago(40)), "start")


def _serve(
    desk: Desk,
    wanted: Wanted,
    starts: datetime,
    until: str,
    *,
    home: Household | None = None,
    done_x100: int | None = None,
) -> None:
    """Take an order from the call, an hour and a half before it starts, to a step."""
    called = starts - timedelta(minutes=90)
    order = _book(desk, wanted, at=called, home=home, wish_from=starts)
    _pay(desk, order, at=called + timedelta(minutes=10))
    visit = course.dispatched(
        order,
        _free_technician(order, starts, at=called),
        starts=starts,
        actor=desk.people["rc"],
        at=called + timedelta(minutes=15),
    )
    performer = actor_of_person(visit.performer_id or 0, at=starts)
    course.started(visit, actor=performer, at=starts)
    if until == "start":
        return
    ends = starts + timedelta(minutes=order.standard.duration_min)
    record = course.recorded(
        visit,
        work_done=f"{wanted.description}，已处理，现场试用正常",
        photos=(_photo(visit, performer, ends),),
        qty_x100=done_x100,
        actor=performer,
        at=ends,
    )
    if until != "record":
        course.confirmed(record, actor=performer, at=ends + timedelta(minutes=5))
        _finish(desk, record, until, at=ends)


def _photo(visit: Visit, performer: Actor, at: datetime) -> int:
    shown = pictures.photo(visit.pk)
    owner = files.owner_of(visit)
    return storing.store(shown, kind=files.PHOTO, owner=owner, actor=performer, at=at).pk


def _finish(desk: Desk, record: Record, until: str, *, at: datetime) -> None:
    if until in ("audit", "settle"):
        course.audited(record, actor=desk.people["cs"], at=at + timedelta(minutes=20))
    if until == "settle":
        settled_at = at + timedelta(minutes=40)
        order = record.order
        course.settled(order, shift=desk.shift, actor=desk.people["ca"], at=settled_at)


def _register(desk: Desk, wanted: Wanted, *, at: datetime) -> Order:
    return booking.register(_wish(desk, wanted, at=at), actor=desk.people["rc"], at=at)


def _book(
    desk: Desk,
    wanted: Wanted,
    *,
    at: datetime,
    home: Household | None = None,
    wish_from: datetime | None = None,
    not_before: datetime | None = None,
) -> Order:
    offer = desk.offer(wanted, at)
    if wish_from is None and wanted.urgency != URGENT:
        wish_from = _free(desk.office, offer, after=not_before or at, at=at)
    asked = _wish(desk, wanted, at=at, home=home, wish_from=wish_from)
    return course.booked(asked, actor=desk.people["rc"], at=at)


def _wish(
    desk: Desk,
    wanted: Wanted,
    *,
    at: datetime,
    home: Household | None = None,
    wish_from: datetime | None = None,
) -> Registration:
    return course.wish(
        home or next(desk.homes),
        desk.offer(wanted, at),
        at=at,
        qty_x100=wanted.qty_x100,
        wish_from=wish_from,
        description=wanted.description,
        urgency=wanted.urgency,
    )


def _pay(desk: Desk, order: Order, *, at: datetime) -> None:
    method = Method.CASH if order.pk % 2 else Method.WECHAT
    course.paid(order, shift=desk.shift, method=method, actor=desk.people["ca"], at=at)


def _send(desk: Desk, order: Order, *, at: datetime) -> None:
    starts = order.wish_from or at
    course.dispatched(
        order,
        _sendable(order, starts, at=at)[0],
        starts=starts,
        actor=desk.people["rc"],
        at=at,
    )


def _free_technician(order: Order, starts: datetime, *, at: datetime) -> Staff:
    return next(who for who in _sendable(order, starts, at=at) if isinstance(who, Staff))


def _sendable(order: Order, starts: datetime, *, at: datetime) -> list[Staff | Worker]:
    """Return who may be sent and holds a post that serves, the own staff first."""
    ends = starts + slots.length(order.standard.duration_min)
    found = slots.candidates(order, starts=starts, ends=ends, at=at)
    fit = [known for known in found if known.refusal is None]
    staff = Staff.objects.filter(pk__in=[known.staff for known in fit if known.staff])
    serving = holders(Role.ST, office=order.office_id, at=at)
    workers = Worker.objects.filter(pk__in=[known.worker for known in fit if known.worker])
    own = staff.filter(person__in=serving).order_by("pk")
    return [*own, *workers.select_related("firm").order_by("pk")]


def _free(office: Office, offer: Offer, *, after: datetime, at: datetime) -> datetime:
    """Return the first free start from the next day on."""
    days = [local_day(after) + n * ONE_DAY for n in range(1, DAYS_OFFERED + 1)]
    grid = slots.offered(offer.item, office=office.pk, days=days, minutes=offer.minutes, at=at)
    cells = (cell for line in grid.lines for cell in line.cells)
    return min(cell.starts for cell in cells if cell.status == slots.Status.FREE)


def _close(desk: Desk, *, at: datetime) -> None:
    """Count the drawer and close it; finance has still to verify."""
    left, pieces = till.cash_in_drawer(desk.shift).fen, {}
    for face in FACES:
        pieces[face], left = divmod(left, face)
    cashier.count(desk.shift, counted=Count(pieces=pieces), actor=desk.people["ca"], at=at)
    closing = Closing(reason="零头不足一角")
    cashier.close_shift(desk.shift, closing=closing, actor=desk.people["ca"], at=at)


def _people(at: datetime) -> dict[str, Actor]:
    wanted = Account.objects.filter(username__in=("rc", "ca", "cs"))
    return {row.username: actor_of_account(row.pk, at=at) for row in wanted}


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


def _yesterday(at: datetime, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(local_day(at) - ONE_DAY, time(hour, minute), HOUSE)


def _ago(at: datetime, minutes: int) -> datetime:
    return at - timedelta(minutes=minutes)


def _quarter(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
