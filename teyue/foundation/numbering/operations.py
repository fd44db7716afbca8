"""Draw serials: one statement, whatever the number of series, in an order that cannot deadlock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection

DRAW = """
INSERT INTO numbering_series (key, last) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET last = numbering_series.last + excluded.last
RETURNING key, last
"""


def draw(keys: Iterable[str]) -> dict[str, list[int]]:
    """Return the next serials of each series, as many as its key is named.

    The row of a series stays locked until the transaction ends: others wait, and a transaction
    that fails gives its serial back, so no gap can arise.
    """
    wanted = sorted(Counter(keys).items())
    values = [value for pair in wanted for value in pair]
    with connection.cursor() as cursor:
        cursor.execute(DRAW.format(rows=", ".join(["(%s, %s)"] * len(wanted))), values)
        last = dict(cursor.fetchall())
    return {key: list(range(last[key] - count + 1, last[key] + 1)) for key, count in wanted}
