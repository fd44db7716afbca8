from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.foundation.pen import Kept
from teyue.register.company.models import Office


class CalendarDay(Kept):
    """What a day is (日历): seeded from the official calendar, editable; empty office means all."""

    class Kind(models.TextChoices):
        WORKDAY = "workday", _("工作日")
        RESTDAY = "restday", _("休息日")
        HOLIDAY = "holiday", _("法定节假日")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True)
    date = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=40, blank=True)
    closed = models.BooleanField(_("本处停业"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "date"], name="one_day_a_date"),
            models.UniqueConstraint(
                fields=["date"],
                condition=models.Q(office=None),
                name="one_official_day_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"
