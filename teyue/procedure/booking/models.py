from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.lifecycle import HoldKind
from teyue.foundation.money import NOTHING, MoneyField
from teyue.foundation.pen import Kept
from teyue.procedure.planning.models import Item
from teyue.procedure.pricing.models import PriceLine, Standard
from teyue.procedure.subcontracting.models import Firm, Worker
from teyue.register.company.models import Department, OfficeCase, OfficePaper
from teyue.register.estate.models import Household, Person
from teyue.register.people.models import Staff


class Standing(models.TextChoices):
    """Where an order is, by all its papers (domain model 3.6.5)."""

    REGISTERED = "registered", _("已登记")
    QUOTED = "quoted", _("已报价")
    AWAITING_PAYMENT = "awaiting_payment", _("待预交")
    READY = "ready", _("待派工")
    DISPATCHED = "dispatched", _("已派工")
    IN_SERVICE = "in_service", _("服务中")
    TO_CONFIRM = "to_confirm", _("待业主确认")
    TO_AUDIT = "to_audit", _("待主管审核")
    TO_SETTLE = "to_settle", _("待结算")
    SETTLED = "settled", _("已结算")
    CLOSED = "closed", _("已关闭")
    DISPUTED = "disputed", _("争议中")
    CANCELLED = "cancelled", _("已取消")
    VOID = "void", _("已作废")


ENDED = (Standing.CLOSED, Standing.CANCELLED, Standing.VOID)
SETTLEMENT_HOLD = HoldKind("settlement", _("投诉"))


class Order(OfficeCase):
    """An order for a service (特约服务单, F-07). Its ``state`` is only whether it goes on.

    ``line`` and ``standard`` are frozen at registration (I-15). ``agreed`` is what the owner has
    accepted so far, changes included; ``required`` what must be prepaid. ``delivered`` says that
    a visit was recorded, so that what was paid is not the household's alone any more.
    """

    form = "F07"
    along = (
        "office",
        "household",
        "item__department",
        "line",
        "standard",
        "requester",
        "payer",
        "contact",
    )

    class State(models.TextChoices):
        OPEN = "open", _("在办")
        CLOSED = "closed", _("已关闭")
        CANCELLED = "cancelled", _("已取消")
        VOID = "void", _("已作废")

    class Channel(models.TextChoices):
        PHONE = "phone", _("电话")
        COUNTER = "counter", _("前台")
        WECHAT = "wechat", _("微信")
        STEWARD = "steward", _("管家转达")
        AGREEMENT = "agreement", _("协议自动")
        COMPLAINT = "complaint", _("返工")

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("一般")
        URGENT = "urgent", _("急")

    class Coverage(models.TextChoices):
        NONE = "none", _("未覆盖")
        FULL = "full", _("全覆盖")
        PARTIAL = "partial", _("部分覆盖")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="orders")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    payer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("受理渠道"), max_length=10, choices=Channel.choices)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="orders")
    line = models.ForeignKey(PriceLine, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("登记时间"))
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    qty_x100 = models.PositiveIntegerField(_("数量"))
    description = models.CharField(_("具体需求"), max_length=200, blank=True)
    wish_from = models.DateTimeField(_("期望时间起"), null=True)
    wish_to = models.DateTimeField(_("期望时间止"), null=True)
    urgency = models.CharField(
        _("紧急程度"), max_length=8, choices=Urgency.choices, default=Urgency.NORMAL
    )
    coverage = models.CharField(
        _("协议覆盖情况"), max_length=8, choices=Coverage.choices, default=Coverage.NONE
    )
    agreed = MoneyField(_("已接受金额"), default=NOTHING)
    required = MoneyField(_("应预交"), default=NOTHING)
    accepted_at = models.DateTimeField(null=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    duplicate_reason = models.CharField(_("重复登记的理由"), max_length=120, blank=True)
    rework_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reworks"
    )
    in_arrears = models.BooleanField(_("欠款"), default=False)
    delivered = models.BooleanField(_("已有完成的上门"), default=False)
    offline_number = models.CharField(_("纸单号"), max_length=24, blank=True)
    ended_because = models.CharField(_("取消或作废原因"), max_length=24, blank=True)
    ended_note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["office", "standing", "due_at", "id"], name="order_waiting"),
            models.Index(fields=["household", "-id"], name="order_of_household"),
            models.Index(fields=["office", "-id"], name="order_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(qty_x100__gt=0), name="order_has_quantity")
        ]


class Quote(OfficePaper):
    """A quotation (报价). ``lines`` are objects with kind, text, qty_x100, unit_price, amount (fen)
    and ``line``, the id of the charge standard that each rests on (I-05)."""

    case_name = "order"

    class State(models.TextChoices):
        OFFERED = "offered", _("已报价")
        ACCEPTED = "accepted", _("已接受")
        SUPERSEDED = "superseded", _("已被替换")
        EXPIRED = "expired", _("已过期")

    class Method(models.TextChoices):
        SIGN = "sign", _("签字")
        CODE = "otp", _("验证码")
        CALL = "call_recorded", _("电话录音")
        WECHAT = "wechat", _("微信")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="quotes")
    no = models.PositiveSmallIntegerField(_("第几次"), default=1)
    lines = models.JSONField(default=list)
    total = MoneyField(_("合计"))
    prepay = MoneyField(_("应预交"))
    quoted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    valid_until = models.DateTimeField(_("有效期至"))
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accept_method = models.CharField(max_length=16, choices=Method.choices, blank=True)
    evidence = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "no"], name="one_quote_a_turn"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="accepted"), name="one_accepted_quote"
            ),
        ]


class Reservation(Kept):
    """Capacity set aside for an order: of a pool (department or firm), later of one person."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reservations")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, null=True)
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, related_name="reservations"
    )
    worker = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, related_name="reservations"
    )
    certificates = models.JSONField(default=list)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="reservation_has_length"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(freed_at=None), name="one_live_reservation"
            ),
        ]
        indexes = [
            models.Index(
                fields=["department", "starts"],
                condition=Q(freed_at=None),
                name="reserved_of_department",
            ),
            models.Index(
                fields=["firm", "starts"], condition=Q(freed_at=None), name="reserved_of_firm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.starts:%m-%d %H:%M}"


class OwnerConsent(Kept):
    """The owner's consent to what a tenant or helper ordered (业主同意, E-19)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    item = models.ForeignKey(Item, on_delete=models.PROTECT)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="consents")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT)
    method = models.CharField(max_length=16, choices=Quote.Method.choices)
    evidence = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.household_id} {self.item_id}"
