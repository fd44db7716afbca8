"""What the till says of an order for which nothing can be paid, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier.models import Receipt

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WHY: dict[Standing, StrOrPromise] = {
    Standing.REGISTERED: gettext_lazy("还没有报价。请先由客服报价、住户接受，再来收款。"),
    Standing.QUOTED: gettext_lazy("住户还没有接受报价。接受以后，这里才能收款。"),
    Standing.AWAITING_PAYMENT: gettext_lazy("应收的款项已经收足，请看案卷确认下一步。"),
    Standing.READY: gettext_lazy("款项已齐，等待派工，现在不用再交。"),
    Standing.DISPATCHED: gettext_lazy("已经派工，现在不用再交；做完按实结算。"),
    Standing.IN_SERVICE: gettext_lazy("正在服务，现在不用再交；做完按实结算。"),
    Standing.TO_CONFIRM: gettext_lazy("等业主确认服务记录，确认并审核以后再结算。"),
    Standing.TO_AUDIT: gettext_lazy("等客服主管审核服务记录，审核以后再结算。"),
    Standing.TO_SETTLE: gettext_lazy("主管已经审核，请到“待结算”按实际费用多退少补。"),
    Standing.SETTLED: gettext_lazy("已经结算，款项两清。应退的部分请在退款单上办理。"),
    Standing.CLOSED: gettext_lazy("已经结算并关闭，不再收款。"),
    Standing.DISPUTED: gettext_lazy("正在处理争议，办结以后再结算。"),
    Standing.CANCELLED: gettext_lazy("已经取消，不再收款。应退的部分请在退款单上办理。"),
    Standing.VOID: gettext_lazy("已经作废，不再收款。应退的部分请在退款单上办理。"),
}


@dataclass(frozen=True, slots=True)
class Idle:
    """An order that waits for no money: why, and its last receipt, if there is one."""

    order: Order
    receipt: Receipt | None

    @property
    def why(self) -> StrOrPromise:
        """Say why nothing is to be paid, and what comes next."""
        if self.order.in_arrears and not self.order.required:
            return _("应急先行，还没有定价。定价并经住户接受以后，在这里一次补足。")
        return WHY[Standing(self.order.standing)]

    @property
    def settle_url(self) -> str:
        """Return where the order is settled, nothing when it is not time for it."""
        if self.order.standing != Standing.TO_SETTLE:
            return ""
        return reverse("settlement-settle", args=(self.order.number,))


def idle(order: Order) -> Idle:
    """Return what is said of an order that waits for no money."""
    return Idle(order, order.receipts.order_by("-pk").first())
