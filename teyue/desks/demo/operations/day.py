"""Some orders under way, so that no desk of the demo is empty: made by the operations alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from django.db import transaction

from teyue.desks.demo import course, desk
from teyue.desks.demo.desk import ONE_DAY, URGENT, Desk, Wanted
from teyue.desks.demo.operations import troubles
from teyue.desks.demo.operations.weeks import live_a_week_before
from teyue.foundation.clock import local
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.models import Order
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation
from teyue.register.company import edition
from teyue.register.estate.models import Household

MORNING_OPENS, LAST_JOB_STARTS = time(10), time(17, 30)
SHIFT_OPENS_BEFORE = timedelta(hours=3)


def live_a_day(*, at: datetime) -> int:
    """Let orders come to stand in every place by ``at``, and return how many there are.

    Those of a week ago are closed, yesterday's were served or went wrong, today's wait for their
    next step. The cashier closed yesterday's shift and has another one open.
    """
    with transaction.atomic(), edition.known(edition.current()):
        day = partial(desk.on_day, at - ONE_DAY)
        live_a_week_before(at=at)
        yesterday = desk.opened(opens=day(7, 25), at=at)
        _live_yesterday(yesterday, at)
        troubles.go_wrong(yesterday, at=at)
        desk.close_shift(yesterday, at=day(21, 40))
        opens = max(at - SHIFT_OPENS_BEFORE, day(21, 45))
        shift = desk.open_shift(yesterday.office, actor=yesterday.people["ca"], at=opens)
        today = replace(yesterday, shift=shift)
        _ask_today(today, at)
        _give_today(today, at)
        troubles.wait_for_today(today, at=at)
        return Order.objects.filter(office=today.office).count()


def _live_yesterday(here: Desk, at: datetime) -> None:
    day = partial(desk.on_day, at - ONE_DAY)
    _serve(here, Wanted("WX-01", "厨房龙头滴水"), day(9), "settle", home=here.resident)
    _serve(here, Wanted("WX-05", "主卧马桶堵塞"), day(10), "confirm")
    _serve(here, Wanted("BJ-01", "每周例行保洁", 200), day(10, 30), "confirm")
    _serve(here, Wanted("WX-02", "客厅三盏筒灯不亮", 300), day(11), "audit", done_x100=200)
    _serve(here, Wanted("BJ-04", "阳台和飘窗玻璃", 4500), day(14), "audit")
    _serve(here, Wanted("WX-01", "卫生间两只龙头", 200), day(14), "settle", done_x100=100)
    _serve(here, Wanted("WX-03", "书房插座松动"), day(15), "record", home=here.resident)
    _serve(here, Wanted("WX-01", "阳台洗衣机软管"), day(16), "record")
    late = Wanted("WX-04", "客厅一路插座没有电")
    desk.pay(here, desk.book(here, late, at=day(16, 40), not_before=at), at=day(16, 45))


def _ask_today(here: Desk, at: datetime) -> None:
    ago = partial(_ago, at)
    rc = here.people["rc"]
    desk.register(here, Wanted("WX-06", "厨房下水慢"), at=ago(25))
    desk.register(here, Wanted("SW-01", "两居室搬到同城"), at=ago(90))
    pictures = desk.wish(here, Wanted("AZ-01", "挂四幅画", 400), at=ago(120))
    course.quoted(pictures, actor=rc, at=ago(120))
    desk.book(here, Wanted("AZ-01", "窗帘杆打孔六处", 600), at=ago(30), home=here.resident)
    desk.book(here, Wanted("QX-01", "三台挂机", 300, "挂机"), at=ago(20))
    desk.book(here, Wanted("WX-05", "客卫马桶溢水", urgency=URGENT), at=ago(22))
    piano = desk.register(here, Wanted("SH-04", "立式钢琴"), at=ago(50))
    booking.cancel(piano, reason="住户改到下月再约", actor=rc, at=ago(45))


def _give_today(here: Desk, at: datetime) -> None:
    ago = partial(_ago, at)
    cleaning = desk.book(here, Wanted("BJ-02", "换季深度保洁", 8937), at=ago(12))
    desk.pay(here, cleaning, at=ago(4))
    lamp = desk.book(here, Wanted("WX-02", "餐厅吊灯", 100), at=ago(80))
    desk.pay(here, lamp, at=ago(70))
    desk.send(here, lamp, at=ago(60))
    hood = desk.book(here, Wanted("QX-02", "侧吸式油烟机"), at=ago(100))
    desk.pay(here, hood, at=ago(95))
    desk.send(here, hood, at=ago(85))
    shade = desk.book(here, Wanted("WX-02", "阳台吸顶灯", 200), at=ago(75))
    desk.pay(here, shade, at=ago(65))
    away = Cancellation(reason="住户临时出差")
    settlement.cancel(shade, cancellation=away, actor=here.people["rc"], at=ago(35))
    if MORNING_OPENS <= local(at).time() <= LAST_JOB_STARTS:
        starts = _quarter(ago(40))
        visit = desk.sent(here, Wanted("WX-01", "厨房龙头关不紧"), starts)
        course.started(visit, actor=desk.performer_of(visit, at=starts), at=starts)


def _serve(
    here: Desk,
    wanted: Wanted,
    starts: datetime,
    until: str,
    *,
    home: Household | None = None,
    done_x100: int | None = None,
) -> None:
    """Take an order from the call to a step: record, confirm, audit or settle."""
    visit = desk.sent(here, wanted, starts, home=home)
    done = f"{wanted.description}，已处理，现场试用正常"
    record = desk.served(visit, done=done, done_x100=done_x100)
    ends = record.recorded_at
    if until == "record":
        return
    desk.signed(record, at=ends + timedelta(minutes=5))
    if until == "confirm":
        return
    course.audited(record, actor=here.people["cs"], at=ends + timedelta(minutes=20))
    if until == "settle":
        till, paid_at = here.people["ca"], ends + timedelta(minutes=40)
        course.settled(record.order, shift=here.shift, actor=till, at=paid_at)


def _ago(at: datetime, minutes: int) -> datetime:
    return at - timedelta(minutes=minutes)


def _quarter(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
