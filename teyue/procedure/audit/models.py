from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.procedure.booking.models import Order
from teyue.procedure.service.models import Record
from teyue.register.company.models import OfficePaper
from teyue.register.estate.models import Person

CHECKS = {
    "price_line_ok": _("单价与价目表一致"),
    "qty_ok": _("数量与记录一致"),
    "material_invoice_ok": _("材料有票据"),
    "confirmation_ok": _("业主确认有效"),
    "time_ok": _("时间记录完整"),
    "change_ok": _("增项先签后做"),
}


class Audit(OfficePaper):
    """The supervisor's audit of a record (主管审核), on the same content as was confirmed."""

    case_name = "order"

    class State(models.TextChoices):
        PASSED = "passed", _("通过")
        RETURNED = "returned", _("退回")
        READMITTED = "readmitted", _("重新送审")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="audits")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="audits")
    auditor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checks = models.JSONField(default=dict)
    comment = models.CharField(_("审核意见"), max_length=200, blank=True)
    content_digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("审核时间"))
