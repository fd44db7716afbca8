"""Only an operation holds the pen; a row written without it fails loudly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self, TypeVar

from django.db import models

from teyue.foundation import sitting

_held: ContextVar[frozenset[type[models.Model]]] = ContextVar("pen", default=frozenset())


class WrittenWithoutPen(RuntimeError):
    """Code outside an operation tried to change a kept row."""


@contextmanager
def held(*kinds: type[models.Model]) -> Iterator[None]:
    """Hold the pen for exactly these models."""
    token = _held.set(frozenset(kinds))
    try:
        yield
    finally:
        _held.reset(token)


def require(model: type[models.Model]) -> None:
    """Fail unless the pen is held for this model.

    :raises WrittenWithoutPen: outside an operation, or in one that did not name the model.
    """
    if model not in _held.get():
        raise WrittenWithoutPen(f"{model.__name__} may be written only by its operations")


K = TypeVar("K", bound="Kept")


class KeptQuerySet(models.QuerySet[K]):
    """Rows that are read after everything waiting was written, and written only with the pen."""

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            sitting.flush()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[K]:
        sitting.flush()
        return super().iterator(chunk_size or 2000)

    def count(self) -> int:
        sitting.flush()
        return super().count()

    def exists(self) -> bool:
        sitting.flush()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sitting.flush()
        return super().aggregate(*args, **kwargs)

    def update(self, **values: Any) -> int:
        require(self.model)
        sitting.flush()
        return super().update(**values)

    def bulk_create(self, objs: Iterable[K], *args: Any, **kwargs: Any) -> list[K]:
        require(self.model)
        sitting.flush()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[K], *args: Any, **kwargs: Any) -> int:
        require(self.model)
        sitting.flush()
        return super().bulk_update(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WrittenWithoutPen(f"{self.model.__name__} is never deleted")

    def locked(self) -> Self:
        """Lock the rows themselves, not what is joined to them, until the sitting ends."""
        return self.select_for_update(of=("self",))


class Kept(models.Model):
    """A row that only operations write and nobody deletes."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        require(type(self))
        sitting.flush()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WrittenWithoutPen(f"{type(self).__name__} is never deleted")

    def ready(self) -> bool:
        """Tell whether what this row rests on has been written."""
        return True

    def prepare(self) -> None:
        """Fill in what can be known only when the row is written."""

    def write(self) -> None:
        """Save a row that a sitting was given while the pen was held for it."""
        self.prepare()
        super().save()

    @classmethod
    def write_many(cls, rows: Sequence[Kept]) -> None:
        """Insert rows that a sitting was given while the pen was held for them."""
        for row in rows:
            row.prepare()
        _plain(cls).bulk_create(rows)

    @classmethod
    def change_many(cls, rows: Sequence[Kept], names: Sequence[str]) -> None:
        """Update the named columns of rows that are locked while the pen is held for them."""
        for row in rows:
            row.prepare()
        _plain(cls).bulk_update(rows, names, batch_size=500)


def _plain(kind: type[Kept]) -> models.QuerySet[Any]:
    return models.QuerySet(kind)
