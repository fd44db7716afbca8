"""What does not go smoothly: refusals, mistakes, emergencies, refunds, and what waits above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from teyue.desks.demo import course, desk
from teyue.desks.demo.desk import ONE_DAY, URGENT, Desk, Wanted
from teyue.foundation.clock import local_day
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.procedure.dispute import operations as dispute
from teyue.procedure.refund import operations as refunds
from teyue.procedure.refund.facts import Payout
from teyue.procedure.refund.models import Refund
from teyue.procedure.service import operations as service
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation, Mistake, Voiding
from teyue.register.estate import operations as estate
from teyue.register.parameters import operations as parameters
from teyue.register.people import operations as people
from teyue.register.people.facts import Appointment, Employment
from teyue.register.people.models import Role

LEAK = "厨房给水管爆裂，水已漫到客厅，正往楼下渗"
POWER = "全屋跳闸合不上，老人在家吸氧机断电"
HIRED_PHONE = "13800009901"


@dataclass(frozen=True, slots=True)
class Given:
    """An order that was paid and given up, and how far its refund has come."""

    wanted: Wanted
    reason: str
    until: str


GIVEN_UP = (
    Given(Wanted("WX-01", "洗手盆龙头"), "住户自己买到配件换好了", "pay"),
    Given(Wanted("BJ-02", "三居室深度保洁", 14_000), "住户出国三个月，回来再约", "review"),
    Given(Wanted("BJ-02", "跃层整屋深度保洁", 27_000), "装修延期，保洁改期未定", "endorse"),
)


def go_wrong(here: Desk, *, at: datetime) -> None:
    """Let yesterday's orders go the other ways: refused, broken into visits, given up, voided."""
    day = partial(desk.on_day, at - ONE_DAY)
    _refused(here, day(16))
    _second_visit(here, day(12, 30))
    _given_up_late(here, day(17))
    _flood(here, day(12, 40))
    for place, given in enumerate(GIVEN_UP):
        _give_back(here, given, at=day(9) + place * timedelta(minutes=20))
    wrong = desk.register(here, Wanted("WX-01", "卫生间龙头松动"), at=day(11, 50))
    voiding = Voiding(mistake=Mistake.WRONG_HOUSEHOLD, reason="报错房号，应为隔壁一户，已重新登记")
    settlement.void(wrong, voiding=voiding, actor=here.people["cs"], at=day(11, 58))


def wait_for_today(here: Desk, *, at: datetime) -> None:
    """Let an emergency wait for a technician, and the register for signatures and answers."""
    _override(here, Wanted("WX-04", POWER, urgency=URGENT), at=at - timedelta(minutes=12))
    ad, yesterday = here.people["ad"], at - ONE_DAY
    hired = Employment("罗晓彤", HIRED_PHONE, "YG0099")
    staff = people.hire(here.office, employment=hired, actor=ad, at=yesterday)
    post = Appointment(staff.person, Role.CA, here.office, local_day(at + ONE_DAY))
    people.propose_appointment(appointment=post, actor=here.people["om"], at=yesterday)
    longer = parameters.Proposal(
        "order.dispatch.normal_min", "20", here.office, at + ONE_DAY, "周末派工人手少，放宽五分钟"
    )
    parameters.propose(longer, actor=here.people["om"], at=yesterday)
    for subject in ("家中有卧床老人，上门前先打电话", "业主听力不便，门铃改用闪光"):
        estate.ask_consent(next(here.homes), subject=subject, actor=ad, at=yesterday)


def _refused(here: Desk, starts: datetime) -> None:
    visit = desk.sent(here, Wanted("WX-01", "厨房水槽龙头更换"), starts)
    record = desk.served(visit, done="拆旧装新，接口缠生料带，试水")
    at = record.recorded_at + timedelta(minutes=6)
    performer = desk.performer_of(visit, at=at)
    dispute.open(record, words="龙头根部还在渗水，台面也划了一道，不签字", actor=performer, at=at)


def _second_visit(here: Desk, starts: datetime) -> None:
    """Let a job need another visit, which is planned for two days later (O9m)."""
    visit = desk.sent(here, Wanted("WX-01", "阳台拖把池龙头，配件须另订", 200), starts)
    record = desk.served(visit, done="已换一只，另一只接口生锈，拆下测量", more_visits=True)
    desk.signed(record, at=record.recorded_at + timedelta(minutes=5))
    again = starts + 2 * ONE_DAY
    planned = record.recorded_at + timedelta(minutes=30)
    who = desk.sendable(visit.order, again, at=planned)[0]
    coming = course.appointed(who, starts=again)
    service.continue_order(visit, assignment=coming, actor=here.people["ds"], at=planned)


def _given_up_late(here: Desk, starts: datetime) -> None:
    """Let a household give up when the technician is already on the way: a fee is kept."""
    visit = desk.sent(here, Wanted("WX-01", "次卫龙头不出热水"), starts)
    left = starts - timedelta(minutes=20)
    performer = desk.performer_of(visit, at=left)
    dispatch.accept(visit, actor=performer, at=left - timedelta(minutes=5))
    dispatch.depart(visit, actor=performer, at=left)
    gone = Cancellation(reason="临时要去医院，来不及等")
    order = settlement.cancel(
        visit.order, cancellation=gone, actor=here.people["rc"], at=left + timedelta(minutes=6)
    )
    _decide(here, _refund_of(order), "decide", at=starts)


def _flood(here: Desk, called: datetime) -> None:
    """Let a burst pipe be mended before it is paid; the household owes it for a day."""
    order = _override(here, Wanted("WX-07", LEAK, urgency=URGENT), at=called)
    starts = called + timedelta(minutes=20)
    who = desk.sendable(order, starts, at=called)[0]
    visit = course.dispatched(
        order, who, starts=starts, actor=here.people["rc"], at=called + timedelta(minutes=4)
    )
    record = desk.served(visit, done="关总阀，更换爆裂接头，试压 10 分钟不渗")
    desk.signed(record, at=record.recorded_at + timedelta(minutes=3))


def _override(here: Desk, wanted: Wanted, *, at: datetime) -> Order:
    asked = desk.wish(here, wanted, at=at)
    order = course.quoted(asked, actor=here.people["rc"], at=at).order
    flood = wanted.code == "WX-07"
    need = Emergency(
        category=Override.Category.FLOOD if flood else Override.Category.POWER,
        reason=wanted.description,
        estimate=Money(8_000),
    )
    dispatch.override(order, emergency=need, actor=here.people["ds"], at=at + timedelta(minutes=2))
    return order


def _give_back(here: Desk, given: Given, *, at: datetime) -> None:
    order = desk.book(here, given.wanted, at=at)
    desk.pay(here, order, at=at + timedelta(minutes=10))
    away, later = Cancellation(reason=given.reason), at + timedelta(hours=2)
    settlement.cancel(order, cancellation=away, actor=here.people["rc"], at=later)
    _decide(here, _refund_of(order), given.until, at=later)


def _decide(here: Desk, refund: Refund, until: str, *, at: datetime) -> None:
    """Take a refund through review and approval to payment, or stop before."""
    reviewed, paid = at + timedelta(minutes=30), at + timedelta(minutes=70)
    refunds.review(refund, actor=here.people["cs"], at=reviewed)
    if until == "endorse":
        refunds.decide(refund, actor=here.people["om"], at=reviewed + timedelta(minutes=20))
    if until in ("decide", "pay"):
        refunds.decide(refund, actor=here.people["cs"], at=reviewed + timedelta(minutes=5))
    if until == "pay":
        number = "" if refund.method == "cash" else f"4209{refund.pk:012d}"
        payout = Payout(shift=here.shift, original_returned=True, channel_ref=number)
        refunds.pay(refund, payout=payout, actor=here.people["ca"], at=paid)


def _refund_of(order: Order) -> Refund:
    return Refund.objects.select_related("order", "office", "payee").get(order=order)
