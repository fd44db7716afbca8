from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import NOTHING, MoneyField
from teyue.foundation.secrets import EncryptedField
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Method, Receipt, Shift
from teyue.register.company.models import OfficePaper
from teyue.register.estate.models import Person


class Refund(OfficePaper):
    """A refund (退款申请(支付)单, F-14). The principal never exceeds what was received (I-59)."""

    form = "F14"
    case_name = "order"

    class State(models.TextChoices):
        REQUESTED = "requested", _("待复核")
        REVIEWED = "reviewed", _("待批准")
        COSIGNING = "cosigning", _("待会签")
        APPROVED = "approved", _("待付款")
        PAID = "paid", _("已付款")
        CLOSED = "closed", _("已对账")
        REJECTED = "rejected", _("已驳回")
        FAILED = "failed", _("付款失败")

    PENDING = (State.REQUESTED, State.REVIEWED, State.COSIGNING, State.APPROVED, State.FAILED)

    class Source(models.TextChoices):
        SETTLEMENT_EXCESS = "settlement_excess", _("结算多退")
        CANCELLATION = "cancellation", _("取消退款")
        OVERPAYMENT = "overpayment", _("多交退款")
        DUPLICATE = "duplicate", _("重复登记")
        WRONG_HOUSEHOLD = "wrong_household", _("登记错户")
        DISPUTE = "dispute", _("争议处理")
        DEPOSIT_RETURN = "deposit_return", _("退押金")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds")
    source = models.CharField(_("退款原因"), max_length=20, choices=Source.choices)
    amount = MoneyField(_("金额"))
    method = models.CharField(_("支付方式"), max_length=8, choices=Method.choices)
    payee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    payee_account = EncryptedField(_("收款账号"), blank=True, default="")
    original_receipt = models.ForeignKey(
        Receipt, on_delete=models.PROTECT, null=True, related_name="refunds"
    )
    original_returned = models.BooleanField(_("原收据已收回"), default=False)
    loss_declared = models.BooleanField(_("收据遗失声明"), default=False)
    requested_by = models.BigIntegerField()
    reviewed_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    cosigned_by = models.BigIntegerField(null=True)
    paid_by = models.BigIntegerField(null=True)
    paid_at = models.DateTimeField(_("付款时间"), null=True)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, related_name="refunds")
    channel_ref = models.CharField(_("渠道流水号"), max_length=64, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    rejected_because = models.CharField(_("驳回理由"), max_length=200, blank=True)
    failed_because = models.CharField(_("付款失败原因"), max_length=200, blank=True)
    corrected_by = models.BigIntegerField(null=True)
    authorization = models.CharField(_("委托书编号"), max_length=40, blank=True)
    interest = MoneyField(_("利息"), default=NOTHING)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_positive")]
        indexes = [models.Index(fields=["office", "state", "id"], name="refund_waiting")]
