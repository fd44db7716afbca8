from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.ledger.models import Account
from teyue.foundation.money import NOTHING, MoneyField
from teyue.foundation.pen import Kept
from teyue.procedure.booking.models import Order
from teyue.register.company.models import OfficePaper
from teyue.register.estate.models import Household, Person


class Method(models.TextChoices):
    """How money changes hands."""

    CASH = "cash", _("现金")
    WECHAT = "wechat", _("微信")
    ALIPAY = "alipay", _("支付宝")
    POS = "pos", _("刷卡")
    TRANSFER = "transfer", _("转账")


# What notes and coins are worth, in fen.
FACES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)

ACCOUNT_OF = {
    Method.CASH: Account.CASH,
    Method.WECHAT: Account.CHANNEL,
    Method.ALIPAY: Account.CHANNEL,
    Method.POS: Account.CHANNEL,
    Method.TRANSFER: Account.BANK,
}


class Drawer(OfficePaper):
    """A cash desk (收银点), or a channel till into which callbacks pay."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("在用")

    class Kind(models.TextChoices):
        DRAWER = "drawer", _("钱箱")
        CHANNEL = "channel", _("渠道")

    name = models.CharField(_("名称"), max_length=20)
    kind_of_drawer = models.CharField(
        _("类型"), max_length=8, choices=Kind.choices, default=Kind.DRAWER
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="one_drawer_a_name")]

    def __str__(self) -> str:
        return self.name


class Shift(OfficePaper):
    """A cashier's shift (收银班次) and its day close (F-25).

    ``counts`` says how many of each denomination (in fen) were counted; the count is blind:
    ``expected`` and ``variance`` are written only after it. ``float_amount`` was counted at the
    opening; by how much it differs from what the last shift left is ``opening_variance``.
    """

    form = "F25"

    class State(models.TextChoices):
        OPEN = "open", _("营业中")
        COUNTING = "counting", _("已盘点")
        CLOSED = "closed", _("已日结")
        VERIFIED = "verified", _("已核对")

    drawer = models.ForeignKey(Drawer, on_delete=models.PROTECT, related_name="shifts")
    cashier = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("开班时间"))
    float_amount = MoneyField(_("备用金"))
    opening_variance = MoneyField(_("接班差额"), default=NOTHING)
    opening_reason = models.CharField(_("接班差额原因"), max_length=120, blank=True)
    counts = models.JSONField(default=dict)
    counted = MoneyField(_("实点金额"), null=True)
    expected = MoneyField(_("应有现金"), null=True)
    variance = MoneyField(_("长款/短款"), null=True)
    variance_reason = models.CharField(_("长短款原因"), max_length=120, blank=True)
    banked = MoneyField(_("交存银行"), default=NOTHING)
    bank_slip = models.CharField(_("缴款单号"), max_length=40, blank=True)
    closed_at = models.DateTimeField(_("日结时间"), null=True)
    verified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(_("核对时间"), null=True)
    forced = models.BooleanField(_("财务代结"), default=False)
    witness = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drawer"],
                condition=Q(state__in=("open", "counting")),
                name="one_open_shift_a_drawer",
            ),
            models.UniqueConstraint(
                fields=["cashier"],
                condition=Q(state__in=("open", "counting")),
                name="one_open_shift_a_cashier",
            ),
        ]


class Receipt(OfficePaper):
    """A receipt (收据, F-11). Its serial has no gap and never starts again.

    ``transferred`` is how much of it was moved to another order (E-25); the receipt that says so
    there ``replaces`` this one, and is no new money.
    """

    form = "F11"
    case_name = "order"

    class State(models.TextChoices):
        ISSUED = "issued", _("已开具")
        VOIDED = "voided", _("已作废")
        REVERSED = "reversed", _("已红冲")

    class Purpose(models.TextChoices):
        PREPAYMENT = "prepayment", _("预交款")
        DEPOSIT = "deposit", _("押金")
        TOPUP = "topup", _("补交")
        ARREARS = "arrears", _("欠款")
        PASS_THROUGH = "pass_through", _("代收")

    serial = models.PositiveIntegerField(_("收据号"), null=True)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="receipts")
    payer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="receipts")
    purpose = models.CharField(_("款项"), max_length=12, choices=Purpose.choices)
    amount = MoneyField(_("金额"))
    method = models.CharField(_("支付方式"), max_length=8, choices=Method.choices)
    channel_ref = models.CharField(_("渠道流水号"), max_length=64, blank=True)
    tendered = MoneyField(_("实收现金"), null=True)
    issued_at = models.DateTimeField(_("开具时间"))
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    void_reason = models.CharField(_("作废原因"), max_length=120, blank=True)
    void_requested_by = models.BigIntegerField(null=True)
    void_refusal = models.CharField(_("不予作废原因"), max_length=120, blank=True)
    void_approved_by = models.BigIntegerField(null=True)
    original_returned = models.BooleanField(_("原件已收回"), default=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    transferred = MoneyField(_("已转出"), default=NOTHING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "serial"], name="one_receipt_a_serial"),
            models.UniqueConstraint(
                fields=["method", "channel_ref"],
                condition=~Q(channel_ref=""),
                name="one_receipt_a_payment",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_is_positive"),
        ]

    def series(self, at: datetime) -> str:
        return f"{self.form}-{self.office.code}"

    def take_number(self, series: str, serial: int) -> None:
        self.serial = serial
        self.number = f"{series}-{serial:07d}"


class Transfer(OfficePaper):
    """Money on its way from the order where it was booked to the one it belongs to (E-02, E-25).

    Without a ``receipt`` it is all that was held when it was asked for.
    """

    case_name = "order"
    along = ("office", "target__household", "requested_by")

    class State(models.TextChoices):
        REQUESTED = "requested", _("待批准")
        APPROVED = "approved", _("已转移")
        REJECTED = "rejected", _("已驳回")

    class Reason(models.TextChoices):
        WRONG_HOUSEHOLD = "wrong_household", _("登记错户")
        WRONG_ORDER = "wrong_order", _("款项记错单")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="transfers_out")
    target = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="transfers_in")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True)
    reason = models.CharField(_("转移原因"), max_length=16, choices=Reason.choices)
    amount = MoneyField(_("金额"))
    note = models.CharField(_("说明"), max_length=120, blank=True)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("批准时间"), null=True)
    rejected_because = models.CharField(_("驳回理由"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state="requested"),
                name="one_open_transfer_an_order",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_is_positive"),
            models.CheckConstraint(condition=~Q(order=F("target")), name="transfer_has_two_ends"),
        ]


class Printing(Kept):
    """A paper that was printed or shown (打印与补打记录; I-61, I-74)."""

    document_kind = models.CharField(max_length=48)
    document_id = models.BigIntegerField()
    n = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=120, blank=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document_kind", "document_id", "n"], name="one_printing_a_turn"
            )
        ]

    document: Kept | None = None

    def __str__(self) -> str:
        return f"{self.document_kind} {self.document_id} n{self.n}"

    def prepare(self) -> None:
        if self.document is not None:
            self.document_id = self.document.pk
