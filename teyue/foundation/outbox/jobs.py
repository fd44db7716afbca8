"""What the worker does again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

logger = structlog.get_logger(__name__)

Sweep = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is due at regular intervals, and harmless when done twice."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def sweep(sweeps: Sequence[Sweep], at: datetime) -> None:
    """Run every sweep; one that fails is logged and hinders no other."""
    for one in sweeps:
        try:
            one(at)
        except Exception:
            logger.exception("sweep failed", sweep=repr(one))
