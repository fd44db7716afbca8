from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import Money, MoneyField
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.refund.models import Refund
from teyue.register.company.models import OfficePaper
from teyue.register.estate.models import Person


class Settlement(OfficePaper):
    """The closing of one order's money (服务费用结算单, F-13)."""

    form = "F13"
    case_name = "order"

    class State(models.TextChoices):
        PAYABLE = "payable", _("待结算")
        SETTLED = "settled", _("已结算")
        REVERSED = "reversed", _("已冲销")

    class Kind(models.TextChoices):
        TOPUP = "topup", _("补交")
        REFUND = "refund", _("退还")
        EVEN = "even", _("平")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="settlements")
    lines = models.JSONField(default=list)
    actual = MoneyField(_("实际费用"))
    prepaid = MoneyField(_("已预交"))
    result = models.CharField(_("补退"), max_length=8, choices=Kind.choices)
    itemized_at = models.DateTimeField(_("清单出示时间"))
    audited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    audited_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("结算时间"), null=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True)
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True)
    reversed_because = models.CharField(_("冲销原因"), max_length=200, blank=True)
    reversal_asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reversal_declined_because = models.CharField(_("不予冲销的原因"), max_length=200, blank=True)
    reversed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reversed_by=F("reversal_asked_by")), name="two_reverse_a_settlement"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=~Q(state="reversed"),
                name="one_settlement_an_order",
            ),
        ]

    @property
    def waits_for_reversal(self) -> bool:
        """Tell whether finance asked for the reversal and the manager has not answered (J2)."""
        return self.state == self.State.SETTLED and self.reversal_asked_by_id is not None

    @property
    def difference(self) -> Money:
        """Return actual less prepaid: positive is to be paid, negative to be given back (C-04)."""
        return self.actual - self.prepaid
