from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.foundation.lifecycle import Document
from teyue.foundation.money import MoneyField
from teyue.foundation.pen import Kept, KeptQuerySet
from teyue.register.company.models import Department, Office, OfficePaper
from teyue.register.estate.models import Household, Person


class Role(models.TextChoices):
    """The posts of the procedure (domain model 0.3) and the two that an ISO system adds."""

    GM = "GM", _("公司总经理")
    OM = "OM", _("管理处经理")
    DS = "DS", _("部门主管")
    CS = "CS", _("客户服务中心主管")
    RC = "RC", _("客服接待")
    CA = "CA", _("管理处收银员")
    FN = "FN", _("财务主管")
    ST = "ST", _("服务人员")
    SU = "SU", _("服务分包方")
    RS = "RS", _("住户")
    AD = "AD", _("系统管理员")
    AU = "AU", _("内审员")


class CertificateKind(models.TextChoices):
    """What may be required of who performs a service (domain model 3.1, 9.3)."""

    LOW_VOLTAGE = "low_voltage", _("低压电工")
    REFRIGERATION = "refrigeration", _("制冷与空调")
    HEIGHT = "height", _("高处作业")
    GAS = "gas", _("燃气具安装维修")
    WELDING = "welding", _("焊接")
    PEST = "pest", _("有害生物防制")
    HEALTH = "health", _("健康证")
    LOCKSMITH = "locksmith", _("开锁备案")
    DRIVER = "driver", _("驾驶证")
    CARE = "care", _("养老护理")
    LIFT = "lift", _("电梯作业")


class Staff(OfficePaper):
    """An employee (员工). ``household`` is set for those who live in the estate (I-35)."""

    class State(models.TextChoices):
        ACTIVE = "active", _("在职")
        LEFT = "left", _("离职")
        VOID = "void", _("已作废")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="staff")
    employee_no = models.CharField(_("工号"), max_length=16)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True)
    active_from = models.DateField(_("入职日期"), null=True)
    active_to = models.DateField(_("离职日期"), null=True)
    cost_rate = MoneyField(_("工时成本（元/小时）"), default=0)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="resident_staff"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "employee_no"],
                condition=~models.Q(state="void"),
                name="one_employee_a_number",
            )
        ]

    def __str__(self) -> str:
        return self.person.name


class Certificate(Kept):
    """A certificate that an employee holds (持证)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=16, choices=CertificateKind.choices)
    number = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.staff_id} {self.kind}"


class Post(Document):
    """An appointment (岗位任命) that grants the powers of a role from one day to another.

    ``office`` is empty for posts of the whole company; ``firm`` is the id of the firm that an
    account of a subcontractor acts for; ``delegation`` marks a post held for somebody else;
    ``decision`` is the dated word of the general manager that lets RC and CA meet (I-32).
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待签发")
        ACTIVE = "active", _("在任")
        ENDED = "ended", _("已免")
        REFUSED = "refused", _("未签发")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("岗位"), max_length=2, choices=Role.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True)
    firm = models.BigIntegerField(null=True)
    signed_by = models.BigIntegerField(null=True)
    decision = models.CharField(_("总经理决定"), max_length=60, blank=True, default="")
    decided_on = models.DateField(_("决定日期"), null=True)
    delegation = models.ForeignKey(
        "Delegation", on_delete=models.PROTECT, null=True, related_name="posts"
    )

    class Meta:
        indexes = [models.Index(fields=["office", "role", "state"], name="post_by_role")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

    @property
    def scope(self) -> int:
        return self.office_id or 0


class Delegation(Document):
    """A written authorization (授权), dated and limited (E-40)."""

    class State(models.TextChoices):
        ACTIVE = "active", _("有效")
        REVOKED = "revoked", _("已收回")

    grantor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="given")
    grantee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="received")
    role = models.CharField(_("岗位"), max_length=2, choices=Role.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"))
    reason = models.CharField(_("事由"), max_length=120)

    def __str__(self) -> str:
        return f"{self.grantor_id} → {self.grantee_id} {self.role}"

    @property
    def scope(self) -> int:
        return self.office_id or 0


class Leave(Kept):
    """Time in which an employee is not there (请假)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="leaves")
    starts = models.DateTimeField(_("起"))
    ends = models.DateTimeField(_("止"))
    reason = models.CharField(_("事由"), max_length=40, blank=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "starts"], name="leave_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.starts:%m-%d}"


class Duty(Kept):
    """A stretch of time in which an employee is on duty (值班). Weekly pattern, until replaced.

    ``weekday`` is 0 for Monday; ``opens`` and ``closes`` are minutes of the local day.
    """

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="duties")
    weekday = models.PositiveSmallIntegerField(_("星期"))
    opens = models.PositiveSmallIntegerField(_("起"))
    closes = models.PositiveSmallIntegerField(_("止"))
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "weekday"], name="duty_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.weekday}"


class Accounts(BaseUserManager["Account"]):
    """Look accounts up by their user name."""

    def get_queryset(self) -> KeptQuerySet[Account]:
        return KeptQuerySet(self.model, using=self._db)


class Account(AbstractBaseUser, Document):
    """How a person signs in."""

    class State(models.TextChoices):
        ACTIVE = "active", _("启用")
        CLOSED = "closed", _("停用")

    username = models.CharField(_("用户名"), max_length=40, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    must_change = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    last_login = None

    objects: ClassVar[Accounts] = Accounts()  # type: ignore[assignment]

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username

    @property
    def scope(self) -> int:
        return self.person.office_id or 0

    def check_password(self, raw_password: str | None) -> bool:
        """Tell whether the password is right, without rehashing: that would need the pen."""
        return check_password(raw_password, self.password)


class ResetCode(Kept):
    """A printed code (重置码) that sets a new password once; only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField()
    printed_by = models.BigIntegerField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.expires_at:%m-%d %H:%M}"


class Token(Kept):
    """A key to the API (令牌): only its digest is kept. ``powers`` narrows it; empty means all."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=40, blank=True)
    powers = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.label}"
