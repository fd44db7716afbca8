from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.foundation.lifecycle import Document
from teyue.register.company.models import Office


class Value(Document):
    """A dated business value (参数) that replaces a default of the procedure (I-40)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已批准")
        REJECTED = "rejected", _("未批准")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(_("参数"), max_length=48)
    value = models.CharField(_("值"), max_length=40)
    from_at = models.DateTimeField(_("生效时间"))
    reason = models.CharField(_("理由"), max_length=120)

    class Meta:
        indexes = [models.Index(fields=["key", "from_at"], name="value_by_key")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"

    @property
    def scope(self) -> int:
        return self.office_id or 0
