"""A list page costs the same number of statements however long the list is."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import MORNING
from teyue.desks.demo import course
from teyue.foundation import clock
from teyue.register.people.models import Account
from teyue.web.navigation import MENUS, TABS, entries_of

BUDGETS: dict[str, int] = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text("utf-8"))
BACKEND = "django.contrib.auth.backends.ModelBackend"
FEW, MANY = 3, 30


@pytest.fixture
def book(wished: Callable[..., Any], rc: Any) -> Callable[[int], None]:
    """Book so many orders that no time was wished for."""

    def build(count: int) -> None:
        for _ in range(count):
            asked = replace(wished(wish_from=None), duplicate_reason="另一处也要做")
            course.booked(asked, actor=rc, at=MORNING)

    return build


@pytest.mark.parametrize("page", BUDGETS)
def test_a_list_page_keeps_its_budget(page, book, register, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    client = Client()
    client.force_login(Account.objects.get(username=login_of(page)), BACKEND)

    book(FEW)
    client.get(reverse(page))
    few = statements(client, page)
    book(MANY - FEW)
    many = statements(client, page)

    assert few == many <= BUDGETS[page]


def statements(client: Client, page: str) -> int:
    """Return how many statements a page costs."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(reverse(page))
    assert answer.status_code == 200
    return len(seen)


def login_of(page: str) -> str:
    """Return the login of the first role that finds the page in its list."""
    menus = {role: list(entries_of(menu)) for role, menu in MENUS.items()}
    listed = [*menus.items(), *TABS.items()]
    return next(
        role.lower() for role, entries in listed if any(entry.url_name == page for entry in entries)
    )
