from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from teyue.foundation.pen import Kept
from teyue.register.company.models import Department, Office, OfficePaper


def in_language(chinese: str, english: str) -> str:
    """Choose between two wordings by the language of the reader; Chinese where English is blank."""
    return (english or chinese) if (get_language() or "").startswith("en") else chinese


class Category(Kept):
    """A category of services (服务类别)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    code = models.CharField(max_length=4)
    name_zh = models.CharField(max_length=20)
    name_en = models.CharField(max_length=40)
    sort = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="one_category_a_code")
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """Return the name in the language of the reader."""
        return in_language(self.name_zh, self.name_en)


class Item(OfficePaper):
    """A service item (服务项目) and where it is in its life."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定")
        SURVEYING = "surveying", _("调查中")
        EVALUATED = "evaluated", _("已论证")
        PROPOSED = "proposed", _("待审批")
        APPROVED = "approved", _("已批准")
        ACTIVE = "active", _("开展中")
        SUSPENDED = "suspended", _("暂停")
        STOPPING = "stopping", _("停止处理中")
        STOPPED = "stopped", _("已停止")
        REJECTED = "rejected", _("未通过")

    class Provider(models.TextChoices):
        DEPARTMENT = "dept", _("自营")
        FIRM = "sub", _("分包")
        BOTH = "both", _("自营或分包")

    code = models.CharField(_("编号"), max_length=8)
    name_zh = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(max_length=60)
    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    provider_kind = models.CharField(_("服务提供方"), max_length=4, choices=Provider.choices)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True)
    disturbance = models.CharField(_("扰民等级"), max_length=2)
    certificates = models.JSONField(_("持证要求"), default=list)
    requires_owner_consent = models.BooleanField(_("须业主同意"), default=False)
    requires_identity_check = models.BooleanField(_("须核验身份"), default=False)
    needs_neighbor_notice = models.BooleanField(_("须告知邻里"), default=False)
    is_pass_through = models.BooleanField(_("代收代缴"), default=False)
    agreement_allowed = models.BooleanField(_("可订协议"), default=False)
    urgent_allowed = models.BooleanField(_("可急单"), default=False)
    warranty_days = models.PositiveSmallIntegerField(_("质保天数"), default=0)
    social_weight = models.PositiveSmallIntegerField(_("社会效益系数"), default=50)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="one_item_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"

    @property
    def name(self) -> str:
        """Return the name in the language of the reader."""
        return in_language(self.name_zh, self.name_en)
