from __future__ import annotations

from django.db import models
from django.db.models import Q

from teyue.foundation.pen import Kept


class Hold(Kept):
    """A hold on a case: which kind, placed by which paper, and when it was lifted."""

    code = models.CharField(max_length=24)
    case_kind = models.CharField(max_length=48)
    case_id = models.BigIntegerField()
    placed_by_kind = models.CharField(max_length=48)
    placed_by_id = models.BigIntegerField()
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "case_kind", "case_id", "placed_by_kind", "placed_by_id"],
                condition=Q(lifted_at=None),
                name="one_hold_a_paper",
            )
        ]

    case: Kept | None = None
    placed_by: Kept | None = None

    def __str__(self) -> str:
        return f"{self.code} {self.case_kind} {self.case_id}"

    def ready(self) -> bool:
        return self.placed_by is None or self.placed_by.pk is not None

    def prepare(self) -> None:
        if self.placed_by is not None:
            self.placed_by_id = self.placed_by.pk
        if self.case is not None:
            self.case_id = self.case.pk
