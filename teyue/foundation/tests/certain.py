"""Wait until what was written is certain: other databases of the cluster may hold it back."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import connection
from django.db.models import Max

from teyue.foundation.journal import sealing
from teyue.foundation.journal.models import Entry

PATIENCE, PAUSE = 300.0, 0.02


def seal_all(*, at: datetime) -> int:
    """Seal everything, once no transaction of the whole cluster is older than the last entry."""
    wait_until_certain()
    return sealing.seal_all(at=at)


def wait_until_certain() -> None:
    """Return when what was written so far is certain; a test of another worker may take long."""
    until = time.monotonic() + PATIENCE
    while not _certain():
        assert time.monotonic() < until, "a transaction of this cluster does not end"
        time.sleep(PAUSE)


def _certain() -> bool:
    if connection.vendor != "postgresql":
        return True
    last = Entry.objects.aggregate(last=Max("transaction"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return bool(cursor.fetchone()[0] > last)
