"""Seal entries into a hash chain a scope, behind the writers' backs.

Every entry has a mark: the number of its transaction on PostgreSQL, its own id on SQLite, where
writers stand in line. Entries below the mark of the oldest running transaction are certain:
none can appear among them any more. So one number, the horizon, says what is sealed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from teyue.foundation import pen
from teyue.foundation.journal import spans
from teyue.foundation.journal.models import Entry, Seal

BATCH = 5000

Row = tuple[int, int, int, str]


def seal(*, at: datetime) -> int:
    """Seal what is certain by now, oldest first, and return how many entries."""
    if not _certain(horizon()):
        return 0
    with transaction.atomic(), pen.held(Seal):
        _stand_in_line()
        rows = _certain(horizon())
        fresh: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for _, number, scope, digest in rows:
            fresh[scope].append((number, digest))
        for scope, entries in sorted(fresh.items()):
            _add_link(scope, sorted(entries), at, beyond=rows[-1][0])
    return len(rows)


def seal_all(*, at: datetime) -> int:
    """Seal batch after batch until nothing certain is left."""
    total = 0
    while count := seal(at=at):
        total += count
    return total


def mark() -> str:
    """Return the name of the column by which entries are in the order of certainty."""
    return "transaction" if connection.vendor == "postgresql" else "id"


def horizon() -> int:
    """Return the mark up to which everything is sealed, 0 at first."""
    return Seal.objects.aggregate(beyond=Max("horizon"))["beyond"] or 0


def chained(previous: str, digests: Iterable[str]) -> str:
    """Return the digest of a link: the one before it and those of its entries, in order."""
    total = hashlib.sha256(previous.encode())
    for digest in digests:
        total.update(digest.encode())
    return total.hexdigest()


def _stand_in_line() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('teyue.seal'))")


def _certain(beyond: int) -> list[Row]:
    """Return mark, id, scope and digest of the next certain entries, transactions whole."""
    fresh = Entry.objects.filter(**{f"{mark()}__gt": beyond})
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            fresh = fresh.filter(transaction__gt=0, transaction__lt=cursor.fetchone()[0])
    rows = fresh.order_by(mark(), "pk").values_list(mark(), "pk", "scope", "digest")
    batch: list[Row] = list(rows[:BATCH])
    if len(batch) == BATCH:
        last = batch[-1][0]
        known = sum(row[0] == last for row in batch)
        batch += rows.filter(**{mark(): last})[known:]
    return batch


def _add_link(scope: int, entries: list[tuple[int, str]], at: datetime, *, beyond: int) -> None:
    last = Seal.objects.filter(scope=scope).order_by("-number").first()
    previous = last.digest if last else ""
    Seal.objects.create(
        scope=scope,
        number=last.number + 1 if last else 1,
        at=at,
        spans=spans.written(number for number, _ in entries),
        count=len(entries),
        previous=previous,
        digest=chained(previous, (digest for _, digest in entries)),
        horizon=beyond,
    )
