from __future__ import annotations

from datetime import datetime

from django.db import models

from teyue.foundation.lifecycle import Case, Document
from teyue.foundation.pen import Kept


class Folder(Case):
    """A case."""

    title = models.CharField(max_length=40, blank=True)

    @property
    def scope(self) -> int:
        return 1


class Slip(Document):
    """A paper of a case, with a number that has no gap."""

    case_name = "folder"

    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="slips")
    text = models.CharField(max_length=40, blank=True)

    @property
    def scope(self) -> int:
        return 1

    def series(self, at: datetime) -> str:
        return "SLIP"


class Leaf(Kept):
    """A row that belongs to a slip and is no paper."""

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="leaves")
    text = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.text
