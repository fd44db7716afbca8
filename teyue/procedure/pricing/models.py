from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import MoneyField
from teyue.foundation.pen import Kept
from teyue.procedure.planning.models import Item, in_language
from teyue.register.company.models import OfficePaper


def point_text(point: Mapping[str, Any]) -> str:
    """Return what a point of a service standard says, in the language of the reader."""
    return in_language(str(point["text_zh"]), str(point.get("text_en", "")))


class PriceList(OfficePaper):
    """An edition of the price list (价目表, F-05)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        APPROVED = "approved", _("已批准")
        PUBLISHED = "published", _("已公布")
        SUPERSEDED = "superseded", _("已被替换")
        WITHDRAWN = "withdrawn", _("已撤回")

    version = models.PositiveIntegerField(_("版次"))

    def __str__(self) -> str:
        return f"v{self.version}"


class PriceLine(Kept):
    """A charge standard (收费标准) for one item and variant, from one instant to another.

    Quantities are hundredths, rates are basis points.
    """

    class Unit(models.TextChoices):
        VISIT = "visit", _("次")
        HOUR = "hour", _("小时")
        SQM = "sqm", _("㎡")
        PIECE = "piece", _("件")
        PACKAGE = "package", _("套")
        MONTH = "month", _("月")
        KM = "km", _("公里")

    class Mode(models.TextChoices):
        FIXED = "fixed", _("固定价")
        RANGE = "range", _("现场报价")
        COST = "cost", _("按成本")

    class Prepay(models.TextChoices):
        FULL = "full", _("全额预交")
        RATIO = "ratio", _("按比例预交")
        DEPOSIT = "deposit", _("交押金")
        STANDARD = "standard", _("按通则预交")
        NONE = "none", _("免预交")

    price_list = models.ForeignKey(PriceList, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="price_lines")
    variant = models.CharField(_("规格"), max_length=20, blank=True, default="")
    unit = models.CharField(_("计价单位"), max_length=8, choices=Unit.choices)
    unit_price = MoneyField(_("单价"))
    min_qty_x100 = models.PositiveIntegerField(default=0)
    min_charge = MoneyField(_("起价"), default=0)
    increment_min = models.PositiveSmallIntegerField(default=0)
    grace_min = models.PositiveSmallIntegerField(default=0)
    price_mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.FIXED)
    range_min = MoneyField(null=True)
    range_max = MoneyField(null=True)
    night_bp = models.PositiveIntegerField(default=0)
    weekend_bp = models.PositiveIntegerField(default=0)
    holiday_bp = models.PositiveIntegerField(default=0)
    material_markup_bp = models.PositiveIntegerField(default=0)
    callout_fee = MoneyField(_("上门费"), default=0)
    cancel_fee_bp = models.PositiveIntegerField(default=0)
    cancel_fee_cap = MoneyField(default=0)
    prepay_mode = models.CharField(
        _("预交方式"), max_length=8, choices=Prepay.choices, default=Prepay.STANDARD
    )
    prepay_bp = models.PositiveIntegerField(default=0)
    deposit = MoneyField(_("押金"), default=0)
    vat_bp = models.PositiveIntegerField(_("增值税率"), default=0)
    effective_from = models.DateTimeField(_("生效"))
    effective_to = models.DateTimeField(_("失效"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["price_list", "item", "variant"], name="one_line_a_variant"
            ),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="price_is_not_negative"),
        ]
        indexes = [models.Index(fields=["item", "effective_from"], name="line_in_force")]

    def __str__(self) -> str:
        return f"{self.item.code} {self.variant}".strip()

    def in_force(self, at: datetime) -> bool:
        """Tell whether this is the price at an instant."""
        ended = self.effective_to is not None and self.effective_to <= at
        return self.effective_from <= at and not ended


class Standard(OfficePaper):
    """A version of the service standard (服务提供标准) of an item.

    ``steps`` are objects with ``no``, ``text_zh``, ``text_en``, ``check_required``,
    ``photo_required``. Durations are minutes.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        APPROVED = "approved", _("已批准")
        IN_FORCE = "in_force", _("在用")
        SUPERSEDED = "superseded", _("已被替换")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="standards")
    version = models.PositiveIntegerField(_("版次"))
    steps = models.JSONField(default=list)
    duration_min = models.PositiveIntegerField(_("用时（分钟）"))
    arrival_tolerance_min = models.PositiveSmallIntegerField(default=10)
    warranty_text = models.CharField(max_length=120, blank=True)
    effective_from = models.DateTimeField(_("生效"))
    effective_to = models.DateTimeField(_("失效"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="one_standard_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.item.code} v{self.version}"
