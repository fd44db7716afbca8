"""Disputes (4.3.1, E-13), and how an order ends for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.ledger.models import Movement
from teyue.foundation.lifecycle import Step
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import SETTLEMENT_HOLD, Order, Reservation, Standing
from teyue.procedure.booking.steps import not_of_household, own_household
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispute import queries
from teyue.procedure.dispute.facts import Decision, Redo
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.steps import WITNESS
from teyue.register.parameters.queries import amount


def words_missing(
    dispute: Dispute, actor: Actor, at: datetime, asked: str | None
) -> Refused | None:
    """E-13: the owner's own words are recorded."""
    if asked is None or asked.strip():
        return None
    return Refused("words_missing", _("请如实记下住户拒绝确认的原话。"), field="words")


def not_concerned(dispute: Dispute, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Residents speak for their own household, technicians record on their own visits."""
    if dispute.order.household_id in actor.tied("household") or {"RC", "CS"} & actor.roles:
        return None
    if dispute.record_id and actor.id == dispute.record.visit.performer_id:
        return None
    if {"ST", "SU"} & actor.roles:
        return Refused("not_performer", _("这单不是您服务的，请由服务人员或客服登记。"))
    return not_of_household(dispute.order, actor, at, asked)


def household_of_judge(
    dispute: Dispute, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(dispute.order, actor, at, asked)


def performed_it(dispute: Dispute, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-49 in spirit: who did the work does not judge it."""
    if not dispute.record_id or dispute.record.visit.performer_id != actor.id:
        return None
    return Refused("performer_decides", _("这单由您服务，请由管理处经理处理争议。"))


def decision_unsound(
    dispute: Dispute, actor: Actor, at: datetime, asked: Decision | None
) -> Refused | None:
    """O17: a decision in words; an agreed amount between nothing and what was recorded."""
    if asked is None:
        return None
    if not asked.text.strip():
        return Refused("decision_missing", _("请写明处理决定。"), field="text")
    if asked.outcome != Dispute.Outcome.AMOUNT_AGREED:
        return None
    agreed = asked.agreed_amount
    if agreed is None or not NOTHING <= agreed <= dispute.record.amount:
        text = _("商定金额须在 0 到 %(most)s 之间。")
        most = dispute.record.amount.shown
        return Refused("amount_out_of_range", text % {"most": most}, field="agreed_amount")
    return None


def beyond_supervisor(
    dispute: Dispute, actor: Actor, at: datetime, asked: Decision | None
) -> Refused | None:
    """O17: the supervisor decides within a limit and with the household's consent in writing."""
    if actor.holds("OM", dispute.office_id) or asked is None:
        return None
    if not (asked.household_agreed and asked.evidence.strip()):
        text = _("客服主管处理争议须有住户书面同意；没有同意的请报管理处经理决定。")
        return Refused("consent_missing", text, field="household_agreed")
    limit = amount("refund.limit.cs_fen", office=dispute.office_id, at=at)
    if _given_up(dispute, asked) <= limit:
        return None
    text = _("减免超过 %(limit)s，请报管理处经理决定。")
    return Refused("above_your_limit", text % {"limit": limit.shown})


def unfinished(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O16: no refund on its way, no reversal asked for, no open dispute, seven days at rest."""
    since = order.standing_since or at
    if at < since + timedelta(days=queries.quiet_days(order, at)):
        return Refused("too_early", _("结算满 7 天后才关闭。"))
    if queries.unfinished(order):
        return Refused("unfinished", _("还有退款、争议或结算冲销没有办完，暂不关闭。"))
    return None


def no_warranty(order: Order, actor: Actor, at: datetime, asked: Redo | None) -> Refused | None:
    """O23, E-17: within the warranty, with a reason, and once at a time."""
    source = order.rework_of
    if source is None or source.standing not in (Standing.SETTLED, Standing.CLOSED):
        return Refused("not_settled", _("结算以后才能登记返工；未结算的请按争议办理。"))
    if asked is not None and not asked.reason.strip():
        return Refused("reason_missing", _("请填写返工原因。"), field="reason")
    if asked is not None and queries.rework_under_way(source):
        text = _("这单已有未办结的返工，请先办完那一张，再登记下一次。")
        return Refused("rework_under_way", text)
    ends = queries.warranty_ends(source)
    if ends is not None and at <= ends:
        return None
    return Refused("no_warranty", _("已过质保期，不能免费返工。请另行登记并按价目收费。"))


def _given_up(dispute: Dispute, asked: Decision) -> Money:
    recorded = dispute.record.amount
    if asked.outcome == Dispute.Outcome.AMOUNT_AGREED and asked.agreed_amount is not None:
        return recorded - asked.agreed_amount
    if asked.outcome != Dispute.Outcome.CANCELLED:
        return NOTHING
    return total(one.amount for one in dispute.order.records.all())


OPEN = Step(
    name="dispute.open",
    label=gettext_lazy("拒绝确认"),
    clause="4.3.1",
    event="O12",
    document=Dispute,
    target=Dispute.State.OPEN,
    when=(Standing.TO_CONFIRM,),
    standing=(Standing.DISPUTED,),
    unless=(not_concerned, words_missing),
    writes=(Confirmation,),
    keyed_by=(WITNESS,),
)

CONTEST = Step(
    name="dispute.contest",
    part_of="dispute.open",
    label=gettext_lazy("记录有争议"),
    clause="4.3.1",
    document=Record,
    source=(Record.State.RECORDED,),
    target=Record.State.DISPUTED,
    keyed_by=(WITNESS,),
)

CONTEST_VISIT = Step(
    name="dispute.contest_visit",
    part_of="dispute.open",
    label=gettext_lazy("上门有争议"),
    clause="4.3.1",
    event="V10",
    document=Visit,
    source=(Visit.State.FINISHED, Visit.State.CONFIRMED),
    target=Visit.State.DISPUTED,
    keyed_by=(WITNESS,),
)

RESOLVE = Step(
    name="dispute.resolve",
    label=gettext_lazy("争议解决"),
    clause="4.3.1",
    event="O17",
    document=Dispute,
    source=(Dispute.State.OPEN,),
    target=Dispute.State.RESOLVED,
    when=(Standing.DISPUTED,),
    standing=(
        Standing.TO_CONFIRM,
        Standing.TO_AUDIT,
        Standing.IN_SERVICE,
        Standing.CANCELLED,
    ),
    unless=(household_of_judge, performed_it, decision_unsound, beyond_supervisor),
    writes=(Confirmation,),
)

SHOW_AGAIN = Step(
    name="dispute.show_again",
    part_of="dispute.resolve",
    label=gettext_lazy("重新请业主确认"),
    clause="4.3.1",
    document=Record,
    source=(Record.State.DISPUTED,),
    target=Record.State.RECORDED,
)

AGREE = Step(
    name="dispute.agree",
    part_of="dispute.resolve",
    label=gettext_lazy("按商定金额确认"),
    clause="4.3.1",
    document=Record,
    source=(Record.State.DISPUTED,),
    target=Record.State.CONFIRMED,
    writes=(Confirmation,),
)

END_ORDER = Step(
    name="dispute.end_order",
    part_of="dispute.resolve",
    label=gettext_lazy("争议后取消本单"),
    clause="4.3.1",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.CANCELLED,
    writes=(Reservation, Movement),
)

FINISH_VISIT = Step(
    name="dispute.finish_visit",
    part_of="dispute.resolve",
    label=gettext_lazy("上门争议已解决"),
    clause="4.3.1",
    document=Visit,
    source=(Visit.State.DISPUTED,),
    target=Visit.State.FINISHED,
)

CLOSE = Step(
    name="dispute.close",
    label=gettext_lazy("关闭"),
    clause="4.3.1",
    event="O16",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.CLOSED,
    when=(Standing.SETTLED,),
    standing=(Standing.CLOSED,),
    blocked_by=(SETTLEMENT_HOLD,),
    unless=(unfinished,),
)

REWORK = Step(
    name="dispute.rework",
    label=gettext_lazy("返工"),
    clause="4.4.1",
    event="O23",
    document=Order,
    target=Order.State.OPEN,
    standing=(Standing.READY,),
    unless=(own_household, no_warranty),
)
