from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.db import models
from django.db.models import Q

from teyue.foundation.outbox.facts import Fact
from teyue.foundation.pen import Kept


class Message(Kept):
    """A fact on its way. Whoever delivers it moves ``due_at`` out by the length of the lease."""

    fact = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="message_waiting"),
        ]

    told: Callable[[], Fact] | None = None

    def __str__(self) -> str:
        return f"{self.fact} {self.pk}"

    def prepare(self) -> None:
        if self.told is None:
            return
        fact = self.told()
        self.fact, self.payload = fact.name, asdict(fact)
        wrong = [name for name, value in self.payload.items() if type(value) is not int]
        if wrong:
            raise TypeError(f"{fact.name} holds ids only, not {', '.join(wrong)}")
