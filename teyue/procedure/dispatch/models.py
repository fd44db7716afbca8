from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import MoneyField
from teyue.procedure.booking.models import Order
from teyue.procedure.subcontracting.models import Firm, Worker
from teyue.register.company.models import OfficePaper
from teyue.register.estate.models import Person
from teyue.register.people.models import Staff


class Visit(OfficePaper):
    """A visit to a home (上门服务), dispatched on form F-10."""

    form = "F10"
    case_name = "order"
    along = ("office", "performer", "staff__person", "firm", "worker__person")

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("已排期")
        ASSIGNED = "assigned", _("已派")
        ACCEPTED = "accepted", _("已接单")
        EN_ROUTE = "en_route", _("已出发")
        ARRIVED = "arrived", _("已到达")
        WORKING = "working", _("服务中")
        FINISHED = "finished", _("已完工")
        CONFIRMED = "confirmed", _("已确认")
        FAILED = "failed", _("未成")
        CANCELLED = "cancelled", _("已取消")
        DISPUTED = "disputed", _("争议中")

    LIVE = (
        State.SCHEDULED,
        State.ASSIGNED,
        State.ACCEPTED,
        State.EN_ROUTE,
        State.ARRIVED,
        State.WORKING,
    )

    BEFORE_WORK = (State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE, State.ARRIVED)

    class Failure(models.TextChoices):
        HOUSEHOLD_ABSENT = "household_absent", _("住户不在家")
        STAFF_NO_SHOW = "staff_no_show", _("服务人员未到场")
        PROVIDER_REFUSED = "provider_refused", _("服务方拒绝")
        NO_ACCESS = "no_access", _("无法进入")
        WEATHER = "weather", _("天气原因")
        FORCE_MAJEURE = "force_majeure", _("不可抗力")
        MATERIAL = "material", _("材料问题")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="visits")
    no = models.PositiveSmallIntegerField(_("第几次"), default=1)
    appoint_from = models.DateTimeField(_("预约起"))
    appoint_to = models.DateTimeField(_("预约止"))
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="visits")
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, null=True, related_name="visits")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="visits")
    performer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="visits_performed"
    )
    assigned_by = models.BigIntegerField(null=True)
    assigned_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    identity_shown = models.BooleanField(_("已出示工牌"), default=False)
    arrival_proof = models.CharField(max_length=80, blank=True)
    rework_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    failure = models.CharField(_("未成原因"), max_length=20, choices=Failure.choices, blank=True)
    failure_note = models.CharField(_("说明"), max_length=200, blank=True)
    moved_by_household = models.PositiveSmallIntegerField(default=0)
    change_count = models.PositiveSmallIntegerField(default=0)
    spent_material = MoneyField(_("已购专用材料"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "no"], name="one_visit_a_turn"),
        ]
        indexes = [
            models.Index(fields=["office", "state", "appoint_from"], name="visit_waiting"),
            models.Index(fields=["performer", "appoint_from"], name="visit_of_performer"),
        ]


class Override(OfficePaper):
    """Leave to serve an emergency before it is paid (应急先行服务审批单, F-28; E-18, I-63)."""

    form = "F28"
    case_name = "order"
    along = ("office",)

    class State(models.TextChoices):
        APPROVED = "approved", _("已批准")
        PAID = "paid", _("已补交")

    class Category(models.TextChoices):
        FLOOD = "flood", _("漏水")
        POWER = "power", _("停电")
        GAS = "gas", _("燃气")
        LOCKOUT = "lockout_person", _("有人被锁")
        FALL = "fall_hazard", _("坠物")
        OTHER = "other", _("其他")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="overrides")
    category = models.CharField(_("类别"), max_length=16, choices=Category.choices)
    reason = models.CharField(_("应急先行理由"), max_length=200)
    estimate = MoneyField(_("估价"))
    cap = MoneyField(_("限额"))
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("批准时间"))
    pay_due_at = models.DateTimeField(_("补交期限"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order"], name="one_override_an_order"),
            models.CheckConstraint(condition=Q(estimate__gt=0), name="override_has_estimate"),
        ]
