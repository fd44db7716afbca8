"""Change at once what an import made; to be called inside the turn that names the models."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Document
from teyue.foundation.pen import Kept
from teyue.register.importing.resting import Made, within


def change(model: type[Kept], made: Made, **values: object) -> None:
    """Give the rows of one model that were made other values."""
    for some in within("pk", made.get(model._meta.label_lower, ())):
        model.objects.filter(some).update(**values)


def move(
    papers: Iterable[type[Document]], made: Made, *, state: str, actor: Actor, at: datetime
) -> None:
    """Put the papers that were made into another state."""
    values = {"state": state, "state_since": at, "updated_at": at, "updated_by": actor.id}
    for model in papers:
        change(model, made, row_version=F("row_version") + 1, **values)
