"""Whoever reads English reads no Chinese, but for names and other texts that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, reverse

from tests import source, written
from tests.stories import AFTERNOON
from teyue.config.doors import pages
from teyue.foundation import clock
from teyue.register.people.models import Account

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
# The mark of the house, the first letter of a name and the switch to Chinese stay as they are.
KEPT = re.compile(r'<(\w+)[^>]*(?: class="ty-(?:mark|face)"| lang="zh-CN")[^>]*>[^<]*</\1>')
# So do amounts in words: on paper they count, and they exist in Chinese only.
CAPITALS = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元[零壹贰叁肆伍陆柒捌玖角分整]+")
# These have an English beside them, so their Chinese is no data.
TWICE = re.compile(r"name_zh|text_zh")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
ENGLISH = {"Accept-Language": "en"}
BACKEND = "django.contrib.auth.backends.ModelBackend"
CATALOG = written.ROOT / "teyue" / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPANY = ("gm", "om", "ds", "cs", "rc", "ca", "fn", "st", "ad", "au", "rs")
CONCERNED = ("cs", "ca", "rs")
STAGES = ("booked", "dispatched", "recorded", "audited", "settled")
SAID = {"summary", "description", "tags"}
# Signing out is a page too.
LEAVING = {"logout"}


@pytest.fixture(autouse=True)
def afternoon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTERNOON + timedelta(hours=3))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["login", "password-reset"])
def test_who_is_not_signed_in_reads_english(name):
    page = Client().get(reverse(name), headers=ENGLISH)

    assert chinese_in({name: page}) == {}


@pytest.mark.parametrize("login", COMPANY)
def test_every_page_is_in_english_for_whoever_may_open_it(booked, login):
    booked()

    found = opened(login, doors("[^<]*"))

    assert "/workbench/" in found
    assert chinese_in(found) == {}


@pytest.mark.parametrize("stage", STAGES)
def test_an_order_is_in_english_wherever_it_stands(request, stage):
    order = request.getfixturevalue(stage)()
    addresses = doors("(?!jobs|visits)[^<]*<str:number>[^<]*", order.number)

    found = {login: opened(login, addresses) for login in CONCERNED}

    assert f"/orders/{order.number}/" in found["cs"]
    assert {login: text for login in found if (text := chinese_in(found[login]))} == {}


@pytest.mark.parametrize("stage", ["dispatched", "started", "recorded", "confirmed"])
def test_a_visit_is_in_english_wherever_it_stands(request, stage):
    order = request.getfixturevalue(stage)()
    addresses = doors("(?:jobs|visits)/<str:number>[^<]*", order.visits.get().number)

    found = {login: opened(login, addresses) for login in ("st", "cs")}

    assert {login: text for login in found if (text := chinese_in(found[login]))} == {}


@pytest.mark.django_db
def test_a_refusal_is_in_english():
    page = Client().post(
        reverse("login"), {"username": "nobody", "password": "wrong"}, headers=ENGLISH
    )

    assert "is wrong. Please check" in page.content.decode()


@pytest.mark.django_db
def test_the_description_of_the_api_is_in_the_language_of_the_reader():
    english = Client().get("/api/v1/openapi.json", headers=ENGLISH).json()

    left = {text for text in said_to_people(english) if CHINESE.search(text)}

    assert left == set()
    assert english["paths"]["/api/v1/orders"]["get"]["summary"] == "Orders"


def test_nothing_is_guessed():
    assert [message.id for message in messages() if message.fuzzy] == []


def test_every_placeholder_stands_in_the_english():
    lost = {
        chinese: english
        for message in messages()
        for chinese, english in zip(wordings(message.id), wordings(message.string), strict=True)
        if placeholders(chinese) != placeholders(english)
    }

    assert lost == {}


def test_no_chinese_stands_in_the_english():
    chinese = {
        english
        for message in messages()
        for english in wordings(message.string)
        if CHINESE.search(english)
    }

    assert chinese == set()


def said_to_people(part: Any) -> Iterator[str]:
    """Yield the summaries, descriptions and tags of a description of the API."""
    if isinstance(part, list):
        yield from (text for one in part for text in said_to_people(one))
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from texts(value) if name in SAID else said_to_people(value)


def messages() -> list[Message]:
    """Return what is translated, without the heading of the file."""
    with CATALOG.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def wordings(text: Any) -> tuple[str, ...]:
    """Return a text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> list[str]:
    """Return what is filled into a text."""
    return sorted(PLACEHOLDER.findall(text))


def doors(route: str, *number: str) -> list[str]:
    """Return the addresses of the pages whose route is of this form."""
    return [
        reverse(page.name, args=number)
        for page in pages()
        if isinstance(page, URLPattern) and page.name and page.name not in LEAVING
        if re.fullmatch(route, str(page.pattern))
    ]


def opened(login: str, addresses: list[str]) -> dict[str, Any]:
    """Return the pages that somebody of the cast may open, by their addresses."""
    client = Client()
    client.force_login(Account.objects.get(username=login), BACKEND)
    answers = {address: client.get(address, headers=ENGLISH) for address in addresses}
    return {
        address: answer
        for address, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    }


def chinese_in(found: dict[str, Any]) -> dict[str, set[str]]:
    """Return the Chinese that is no data, by the addresses of the pages."""
    data = sorted(stored(), key=len, reverse=True)
    return {address: left for address, page in found.items() if (left := left_over(page, data))}


def left_over(page: Any, data: Iterable[str]) -> set[str]:
    """Return the Chinese of a page without the texts that are data, the longest first."""
    text = CAPITALS.sub("", KEPT.sub("", page.content.decode()))
    for written_down in data:
        text = text.replace(written_down, "")
    return set(CHINESE.findall(text))


def stored() -> set[str]:
    """Return every Chinese text that people wrote into a table."""
    return {
        found
        for model in apps.get_models()
        if source.is_of_the_house(model)
        for field in model._meta.concrete_fields
        if is_written(field)
        for value in model._default_manager.values_list(field.name, flat=True)
        for found in texts(value)
        if CHINESE.search(found)
    }


def is_written(field: models.Field[Any, Any]) -> bool:
    """Tell whether a field holds what people wrote, and in one language only."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(field, kinds) and not TWICE.search(field.name)


def texts(value: object) -> Iterator[str]:
    """Yield the texts of a value, however deep they lie."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (
            found for name, part in value.items() if not TWICE.search(name) for found in texts(part)
        )
    elif isinstance(value, list):
        yield from (found for part in value for found in texts(part))
