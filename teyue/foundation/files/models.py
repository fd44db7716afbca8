from __future__ import annotations

from django.db import models

from teyue.foundation.pen import Kept


class Attachment(Kept):
    """A file that belongs to a paper or a person. Its bytes lie in the data folder by digest."""

    kind = models.CharField(max_length=40)
    owner_kind = models.CharField(max_length=48)
    owner_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()
    stored_by = models.BigIntegerField()
    retention_until = models.DateField(db_index=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="attachment_of_owner")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
