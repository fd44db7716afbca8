from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.append_only import AppendOnly
from teyue.foundation.money import MoneyField
from teyue.foundation.pen import Kept


class Account(models.TextChoices):
    """The chart of accounts (domain model 3.5). What a movement enters is debited.

    ``CLEARING`` is passed through by a pair of movements and is never left with anything in it.
    """

    CASH = "1001", _("库存现金")
    BANK = "1002", _("银行存款")
    CHANNEL = "1012", _("收款渠道")
    RECEIVABLE = "1122", _("应收款")
    PREPAYMENT = "2203", _("预收款")
    CLEARING = "2203.9", _("预收款转移")
    DEPOSIT = "2241.1", _("押金")
    REFUND_DUE = "2241.2", _("应退款")
    PASS_THROUGH = "2241.3", _("代收款")
    PAYABLE = "2202", _("应付分包款")
    TAX = "2221", _("应交增值税")
    REVENUE = "6051", _("服务收入")
    COST = "6401", _("服务成本")
    OVER_SHORT = "6711", _("长短款与赔付")
    FLOAT = "1001.1", _("备用金")


class Movement(AppendOnly):
    """Money leaving one account for another. Two ends, so it cannot fail to balance.

    ``case_id`` is the order or agreement it belongs to, ``party`` the household, ``till`` the
    cashier's shift in whose drawer or channel it happened.
    """

    at = models.DateTimeField()
    scope = models.BigIntegerField()
    source = models.CharField(max_length=8, choices=Account.choices)
    target = models.CharField(max_length=8, choices=Account.choices)
    amount = MoneyField()
    document_kind = models.CharField(max_length=48)
    document_id = models.BigIntegerField()
    case_kind = models.CharField(max_length=48, blank=True)
    case_id = models.BigIntegerField(null=True)
    party = models.BigIntegerField(null=True)
    till = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_is_positive"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="movement_has_two_ends"),
        ]
        indexes = [
            models.Index(fields=["case_kind", "case_id"], name="movement_of_case"),
            models.Index(fields=["document_kind", "document_id"], name="movement_of_document"),
            models.Index(fields=["till"], name="movement_of_till"),
            models.Index(fields=["scope", "at"], name="movement_in_time"),
        ]

    document: Kept | None = None
    case: Kept | None = None
    place: Kept | None = None

    def __str__(self) -> str:
        return f"{self.source} → {self.target} {self.amount}"

    def ready(self) -> bool:
        return self.document is None or self.document.pk is not None

    def prepare(self) -> None:
        if self.document is not None:
            self.document_id = self.document.pk
        if self.case is not None:
            self.case_id = self.case.pk
        if self.place is not None:
            self.till = self.place.pk
