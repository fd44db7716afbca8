from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import MoneyField
from teyue.foundation.pen import Kept
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.dispatch.models import Visit
from teyue.register.company.models import OfficePaper
from teyue.register.estate.models import Person


class Record(OfficePaper):
    """What was done on one visit (特约服务记录单, F-12); exactly one a finished visit (I-18).

    ``lines`` are as in a quote; ``checklist`` maps the number of a step of the standard to
    whether it was done; ``photos`` are ids of stored files.
    """

    form = "F12"
    case_name = "order"
    along = ("office", "visit__performer")

    class State(models.TextChoices):
        RECORDED = "recorded", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DISPUTED = "disputed", _("争议中")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="records")
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="record")
    work_done = models.CharField(_("服务内容"), max_length=400)
    checklist = models.JSONField(_("服务标准核对"), default=dict)
    minutes = models.PositiveIntegerField(_("用时（分钟）"))
    qty_x100 = models.PositiveIntegerField(_("数量"))
    materials = models.JSONField(_("材料"), default=list)
    photos = models.JSONField(_("现场照片"), default=list)
    site_cleaned = models.BooleanField(_("工完场清"), default=False)
    more_visits = models.BooleanField(_("还须再次上门"), default=False)
    partial_cause = models.CharField(_("部分完成的原因"), max_length=12, blank=True)
    done_x100 = models.PositiveIntegerField(_("完成数量"), null=True)
    lines = models.JSONField(default=list)
    amount = MoneyField(_("实际费用"))
    remarks = models.CharField(_("备注"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    content_digest = models.CharField(max_length=64)


class Confirmation(Kept):
    """The owner's word on a record (业主确认), bound to the digest of what was shown."""

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", _("确认")
        WITH_REMARK = "confirmed_with_remark", _("有意见确认")
        REFUSED = "refused", _("拒绝确认")
        ALTERNATIVE = "alternative", _("替代确认")

    class Method(models.TextChoices):
        PAPER = "paper_sign", _("纸单签字")
        DEVICE = "device_sign", _("屏幕签名")
        CODE = "sms_otp", _("确认码")
        WECHAT = "wechat", _("微信")
        CALL = "call_recorded", _("电话录音")
        EVIDENCE = "om_evidence", _("经理凭证据")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="confirmations")
    result = models.CharField(max_length=24, choices=Result.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    relation = models.CharField(_("与业主关系"), max_length=12, blank=True)
    method = models.CharField(_("确认方式"), max_length=16, choices=Method.choices)
    evidence = models.CharField(max_length=120, blank=True)
    content_digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("确认时间"))
    rating = models.PositiveSmallIntegerField(_("满意度"), null=True)
    remark = models.CharField(_("意见"), max_length=200, blank=True)
    taken_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5),
                name="rating_from_one_to_five",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.result}"


class Change(OfficePaper):
    """Extra work that the owner accepts before it starts (增项确认; E-10, I-17)."""

    case_name = "order"
    along = ("office", "visit__performer")

    class State(models.TextChoices):
        OFFERED = "offered", _("待住户确认")
        ACCEPTED = "accepted", _("已确认")
        REFUSED = "refused", _("住户不同意")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="changes")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="changes")
    reason = models.CharField(_("增项原因"), max_length=200)
    lines = models.JSONField(default=list)
    delta = MoneyField(_("增加金额"))
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accept_method = models.CharField(max_length=16, choices=Quote.Method.choices, blank=True)
    evidence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(delta__gt=0), name="change_is_positive")]
