"""The office of the cast at a fixed morning, and its two doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import MORNING, Register
from teyue.foundation import clock
from teyue.register.people import operations, queries
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"
Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def _morning(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MORNING)


@pytest.fixture
def desk(register: Register) -> Callable[[str], Client]:
    """Return a browser in which somebody of the cast has signed in."""

    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=login), BACKEND)
        return client

    return sign_in


@pytest.fixture
def call(register: Register) -> Post:
    """Post to the API as somebody of the cast."""

    def post(login: str, path: str, body: dict[str, Any]) -> Any:
        account = Account.objects.get(username=login)
        actor = queries.actor_of_account(account.pk, at=MORNING)
        wish = TokenWish(label="test", expires_at=MORNING + timedelta(hours=1))
        _, text = operations.issue_token(account, wish=wish, actor=actor, at=MORNING)
        headers = {"Authorization": f"Bearer {text}"}
        address = f"/api/v1{path}"
        return Client().post(address, body, content_type="application/json", headers=headers)

    return post


@pytest.fixture
def read(register: Register) -> Post:
    """Read from the API as somebody of the cast."""

    def get(login: str, path: str) -> Any:
        account = Account.objects.get(username=login)
        actor = queries.actor_of_account(account.pk, at=MORNING)
        wish = TokenWish(label="test", expires_at=MORNING + timedelta(hours=1))
        _, text = operations.issue_token(account, wish=wish, actor=actor, at=MORNING)
        headers = {"Authorization": f"Bearer {text}"}
        return Client().get(f"/api/v1{path}", headers=headers)

    return get
