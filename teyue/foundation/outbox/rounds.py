"""One step for each paper that time has made due, each in a sitting of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import structlog

from teyue.foundation.refusal import Refused

logger = structlog.get_logger(__name__)

MOST = 200
LONGEST_S = 60.0


def go_round(keys: Iterable[int], step: Callable[[int], object]) -> int:
    """Take a step for each key and return how many were taken.

    A refusal leaves that paper as it is, says so in the log, and the round goes on: somebody may
    have moved the paper since it was found.
    """
    return sum(_takes(key, step) for key in keys)


def go_limited_round(keys: Iterable[int], step: Callable[[int], object]) -> int:
    """Go a round until ``MOST`` steps were taken or it lasted a minute; return how many were.

    Refusals do not count: papers that are refused for ever must not block those behind them.
    """
    taken, until = 0, time.monotonic() + LONGEST_S
    for key in keys:
        if taken == MOST or time.monotonic() >= until:
            logger.info("the rest is left to the next round", taken=taken)
            break
        taken += _takes(key, step)
    return taken


def _takes(key: int, step: Callable[[int], object]) -> bool:
    try:
        step(key)
    except Refused as refusal:
        logger.info("left as it is", key=key, code=refusal.code)
        return False
    return True
