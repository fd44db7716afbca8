"""The settlement of clause 4.3.1 and the ways out of an order that was paid."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.ledger.models import Movement
from teyue.foundation.lifecycle import Step
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import SETTLEMENT_HOLD, Order, Reservation, Standing
from teyue.procedure.booking.steps import (
    KEY,
    not_of_household,
    own_household,
    own_household_as_staff,
)
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement.facts import Cancellation, Closing, Mistake, Voiding
from teyue.procedure.settlement.models import Settlement


def home_of_cashier(slip: Settlement, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(slip.order, actor, at, asked)


def took_part(slip: Settlement, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-30, O15: who settles neither registered nor audited nor performed."""
    if slip.audited_by_id is not None and slip.audited_by_id == actor.id:
        return Refused("auditor_settles", _("这单由您审核，请由收银员结算。"))
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


def already_given_back(
    slip: Settlement, actor: Actor, at: datetime, asked: str | None
) -> Refused | None:
    """E-15: a settlement is reversed only while nothing was paid back on it."""
    if asked is not None and not asked.strip():
        return Refused("reason_missing", _("请填写冲销原因。"), field="reason")
    if slip.refund is not None and slip.refund.state != Refund.State.REJECTED:
        text = _("这张结算单的退款还没有驳回，不能冲销。请先处理退款。")
        return Refused("refund_under_way", text)
    if slip.settled_by_id == actor.id:
        return Refused("own_settlement", _("不能冲销自己办理的结算，请由财务另一人办理。"))
    return None


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
    unless=(home_of_cashier, took_part, not_itemized, money_to_move),
    writes=(Movement,),
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
    unless=(stranger, work_begun, cancellation_unsound),
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
    when=(
        Standing.REGISTERED,
        Standing.QUOTED,
        Standing.AWAITING_PAYMENT,
        Standing.READY,
        Standing.DISPATCHED,
        Standing.IN_SERVICE,
    ),
    standing=(Standing.CANCELLED,),
    unless=(own_household, cancellation_unsound),
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
    when=(
        Standing.REGISTERED,
        Standing.QUOTED,
        Standing.AWAITING_PAYMENT,
        Standing.READY,
        Standing.DISPATCHED,
    ),
    standing=(Standing.VOID,),
    unless=(own_household, work_begun, voiding_unsound),
    writes=(Reservation, Movement),
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
    unless=(home_of_cashier, already_given_back),
    writes=(Movement,),
)
