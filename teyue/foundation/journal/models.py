from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from django.db import models
from django.db.models import Q

from teyue.foundation.append_only import AppendOnly
from teyue.foundation.journal.moment import TransactionNumber
from teyue.foundation.pen import Kept

SIGNED = (
    "scope",
    "step",
    "clause",
    "document_kind",
    "document_id",
    "before",
    "after",
    "standing",
    "actor",
    "keyed_by",
    "evidence",
    "note",
    "salt",
)


class Entry(AppendOnly):
    """One step that was taken. Holds ids, sums and digests, never names or words about people."""

    at = models.DateTimeField()
    scope = models.BigIntegerField()
    step = models.CharField(max_length=64)
    clause = models.CharField(max_length=16)
    document_kind = models.CharField(max_length=48)
    document_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    standing = models.CharField(max_length=16, blank=True)
    actor = models.BigIntegerField()
    keyed_by = models.BigIntegerField(null=True)
    evidence = models.CharField(max_length=160, blank=True)
    note = models.JSONField(default=dict)
    salt = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    transaction = models.BigIntegerField(db_default=TransactionNumber())

    class Meta:
        indexes = [
            models.Index(fields=["document_kind", "document_id"], name="entry_of_document"),
            models.Index(fields=["case_id"], name="entry_of_case"),
            models.Index(
                fields=["transaction", "id"],
                condition=Q(transaction__gt=0),
                name="entry_of_transaction",
            ),
        ]

    document: Kept | None = None
    case: Kept | None = None

    def __str__(self) -> str:
        return f"{self.step} {self.document_kind} {self.document_id}"

    def ready(self) -> bool:
        return self.document is None or self.document.pk is not None

    def prepare(self) -> None:
        if self.document is not None:
            self.document_id = self.document.pk
        if self.case is not None:
            self.case_id = self.case.pk
        self.note = {name: _noted(value) for name, value in self.note.items()}
        self.salt = secrets.token_hex(8)
        self.digest = self.computed_digest()

    def computed_digest(self) -> str:
        """Return the SHA-256 of the content, in hexadecimal."""
        content: dict[str, Any] = {name: getattr(self, name) for name in SIGNED}
        content["at"] = self.at.timestamp()
        content["case"] = self.case_id
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _noted(value: object) -> str:
    # A row is noted by its id, which a new one has only now; its text may hold names.
    return str(value.pk if isinstance(value, models.Model) else value)


class Seal(AppendOnly):
    """A link of the chain of one scope: which entries it covers, and their common digest.

    ``horizon`` is the mark (see ``sealing.mark``) up to which all entries of all scopes are
    covered.
    """

    scope = models.BigIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    spans = models.TextField()
    count = models.IntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    horizon = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "number"], name="one_seal_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.scope}-{self.number}"
