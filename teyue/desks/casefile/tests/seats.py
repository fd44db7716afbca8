"""People of the cast in front of their browsers, at an instant that is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import MORNING
from tests.stories import SETTLED_AT
from teyue.foundation import clock, pen
from teyue.procedure.booking.models import Order
from teyue.register.people.models import Account

__all__ = ["EVENING", "MORNING"]

BACKEND = "django.contrib.auth.backends.ModelBackend"
EVENING = SETTLED_AT
Seat = Callable[..., Client]


@pytest.fixture
def seated(register: Any, monkeypatch: pytest.MonkeyPatch) -> Seat:
    """Return the browser of somebody, at the end of the day unless told otherwise."""

    def build(login: str, *, at: datetime = EVENING) -> Client:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(Account.objects.get(username=login), BACKEND)
        return client

    return build


def words(answer: Any) -> str:
    """Return what a page says, without its markup, its blanks and its menu."""
    body = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def statements(client: Client, address: str) -> int:
    """Return how many statements a page costs that was shown before."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def copied(order: Order, count: int, *, begin: int = 2) -> None:
    """Write so many orders like one, with the numbers that follow."""
    names = [field.attname for field in Order._meta.concrete_fields if not field.primary_key]
    facts = {name: getattr(order, name) for name in names}
    rows = [
        Order(**facts | {"number": f"F07-YXY1-20261124-{serial:04d}"})
        for serial in range(begin, begin + count)
    ]
    with pen.held(Order):
        Order.objects.bulk_create(rows)
