"""Who guesses the code of a receipt on many telephones at once has no more than five tries."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.journeys.test_races_at_the_till import at_once
from tests.over_http import AFTERNOON
from teyue.foundation import clock
from teyue.procedure.booking.tests.doors import API
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import guesses, links
from teyue.procedure.service.queries.records import confirmation_code

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("4.3.1"),
]

TELEPHONES = 8


@pytest.fixture(autouse=True)
def no_guesses() -> None:
    cache.clear()


def test_tries_at_the_same_instant_are_counted_one_by_one(recorded, monkeypatch):
    recorded()
    record = Record.objects.select_related("order").get()
    at = AFTERNOON.replace(hour=16)
    monkeypatch.setattr(clock, "now", lambda: at)
    address = f"{API}/public/confirmations/{links.token_of(record, at=at)}/confirm"
    wrong = f"{(int(confirmation_code(record.order)) + 1) % 1_000_000:06d}"
    body = {"digest": record.content_digest, "code": wrong}

    def guess() -> Any:
        return Client().post(address, body, content_type="application/json").json()["code"]

    told = at_once(*[guess] * TELEPHONES)

    assert (
        sorted(told) == ["too_many"] * (TELEPHONES - guesses.MOST) + ["wrong_code"] * guesses.MOST
    )
    assert Record.objects.get().state == Record.State.RECORDED
