"""Tell facts in the sitting that makes them true, and deliver them later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F

from teyue.foundation import pen
from teyue.foundation.lifecycle import Turn
from teyue.foundation.outbox.facts import Fact, Reaction
from teyue.foundation.outbox.models import Message
from teyue.foundation.pen import KeptQuerySet

logger = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
BATCH = 20
MOST_ATTEMPTS = 10
FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(hours=1)

Wiring = Mapping[type[Fact], Sequence[Reaction]]


def tell(turn: Turn, fact: Fact | Callable[[], Fact]) -> None:
    """Tell a fact when the turn is kept; a callable is asked then, when new rows have their ids."""
    message = Message(at=turn.at, due_at=turn.at)
    message.told = (lambda told=fact: told) if isinstance(fact, Fact) else fact
    turn.facts.append(message)


def deliver(wiring: Wiring, *, at: datetime) -> int:
    """Hand every message that is due to its reactions, and return how many arrived.

    A message whose deliverer dies comes round again when the lease has run out; one that fails
    rests longer each time, and after ten attempts waits for a person (:func:`dead`).
    """
    kinds = {fact.name: fact for fact in wiring}
    arrived = 0
    while claimed := _claim(at):
        for message in claimed:
            fact = kinds.get(message.fact)
            arrived += _hand_over(message, fact, wiring[fact] if fact else (), at)
    return arrived


def dead() -> KeptQuerySet[Message]:
    """Return the messages that failed so often that a person must look."""
    return Message.objects.filter(done_at=None, attempts__gte=MOST_ATTEMPTS).exclude(last_error="")


def revive(*, at: datetime) -> int:
    """Let dead messages be tried again, now that their cause is gone."""
    with pen.held(Message):
        return dead().update(attempts=0, due_at=at)


def _claim(at: datetime) -> list[Message]:
    due = Message.objects.filter(done_at=None, due_at__lte=at, attempts__lt=MOST_ATTEMPTS)
    if not due.exists():
        return []
    with transaction.atomic(), pen.held(Message):
        claimed = list(due.order_by("pk").select_for_update(skip_locked=True)[:BATCH])
        numbers = [message.pk for message in claimed]
        leased = Message.objects.filter(pk__in=numbers)
        leased.update(due_at=at + LEASE, attempts=F("attempts") + 1)
    return claimed


def _hand_over(
    message: Message, fact: type[Fact] | None, reactions: Sequence[Reaction], at: datetime
) -> bool:
    told = Message.objects.filter(pk=message.pk)
    try:
        if fact is None:
            raise LookupError(f"nothing is wired to {message.fact}")
        for react in reactions:
            react(fact(**message.payload), at)
    except Exception as error:
        logger.exception("fact not delivered", fact=message.fact, message=message.pk)
        rest = min(FIRST_REST * 2**message.attempts, LONGEST_REST)
        # The text of an error may hold names, so only its kind is kept.
        with pen.held(Message):
            told.update(due_at=at + rest, last_error=type(error).__name__[:120])
        return False
    with pen.held(Message):
        told.update(done_at=at, last_error="")
    return True
