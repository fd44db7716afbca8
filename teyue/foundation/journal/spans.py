"""Sets of row numbers as short texts such as ``7-9,12``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby


def written(numbers: Iterable[int]) -> str:
    """Return the text of a set of numbers."""
    ordered = sorted(numbers)
    runs = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    spans = ([number for _, number in run] for _, run in runs)
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in spans)


def read(text: str) -> Iterator[range]:
    """Yield the runs that a text stands for."""
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        yield range(int(first), int(last or first) + 1)
