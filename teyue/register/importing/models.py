from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.foundation.pen import Kept
from teyue.foundation.secrets import EncryptedField
from teyue.register.company.models import OfficePaper


class ImportRun(OfficePaper):
    """One workbook on its way into the register (导入).

    ``counts`` has a line a sheet, ``adds`` how many papers of each kind will be new; ``faults`` and
    ``notices`` are lists of sheet, row, column and sentence. The workbook itself is not kept.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("待确认")
        IMPORTED = "imported", _("已导入")
        UNDONE = "undone", _("已撤销")

    file_name = models.CharField(_("文件"), max_length=120)
    digest = models.CharField(max_length=64)
    counts = models.JSONField(default=list)
    adds = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    notices = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["office", "digest"], name="import_by_digest")]

    def __str__(self) -> str:
        return self.file_name


class Batch(Kept):
    """Rows that go in together in one transaction.

    ``rows`` is emptied when the run is finished; ``made`` has the ids of what the rows became, by
    kind of paper, as short texts such as ``7-9,12``.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="batches")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    size = models.PositiveIntegerField()
    rows = EncryptedField(default="")
    done_at = models.DateTimeField(null=True)
    made = models.JSONField(default=dict)
    notices = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="one_batch_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}-{self.position}"
