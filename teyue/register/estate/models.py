from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.pen import Kept
from teyue.foundation.secrets import EncryptedField
from teyue.register.company.models import Office, OfficePaper


class Building(Kept):
    """A building (楼栋); ``key`` is its number without words, such as ``3``."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    key = models.CharField(max_length=8)
    name = models.CharField(_("楼栋"), max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "key"], name="one_building_a_key")]

    def __str__(self) -> str:
        return self.name


class Unit(Kept):
    """A flat or shop (房屋). ``area_x100`` is in hundredths of a square meter."""

    class Kind(models.TextChoices):
        RESIDENCE = "residence", _("住宅")
        VILLA = "villa", _("别墅")
        SHOP = "shop", _("商铺")
        OFFICE = "office", _("办公")

    class Status(models.TextChoices):
        VACANT = "vacant", _("空置")
        OCCUPIED = "occupied", _("已入住")
        LET = "let", _("出租")
        DECORATING = "decorating", _("装修中")

    building = models.ForeignKey(Building, on_delete=models.PROTECT)
    unit_key = models.CharField(_("单元"), max_length=8)
    room_key = models.CharField(_("房号"), max_length=12)
    area_x100 = models.PositiveIntegerField(_("建筑面积（㎡）"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.RESIDENCE)
    status = models.CharField(_("房屋状态"), max_length=12, choices=Status.choices)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["building", "unit_key", "room_key"],
                condition=Q(voided_at=None),
                name="one_unit_a_room",
            ),
            models.CheckConstraint(condition=Q(area_x100__gt=0), name="unit_has_area"),
        ]

    def __str__(self) -> str:
        return f"{self.building.key}-{self.unit_key}-{self.room_key}"


class Person(Kept):
    """A person (人员): office, name and phone. Everybody who acts is one."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone = EncryptedField(_("电话"), blank=True, default="")
    phone_index = models.CharField(max_length=32, blank=True, default="")
    tail_index = models.CharField(max_length=32, blank=True, default="")
    identity_number = EncryptedField(_("证件号"), blank=True, default="")
    pinyin = models.CharField(max_length=120, blank=True, default="")
    initials = models.CharField(max_length=20, blank=True, default="")
    birth_year = models.PositiveSmallIntegerField(_("出生年份"), null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name", "phone_index"],
                condition=Q(voided_at=None) & ~Q(phone_index=""),
                name="one_person_a_phone",
            )
        ]
        indexes = [
            models.Index(fields=["office", "tail_index"], name="person_by_tail"),
            models.Index(fields=["office", "phone_index"], name="person_by_phone"),
            models.Index(fields=["office", "initials"], name="person_by_initials"),
            models.Index(fields=["office", "name"], name="person_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Household(OfficePaper):
    """A household (住户) of one unit, for as long as the occupancy lasts."""

    class State(models.TextChoices):
        OPEN = "open", _("在住")
        CLOSED = "closed", _("已迁出")
        VOID = "void", _("已作废")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="households")
    label = models.CharField(_("房号"), max_length=32)
    opened_on = models.DateField(_("入住日期"), null=True)
    closed_on = models.DateField(_("迁出日期"), null=True)
    size = models.PositiveSmallIntegerField(_("家庭人口"), null=True)
    visit_note = models.CharField(_("上门提示"), max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="open"), name="one_open_household_a_unit"
            )
        ]
        indexes = [models.Index(fields=["office", "label"], name="household_by_label")]

    def __str__(self) -> str:
        return self.label


class Member(Kept):
    """A person in a household over time (住户成员), and what that person may do for it."""

    class Relation(models.TextChoices):
        OWNER = "owner", _("业主")
        CO_OWNER = "co_owner", _("共有人")
        TENANT = "tenant", _("租户")
        FAMILY = "family", _("家属")
        AGENT = "agent", _("代理人")
        HELPER = "helper", _("家政人员")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("身份"), max_length=12, choices=Relation.choices)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    can_order = models.BooleanField(_("可预约"), default=True)
    can_confirm = models.BooleanField(_("可确认"), default=True)
    is_primary = models.BooleanField(_("主要联系人"), default=False)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"],
                condition=Q(voided_at=None, to_on=None),
                name="one_membership_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.relation}"


class Consent(Kept):
    """A consent under the personal information law (个人信息同意; PIPL 13, 28–31)."""

    class Purpose(models.TextChoices):
        CONTRACT = "contract_core", _("履行服务约定")
        MARKETING = "marketing", _("推广信息")
        HEALTH = "sensitive_health", _("健康信息")
        MINOR = "minor", _("未成年人信息")
        SHARE = "share_with_subcontractor", _("提供给分包方")
        PHOTO = "photo_in_home", _("入户拍照")
        RECORDING = "recording", _("录音")

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=32, choices=Purpose.choices)
    text_version = models.CharField(max_length=16)
    method = models.CharField(max_length=24)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person} {self.purpose}"


class Inquiry(OfficePaper):
    """A task to ask a household for consent before something sensitive is noted (I-57)."""

    class State(models.TextChoices):
        OPEN = "open", _("待询问")
        ANSWERED = "answered", _("已询问")
        VOID = "void", _("已作废")

    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    subject = models.CharField(_("询问内容"), max_length=24)

    def __str__(self) -> str:
        return f"{self.household} {self.subject}"
