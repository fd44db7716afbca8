from __future__ import annotations

from django.db import models
from django.db.models import Q

from teyue.foundation.pen import Kept
from teyue.foundation.secrets import EncryptedField


class Answer(Kept):
    """A successful answer, remembered for one actor under the key that came with the request.

    Status 0 says that only the key is still known.
    """

    actor = models.BigIntegerField()
    key = models.CharField(max_length=80)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = EncryptedField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "key"], name="one_answer_a_key"),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(status__gt=0), name="answer_in_full"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
