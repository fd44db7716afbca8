from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teyue.desks.register.tests import setting
from teyue.desks.register.tests.test_show_pages import write_many

BUDGETS = tomllib.loads((Path(settings.BASE_DIR) / "tests" / "budgets.toml").read_text("utf-8"))
LISTS = {"staff": "ds", "households": "cs", "units": "ad"}
COLLECTIONS = [
    "/persons",
    "/staff",
    "/certificates",
    "/leaves",
    "/duties",
    "/accounts",
    "/posts",
    "/staffing",
    "/delegations",
    "/calendar?year=2026",
    "/parameters",
    "/parameters/values",
    "/units",
    "/offices",
    "/offices/YXY1",
    "/company",
]


@pytest.mark.parametrize("page", LISTS)
def test_a_longer_list_costs_no_more_statements(page, register, desk):
    browser = desk(LISTS[page])

    write_many(register, 3)
    few = statements(browser, page)
    write_many(register, 30, start=100)
    many = statements(browser, page)

    assert few == many <= BUDGETS[page]


@pytest.mark.parametrize("path", COLLECTIONS)
def test_a_collection_is_read(path, register, read):
    setting.given(register)
    setting.wish(register)
    setting.leave(register)

    answer = read("ad", path)

    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()


def test_what_is_to_be_asked_is_read_by_the_desk(register, read):
    setting.inquiry(register)

    assert read("rc", "/inquiries").json()["items"][0]["room"] == "3-2-1102"


def test_a_paper_says_which_steps_are_allowed(register, read):
    staff = register.staff["st"].pk

    shown = read("ad", f"/staff/{staff}").json()["allowed_steps"]

    steps = {step["operation"]: step for step in shown}

    assert steps["people.request_leave"]["allowed"]
    assert "仍有在任岗位" in steps["people.release"]["reason"]


def statements(browser, page: str) -> int:
    """Return how many statements a page costs once it is warm."""
    browser.get(reverse(page))
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(reverse(page)).status_code == 200
    return len(seen)
