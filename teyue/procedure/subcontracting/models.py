from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import MoneyField
from teyue.foundation.pen import Kept
from teyue.foundation.secrets import EncryptedField
from teyue.procedure.planning.models import Item
from teyue.register.company.models import OfficePaper
from teyue.register.estate.models import Person
from teyue.register.people.models import CertificateKind


class Firm(OfficePaper):
    """A subcontractor (服务分包方)."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("候选")
        LISTED = "listed", _("在名录")
        REMOVED = "removed", _("取消资格")
        VOID = "void", _("已作废")

    name = models.CharField(_("公司名称"), max_length=60)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18)
    contact = models.CharField(_("联系人"), max_length=40)
    phone = EncryptedField(_("电话"), blank=True, default="")
    insured_to = models.DateField(_("保险到期日"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "uscc"], condition=~Q(state="void"), name="one_firm_a_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FirmItem(OfficePaper):
    """What a firm may do, and how far it is trusted with it (F-16)."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("候选")
        TRIAL = "trial", _("试用")
        QUALIFIED = "qualified", _("合格")
        ON_NOTICE = "on_notice", _("限期整改")
        SUSPENDED = "suspended", _("暂停")
        REMOVED = "removed", _("取消资格")
        VOID = "void", _("已作废")

    MAY_SERVE = (State.TRIAL, State.QUALIFIED, State.ON_NOTICE)

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="firms")
    item_code = models.CharField(max_length=8)
    unit_rate = MoneyField(_("结算单价"), default=0)
    suspended_because = models.CharField(_("暂停原因"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.firm_id} {self.item_code}"


class Worker(Kept):
    """Somebody whom a firm sends (分包方人员)."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="workers")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="worker")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.person.name


class WorkerCertificate(Kept):
    """A certificate of somebody whom a firm sends."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=16, choices=CertificateKind.choices)
    number = models.CharField(max_length=40, blank=True)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.worker_id} {self.kind}"
