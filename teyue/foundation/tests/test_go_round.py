"""A limited round"""

from __future__ import annotations

import pytest

from teyue.foundation.outbox import rounds
from teyue.foundation.outbox.rounds import MOST, go_limited_round
from teyue.foundation.refusal import Refused

GOOD = MOST + 50


def refuse_below_good(key: int) -> None:
    if key < GOOD:
        raise Refused("not_now", "不能办理。")


def test_reaches_what_stands_behind_many_refused() -> None:
    taken = go_limited_round(range(GOOD + 1), refuse_below_good)

    assert taken == 1


def test_stops_when_enough_was_done() -> None:
    done: list[int] = []

    taken = go_limited_round(range(2 * MOST), done.append)

    assert taken == MOST
    assert done == list(range(MOST))


def test_stops_when_it_lasted_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "LONGEST_S", 0.0)
    done: list[int] = []

    taken = go_limited_round(range(3), done.append)

    assert (taken, done) == (0, [])
