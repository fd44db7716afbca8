"""What speaks against a step of clauses 4.2.5, 4.2.6 and 4.4.2."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.queries import slots
from teyue.procedure.booking.steps import (
    QUOTE_ON_SITE,
    not_priced_on_site,
    own_household,
    priced_on_site,
)
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.cashier.steps.objections import too_late
from teyue.procedure.dispatch import queries
from teyue.procedure.dispatch.facts import Absence, Assignment, Emergency, Opening, Postponement
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.pricing.models import PriceLine
from teyue.register.parameters.queries import value

REASON_LENGTH = 10


def not_urgent(paper: Override, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-63: only an urgent order of an item that allows it."""
    order = paper.order
    if order.urgency == Order.Urgency.URGENT and order.item.urgent_allowed:
        return None
    return Refused("not_urgent", _("只有急单才能应急先行，这单请先预交。"))


def emergency_unsound(
    paper: Override, actor: Actor, at: datetime, asked: Emergency | None
) -> Refused | None:
    """I-63: a reason in words, an estimate within the cap."""
    if asked is None:
        return None
    if len(asked.reason.strip()) < REASON_LENGTH:
        return Refused("reason_too_short", _("请用不少于 10 个字写明应急理由。"), field="reason")
    if asked.estimate <= NOTHING:
        return Refused("estimate_missing", _("请填写估价。"), field="estimate")
    cap = queries.cap(paper.order, at=at)
    if asked.estimate > cap:
        text = _("应急先行以 %(cap)s 为限，估价超出，请先预交。")
        return Refused("above_cap", text % {"cap": cap.shown}, field="estimate")
    return None


def approver_involved(paper: Override, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O6: the approver neither asked for the service nor performs it."""
    if actor.id not in (paper.order.requester_id, paper.order.registered_by_id):
        return None
    return Refused("approver_involved", _("这单由您申请或登记，请由另一位主管批准应急先行。"))


def earlier_unpaid(paper: Override, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-63: one unpaid emergency a household."""
    if not queries.unpaid_overrides(paper.order.household_id).exists():
        return None
    return Refused("earlier_unpaid", _("这户上次应急服务还没有补交费用，请先补交。"))


def home_of_approver(paper: Override, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(paper.order, actor, at, asked)


def home_of_dispatcher(visit: Visit, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(visit.order, actor, at, asked)


def unpaid(visit: Visit, actor: Actor, at: datetime, asked: Opening | None) -> Refused | None:
    """I-14: paid, an emergency, covered or free of charge."""
    if queries.may_begin(visit.order, held=asked.held if asked else None):
        return None
    return Refused("not_paid", _("这单还没有收足预交款，不能服务。请住户到收银台交款。"))


def nobody_named(
    visit: Visit, actor: Actor, at: datetime, asked: Assignment | None
) -> Refused | None:
    """A visit is for one person, of the staff or of a firm, at a time to come."""
    if asked is None:
        return None
    if (asked.staff is None) == (asked.worker is None):
        return Refused("nobody_named", _("请选择一位服务人员。"), field="performer")
    if asked.appoint_to < asked.appoint_from:
        text = _("预约结束时间早于开始时间，请核对。")
        return Refused("appointment_reversed", text, field="appoint_from")
    if asked.appoint_to < at:
        return Refused(
            "appointment_past", _("预约时间已过，请改选之后的时间。"), field="appoint_from"
        )
    return None


def unfit(visit: Visit, actor: Actor, at: datetime, asked: Assignment | None) -> Refused | None:
    """I-24, I-25, I-35, I-43: certificate, approved list, own household, quiet hours, conflict."""
    if asked is None:
        return None
    length = timedelta(minutes=visit.order.standard.duration_min)
    return slots.unfit(
        order=visit.order,
        staff=asked.staff,
        worker=asked.worker,
        starts=asked.appoint_from,
        ends=asked.appoint_from + length,
        at=at,
        exempt=visit.order.in_arrears,
    )


def not_performer(visit: Visit, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """The visit belongs to whom it was given."""
    if visit.performer_id == actor.id:
        return None
    return Refused("not_performer", _("这个上门任务派给了别人，请由本人办理。"))


def too_early_to_leave(
    visit: Visit, actor: Actor, at: datetime, asked: Absence | None
) -> Refused | None:
    """E-09: wait, ring twice, call twice, leave the card, take a photo."""
    waited = value("visit.wait_min", office=visit.office_id, at=at)
    arrived = visit.arrived_at or at
    if at < max(arrived, visit.appoint_from) + timedelta(minutes=waited):
        text = _("到达后须等候 %(wait)d 分钟才能登记未遇。")
        return Refused("not_waited", text % {"wait": waited})
    calls = value("visit.wait_calls", office=visit.office_id, at=at)
    if asked is not None and (asked.calls < calls or asked.rings < calls):
        text = _("请按门铃 %(n)d 次、打电话 %(n)d 次后再登记未遇。")
        return Refused("not_called", text % {"n": calls}, field="calls")
    if asked is not None and not asked.photo:
        return Refused("photo_missing", _("请拍下已留的未遇卡。"), field="photo")
    return None


def not_overdue(visit: Visit, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """A no-show is one only after the appointment and its grace."""
    alarm = value("visit.alarm_min", office=visit.office_id, at=at)
    if at >= visit.appoint_to + timedelta(minutes=alarm):
        return None
    text = _("预约结束后 %(n)d 分钟仍未到场才能登记未到场。")
    return Refused("not_overdue", text % {"n": alarm})


def moved_too_often(
    visit: Visit, actor: Actor, at: datetime, asked: Postponement | None
) -> Refused | None:
    """A household moves a visit twice at most; the new time is to come."""
    if asked is None:
        return None
    if not asked.reason.strip():
        return Refused("reason_missing", _("请填写改期原因。"), field="reason")
    if asked.appoint_from <= at or asked.appoint_to < asked.appoint_from:
        return Refused("appointment_past", _("请选择之后的时间。"), field="appoint_from")
    limit = value("visit.reschedule_max", office=visit.office_id, at=at)
    if asked.by_household and visit.moved_by_household >= limit:
        text = _("住户已改期 %(n)d 次，不能再改。请与住户商量取消本单。")
        return Refused("moved_too_often", text % {"n": limit})
    return None


def quoted_already(quote: Quote, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """ADR 0010: only an emergency is quoted after it was dispatched, and only once accepted."""
    order = quote.order
    if not order.in_arrears:
        return Refused("not_an_emergency", _("只有应急先行的单才能在派工后补报价。"))
    if order.delivered:
        text = _("这单已有完成的上门，按服务记录和业主确认收费，不再补报价。")
        return Refused("work_delivered", text)
    if order.quotes.filter(state=Quote.State.ACCEPTED).exists():
        return Refused("already_accepted", _("住户已接受报价，不用再报。"))
    return None


def late_price_unsound(
    quote: Quote, actor: Actor, at: datetime, asked: Pricing | None
) -> Refused | None:
    """O2, O6: who may quote on site names a range price; what is listed comes from the list."""
    in_range = quote.order.line.price_mode == PriceLine.Mode.RANGE
    if in_range and actor.may(QUOTE_ON_SITE.power, quote.scope):
        return not_priced_on_site(quote, actor, at, asked)
    return priced_on_site(quote, actor, at, asked)


def unpaid_still(
    paper: Override, actor: Actor, at: datetime, asked: Payment | None
) -> Refused | None:
    """E-18: an emergency is paid up in whole."""
    if asked is None:
        return None
    due = cashier.still_due(paper.order, Receipt.Purpose.ARREARS)
    if due <= NOTHING:
        return Refused("nothing_due", _("还没有可补交的金额，请先报价或完工登记。"))
    if asked.amount == due:
        return None
    text = _("应急欠款须一次补足 %(due)s。")
    return Refused("arrears_in_part", text % {"due": due.shown}, field="amount")


def paid_up(paper: Override, actor: Actor, at: datetime, asked: Payment | None) -> Refused | None:
    """E-23: what comes when an emergency is paid already is handed back."""
    if asked is None or paper.state != Override.State.PAID:
        return None
    return too_late(paper.order)


def firm_serves(visit: Visit, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """3.6.8: only from a firm that may not do the item any more."""
    if queries.stranded(firm=visit.firm_id, item=visit.order.item_id).filter(pk=visit.pk).exists():
        return None
    return Refused("firm_serves", _("这家分包方没有暂停，不用退回。"))
