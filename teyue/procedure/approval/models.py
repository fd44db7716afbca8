from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.procedure.planning.models import Item
from teyue.register.company.models import OfficePaper


class Proposal(OfficePaper):
    """An approval form (审批表, F-04): what the general manager decides on."""

    form = "F04"

    class State(models.TextChoices):
        DRAFT = "draft", _("拟稿")
        SUBMITTED = "submitted", _("待审批")
        RETURNED = "returned", _("退回修改")
        APPROVED = "approved", _("已批准")
        REJECTED = "rejected", _("已否决")
        IMPLEMENTED = "implemented", _("已实施")
        LAPSED = "lapsed", _("已失效")

    class Subject(models.TextChoices):
        NEW_ITEM = "new_item", _("新项目")
        PRICE_CHANGE = "price_change", _("调价")
        STANDARD_CHANGE = "standard_change", _("标准变更")
        SUSPEND = "suspend", _("暂停")
        STOP = "stop", _("停止")
        RESUME = "resume", _("恢复")

    subject = models.CharField(max_length=16, choices=Subject.choices)
    items = models.ManyToManyField(Item)
    payload = models.JSONField(default=dict)
    payload_digest = models.CharField(max_length=64)
    submitted_by = models.BigIntegerField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=200, blank=True)
    effective_from = models.DateTimeField()
