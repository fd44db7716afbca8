"""Why the money of an order cannot be taken back any more, and which way out there is."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier.models import Receipt, Transfer

_AT_SETTLEMENT = gettext_lazy(
    "这单已经开工，款项不能作废、红冲或转移。请办完服务，结算时多退少补。"
)
_ENDED = gettext_lazy(
    "这单已经取消或作废，款项不能作废、红冲或转移。应退的部分已转退款，请在退款单上办理。"
)
WAYS_OUT = {
    Standing.DISPATCHED: gettext_lazy(
        "这单已派工，款项不能作废、红冲或转移。请客服主管或服务部门先“收回派工”，再来办理；"
        "住户不做了的，请按取消本单办理退款。"
    ),
    Standing.IN_SERVICE: _AT_SETTLEMENT,
    Standing.TO_CONFIRM: _AT_SETTLEMENT,
    Standing.TO_AUDIT: _AT_SETTLEMENT,
    Standing.TO_SETTLE: _AT_SETTLEMENT,
    Standing.DISPUTED: gettext_lazy(
        "这单正在处理争议，款项不能作废、红冲或转移。请先办结争议，再按处理结果退补。"
    ),
    Standing.SETTLED: gettext_lazy(
        "这单已经结算，款项不能作废、红冲或转移。结算有误的，请由财务冲销结算后重新结算。"
    ),
    Standing.CLOSED: gettext_lazy(
        "这单已经结算并关闭，款项不能作废、红冲或转移。住户有异议的，请按投诉受理后再处理。"
    ),
    Standing.CANCELLED: _ENDED,
    Standing.VOID: _ENDED,
}


def order_went_on(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """R1, R2: a receipt is taken back only while nobody is sent for its money (E-29)."""
    return _went_on(receipt.order) if receipt.state == Receipt.State.ISSUED else None


def order_of_transfer_went_on(
    transfer: Transfer, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """E-25: money is moved only while nobody is sent for it (ADR 0012)."""
    decided = transfer.state not in ("", Transfer.State.REQUESTED)
    return None if decided else _went_on(transfer.order)


def _went_on(order: Order) -> Refused | None:
    way_out = WAYS_OUT.get(Standing(order.standing)) if order.standing else None
    if way_out is not None:
        return Refused("money_is_used", way_out)
    if order.delivered:
        text = _("这单已有完成的上门，款项不能作废、红冲或转移。请办完服务，结算时多退少补。")
        return Refused("money_is_used", text)
    return None
