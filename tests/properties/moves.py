"""Everything that people try, by stage: told to the operations as a door would tell it."""

from __future__ import annotations

from tests.properties import at_the_desk, at_the_till, in_the_home, to_the_end
from tests.properties.world import Move

MOVES: tuple[Move, ...] = (
    *at_the_desk.MOVES,
    *at_the_till.MOVES,
    *in_the_home.MOVES,
    *to_the_end.MOVES,
)
