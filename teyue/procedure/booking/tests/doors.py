"""Clients at the doors: somebody of the cast with a token, or signed in, on the day of the cast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import MORNING
from teyue.foundation import clock
from teyue.register.people import operations as people
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account

API = "/api/v1"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Caller:
    """Somebody who calls the API; answers are those of the test client."""

    def __init__(self, token: str) -> None:
        self.client = Client()
        self.token = token

    def get(self, path: str, **words: Any) -> Any:
        return self.client.get(API + path, words, headers=self._headers())

    def post(self, path: str, key: str = "", **body: Any) -> Any:
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        address = API + path
        return self.client.post(address, body, content_type="application/json", headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every door believe that it is the morning of the cast."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    yield


@pytest.fixture
def calling(register: Any, morning: None) -> Callable[[str], Caller]:
    """Return who calls the API under a login of the cast."""

    def build(login: str) -> Caller:
        account = Account.objects.select_related("person").get(username=login)
        wish = TokenWish(label="test", expires_at=MORNING + timedelta(hours=8))
        actor = register.actor(login)
        _, token = people.issue_token(account, wish=wish, actor=actor, at=MORNING)
        return Caller(token)

    return build


@pytest.fixture
def signed_in(register: Any, morning: None) -> Callable[[str], Client]:
    """Return a browser in which somebody of the cast is signed in."""

    def build(login: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=login), BACKEND)
        return client

    return build
