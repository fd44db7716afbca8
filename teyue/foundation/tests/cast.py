"""Who is in these tests, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.tests.paperwork import steps

AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)

_POWERS = frozenset((step.power.code, EVERYWHERE) for step in steps.ALL)

LIN = Actor(id=101, login="lin", name="林静", grants=_POWERS)
ZHAO = Actor(id=102, login="zhao", name="赵刚", grants=_POWERS)
GUEST = Actor(id=103, login="guest", name="访客")
TYPIST = Actor(id=104, login="typist", grants=frozenset({(steps.TYPE.code, EVERYWHERE)}))
