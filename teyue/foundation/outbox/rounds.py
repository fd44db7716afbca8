"""One step for each paper that time has made due, each in a sitting of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import structlog

from teyue.foundation.refusal import Refused

logger = structlog.get_logger(__name__)

MOST = 200


def go_round(keys: Iterable[int], step: Callable[[int], object]) -> int:
    """Take a step for each key and return how many were taken.

    A refusal leaves that paper as it is, says so in the log, and the round goes on: somebody may
    have moved the paper since it was found.
    """
    taken = 0
    for key in keys:
        try:
            step(key)
        except Refused as refusal:
            logger.info("left as it is", key=key, code=refusal.code)
            continue
        taken += 1
    return taken
