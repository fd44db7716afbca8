"""The settlement of clause 4.3.1 and the ways out of an order that was paid."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.ledger.models import Movement
from teyue.foundation.lifecycle import Step, reason_missing
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import SETTLEMENT_HOLD, Order, Reservation, Standing
from teyue.procedure.booking.steps import (
    KEY,
    not_of_household,
    own_household,
    own_household_as_staff,
)
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.cashier.steps.objections import too_late
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement.facts import Cancellation, Closing, Mistake, Voiding
from teyue.procedure.settlement.models import Settlement
from teyue.procedure.settlement.queries.vacated import BEFORE_SERVICE
from teyue.register.estate.models import Household


def home_of_cashier(slip: Settlement, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(slip.order, actor, at, asked)


def took_part(
    slip: Settlement, actor: Actor, at: datetime, asked: Closing | None
) -> Refused | None:
    """I-30, O15: who settles neither registered nor performed nor audited any visit."""
    audited = {slip.audited_by_id, *(asked.auditors if asked else ())} - {None}
    if actor.id in audited:
        return Refused("auditor_settles", _("这单由您审核，请由收银员结算。"))
    if asked is not None and actor.id in asked.performers:
        return Refused("performer_settles", _("这单由您服务，请由另一位收银员结算。"))
    if slip.order.registered_by_id == actor.id:
        return Refused("registrar_settles", _("这单由您登记，请由另一位收银员结算。"))
    return None


def not_itemized(
    slip: Settlement, actor: Actor, at: datetime, asked: Closing | None
) -> Refused | None:
    """I-74: before a top-up is collected the household gets the itemized list."""
    if asked is None or slip.difference <= NOTHING or asked.itemized:
        return None
    return Refused(
        "not_itemized", _("补收前请先把结算清单打印或出示给住户核对。"), field="itemized"
    )


def money_to_move(slip: Settlement, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """What costs nothing and holds nothing is settled by the system, everything else by CA."""
    if "SYS" not in actor.roles:
        return None
    if slip.actual == NOTHING and slip.prepaid == NOTHING:
        return None
    return Refused("cashier_settles", _("有款项进出的单由收银员结算。"))


def stranger(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Residents cancel for their own household, staff for others' (I-35)."""
    return not_of_household(order, actor, at, asked) or own_household_as_staff(
        order, actor, at, asked
    )


def work_begun(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O18: once the work has begun it is broken off, not cancelled."""
    if order.standing != Standing.DISPATCHED:
        return None
    visit = dispatch.live_visit(order)
    if visit is None or visit.state != Visit.State.WORKING:
        return None
    return Refused("work_begun", _("已经开工，不能取消。请由主管办理终止（部分完成）。"))


def work_delivered(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-16: what was delivered is confirmed, audited and settled; only the rest is given up."""
    if not order.delivered:
        return None
    text = _(
        "这单已有完成的上门，不能取消或作废。"
        "请由主管办理“不再上门”或“终止（部分完成）”，按已完成的部分结算。"
    )
    return Refused("work_delivered", text)


def cancellation_unsound(
    order: Order, actor: Actor, at: datetime, asked: Cancellation | None
) -> Refused | None:
    """A cancellation has a reason; special material is at cost, and only staff put it in."""
    if asked is None:
        return None
    if not asked.reason.strip():
        return Refused("reason_missing", _("请填写取消原因。"), field="reason")
    if asked.special_material < NOTHING:
        return Refused("negative_amount", _("材料费不能为负。"), field="special_material")
    return None


def voiding_unsound(
    order: Order, actor: Actor, at: datetime, asked: Voiding | None
) -> Refused | None:
    """O21: a reason; a duplicate names the order that stays, of the same household."""
    if asked is None:
        return None
    if not asked.reason.strip():
        return Refused("reason_missing", _("请填写作废原因。"), field="reason")
    if asked.mistake != Mistake.DUPLICATE:
        return None
    kept = asked.duplicate_of
    if kept is None or kept.pk == order.pk or kept.household_id != order.household_id:
        text = _("请填写保留的那一单的单号，须是同一户的另一张单。")
        return Refused("duplicate_of_missing", text, field="duplicate_of")
    return None


def settled_already(
    slip: Settlement, actor: Actor, at: datetime, asked: Closing | None
) -> Refused | None:
    """E-23: what is handed over when an order was settled meanwhile is handed back."""
    if asked is None or slip.order.standing == Standing.TO_SETTLE:
        return None
    return too_late(slip.order)


def already_given_back(
    slip: Settlement, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """E-15: a settlement is reversed only while nothing was paid back on it."""
    if slip.refund is None or slip.refund.state == Refund.State.REJECTED:
        return None
    text = _("这张结算单的退款还没有驳回，不能冲销。请先处理退款。")
    return Refused("refund_under_way", text)


def own_settlement(slip: Settlement, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Who settled has no hand in taking it back."""
    if slip.settled_by_id != actor.id:
        return None
    return Refused("own_settlement", _("不能冲销自己办理的结算，请由另一人办理。"))


def reversal_waits(slip: Settlement, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """One request at a time."""
    if not slip.waits_for_reversal:
        return None
    return Refused("reversal_waits", _("这张结算单已申请冲销，请等管理处经理决定。"))


def reversal_not_asked(
    slip: Settlement, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """J2: finance asks with the reason before the manager reverses."""
    if slip.waits_for_reversal:
        return None
    return Refused("reversal_not_asked", _("请财务先申请冲销，写明原因。"))


def asked_oneself(slip: Settlement, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """J2: finance and the manager are two persons."""
    if slip.reversal_asked_by_id != actor.id:
        return None
    return Refused("same_person", _("冲销由您申请，请由管理处另一位经理决定。"))


def still_living(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-22: only what a household ordered that has moved out."""
    if order.household.state == Household.State.CLOSED:
        return None
    return Refused("household_open", _("这户没有迁出，请按住户取消或公司取消办理。"))


def fee_in_part(order: Order, actor: Actor, at: datetime, asked: Payment | None) -> Refused | None:
    """C-05b: what a cancellation left owing is paid up in whole; an emergency by its own paper."""
    if not order.in_arrears:
        told = _("这单没有欠款。") if asked is None else too_late(order).message
        return Refused("nothing_in_arrears", told)
    if asked is None:
        return None
    if dispatch.unpaid_override(order).exists():
        return Refused("emergency_owed", _("这单是应急先行，请按应急补交收款。"))
    due = cashier.still_due(order, Receipt.Purpose.ARREARS)
    if asked.amount == due:
        return None
    text = _("取消费欠款须一次付清 %(due)s。")
    return Refused("arrears_in_part", text % {"due": due.shown}, field="amount")


SETTLE = Step(
    name="settlement.settle",
    label=gettext_lazy("结算"),
    clause="4.3.1",
    event="O15",
    document=Settlement,
    target=Settlement.State.SETTLED,
    when=(Standing.TO_SETTLE,),
    standing=(Standing.SETTLED,),
    blocked_by=(SETTLEMENT_HOLD,),
    instead=(settled_already,),
    unless=(home_of_cashier, took_part, not_itemized, money_to_move),
    writes=(Movement, Receipt),
)

CANCEL = Step(
    name="settlement.cancel",
    label=gettext_lazy("住户取消"),
    clause="4.3.1",
    event="O18",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.CANCELLED,
    when=(Standing.AWAITING_PAYMENT, Standing.READY, Standing.DISPATCHED),
    standing=(Standing.CANCELLED,),
    unless=(stranger, work_delivered, work_begun, cancellation_unsound),
    keyed_by=(KEY,),
    writes=(Reservation, Movement),
)

CALL_OFF = Step(
    name="settlement.call_off",
    label=gettext_lazy("公司取消"),
    clause="4.3.1",
    event="O19",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.CANCELLED,
    when=(*BEFORE_SERVICE, Standing.IN_SERVICE),
    standing=(Standing.CANCELLED,),
    unless=(own_household, work_delivered, cancellation_unsound),
    writes=(Reservation, Movement),
)

VOID = Step(
    name="settlement.void",
    label=gettext_lazy("作废本单"),
    clause="4.2.4",
    event="O21",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.VOID,
    when=BEFORE_SERVICE,
    standing=(Standing.VOID,),
    unless=(own_household, work_delivered, work_begun, voiding_unsound),
    writes=(Reservation, Movement),
)

VACATE = Step(
    name="settlement.vacate",
    label=gettext_lazy("迁出取消"),
    clause="4.2.4",
    event="O19",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.CANCELLED,
    when=BEFORE_SERVICE,
    standing=(Standing.CANCELLED,),
    unless=(still_living, work_delivered, work_begun),
    writes=(Reservation, Movement),
)

COLLECT_FEE = Step(
    name="settlement.collect_fee",
    label=gettext_lazy("收取消费欠款"),
    clause="4.3.1",
    document=Order,
    source=(Order.State.CANCELLED,),
    target=None,
    unless=(own_household, fee_in_part),
    writes=(Receipt,),
)

REQUEST_REVERSAL = Step(
    name="settlement.request_reversal",
    label=gettext_lazy("申请冲销结算"),
    clause="4.3.1",
    event="J2",
    document=Settlement,
    source=(Settlement.State.SETTLED,),
    target=None,
    when=(Standing.SETTLED,),
    unless=(home_of_cashier, already_given_back, own_settlement, reversal_waits, reason_missing),
)

REVERSE = Step(
    name="settlement.reverse",
    label=gettext_lazy("冲销结算"),
    clause="4.3.1",
    event="J2",
    document=Settlement,
    source=(Settlement.State.SETTLED,),
    target=Settlement.State.REVERSED,
    when=(Standing.SETTLED,),
    standing=(Standing.TO_SETTLE,),
    unless=(
        home_of_cashier,
        already_given_back,
        own_settlement,
        reversal_not_asked,
        asked_oneself,
    ),
    writes=(Movement,),
)

DECLINE_REVERSAL = Step(
    name="settlement.decline_reversal",
    label=gettext_lazy("不予冲销"),
    clause="4.3.1",
    document=Settlement,
    source=(Settlement.State.SETTLED,),
    target=None,
    unless=(home_of_cashier, own_settlement, reversal_not_asked, asked_oneself, reason_missing),
)
