from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.foundation.clock import local
from teyue.foundation.lifecycle import Case, Document
from teyue.foundation.pen import Kept


class Company(Document):
    """The company whose procedure this is. A demo company can never become a real one."""

    class Kind(models.TextChoices):
        DEMO = "demo", _("演示")
        REAL = "real", _("正式")

    name = models.CharField(_("公司名称"), max_length=80)
    kind_of_company = models.CharField(_("类型"), max_length=8, choices=Kind.choices)
    legal_person = models.CharField(_("法定代表人"), max_length=40, blank=True)

    @property
    def scope(self) -> int:
        return 0

    @property
    def is_demo(self) -> bool:
        """Tell whether its data may be invented."""
        return self.kind_of_company == self.Kind.DEMO


class Office(Document):
    """A management office (管理处): the scope of almost everything."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    code = models.CharField(_("编号"), max_length=8, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    phone = models.CharField(_("电话"), max_length=20, blank=True)
    preset = models.CharField(_("静音时段"), max_length=16, default="BEIJING")

    @property
    def scope(self) -> int:
        return self.pk or 0


class Department(Kept):
    """A department (部门) of an office."""

    class Kind(models.TextChoices):
        ENGINEERING = "engineering", _("工程")
        CLEANING = "cleaning", _("保洁")
        GREENING = "greening", _("绿化")
        SECURITY = "security", _("秩序")
        CSC = "csc", _("客服中心")
        FINANCE = "finance", _("财务")
        OFFICE = "office", _("管理处")

    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="one_department_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Edition(Kept):
    """A mark that changes with every change of the register; what is cached is cached under it."""

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value


class OfficePaper(Document):
    """A paper of one office; ``form`` is its code, such as ``F07``, if it is a numbered form."""

    form: ClassVar[str] = ""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def scope(self) -> int:
        return self.office_id

    def series(self, at: datetime) -> str:
        return f"{self.form}-{self.office.code}-{local(at):%Y%m%d}" if self.form else ""


class OfficeCase(OfficePaper, Case):
    """A paper of one office that other papers belong to."""

    class Meta:
        abstract = True
