from __future__ import annotations

from django.db import models


class Series(models.Model):
    """The last serial that was given out in one run of numbers, such as ``F07-YXY1-20261124``."""

    key = models.CharField(max_length=48, primary_key=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}-{self.last}"
