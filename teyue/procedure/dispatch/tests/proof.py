"""How a test proves that the procedure said no and that nothing happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db.models import QuerySet

from teyue.foundation import clock
from teyue.foundation.actors import Actor
from teyue.foundation.journal.models import Entry
from teyue.foundation.ledger.models import Movement
from teyue.foundation.refusal import Refused
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Quote, Reservation
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.register.estate.models import Household

LOOKED_AT = (
    *(Entry, Movement, Order, Quote, Reservation, Receipt, Override, Visit),
    *(Change, Confirmation, Record, Audit, Dispute),
)


def everything() -> list[list[Any]]:
    """Return every row that a step of an order could have touched."""
    return [list(QuerySet[Any](model).order_by("pk").values()) for model in LOOKED_AT]


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect a refusal with this code, after which nothing is different."""
    before = everything()
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code
    assert everything() == before


def at_home(actor: Actor, household: Household) -> Actor:
    """Return somebody of the staff who lives in a household."""
    return replace(actor, ties=actor.ties | {("household", household.pk)})


def in_the_shoes_of(actor: Actor, other: Actor) -> Actor:
    """Return the powers of one person in the name of another."""
    return replace(actor, id=other.id)


def said_no(answer: object, status: int, code: str) -> bool:
    """Tell whether the API refused with this status and code."""
    return (answer.status_code, answer.json()["code"]) == (status, code)  # type: ignore[attr-defined]


@pytest.fixture
def at_time(monkeypatch: pytest.MonkeyPatch, morning: None) -> Callable[[datetime], None]:
    """Let every door believe that it is another time."""

    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move
