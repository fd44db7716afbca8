from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import MoneyField
from teyue.procedure.booking.models import Order
from teyue.procedure.service.models import Record
from teyue.register.company.models import OfficePaper


class Dispute(OfficePaper):
    """The owner refuses to confirm (争议; E-13): the words, and what was decided (F-22 follows)."""

    case_name = "order"
    along = ("office", "record__visit")

    class State(models.TextChoices):
        OPEN = "open", _("争议中")
        RESOLVED = "resolved", _("已解决")

    class Outcome(models.TextChoices):
        CONFIRM_AGAIN = "to_confirm", _("整改后重新确认")
        AMOUNT_AGREED = "to_audit", _("按商定金额结算")
        CANCELLED = "cancelled", _("取消本单")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="disputes")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="disputes")
    words = models.CharField(_("拒绝确认原因"), max_length=400)
    opened_at = models.DateTimeField(_("提出时间"))
    taken_by = models.BigIntegerField()
    outcome = models.CharField(_("处理结果"), max_length=12, choices=Outcome.choices, blank=True)
    agreed_amount = MoneyField(_("商定金额"), null=True)
    decision = models.CharField(_("处理决定"), max_length=400, blank=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    household_agreed = models.BooleanField(_("住户书面同意"), default=False)
    evidence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="open"), name="one_open_dispute"
            )
        ]
