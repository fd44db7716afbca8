"""The list at the left holds what a person's roles open, and nothing that is not there."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from teyue.web import navigation


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("orders/", _page, name="orders"),
    path("orders/audits/", _page, name="audits"),
    path("firms/", _page, name="firms"),
    path("jobs/", _page, name="jobs"),
    path("staff/", _page, name="staff"),
    path("posts/", _page, name="posts"),
    path("losses/", _page, name="losses"),
]

pytestmark = pytest.mark.usefixtures("own_urls")


@pytest.fixture
def own_urls() -> object:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_the_menu_leaves_out_pages_that_do_not_exist() -> None:
    sections = navigation.menu({"CS"}, {}, "/")

    assert [link.url for link in sections[0].links] == ["/orders/", "/orders/audits/"]
    assert [str(section.heading) for section in sections] == ["", "策划"]


def test_the_menu_of_two_roles_shows_each_page_once() -> None:
    sections = navigation.menu({"CS", "DS"}, {}, "/")

    urls = [link.url for section in sections for link in section.links]
    assert sorted(urls) == ["/firms/", "/losses/", "/orders/", "/orders/audits/", "/staff/"]


def test_the_menu_counts_only_waiting_work() -> None:
    sections = navigation.menu({"CS"}, {"audits": 7}, "/")

    assert [link.count for link in sections[0].links] == [0, 7]


def test_the_menu_marks_the_nearest_page_as_current() -> None:
    sections = navigation.menu({"CS"}, {}, "/orders/audits/14/")

    assert [link.current for link in sections[0].links] == [False, True]


def test_a_stranger_gets_an_empty_menu() -> None:
    assert navigation.menu(set(), {}, "/") == ()
    assert navigation.tabs(set(), {}, "/") == ()


def test_a_technician_gets_tabs() -> None:
    tabs = navigation.tabs({"ST"}, {"jobs": 3}, "/jobs/5/")

    assert [(tab.url, tab.count, tab.current) for tab in tabs] == [("/jobs/", 3, True)]


@pytest.mark.parametrize("role", sorted(navigation.MENUS))
def test_no_role_has_more_than_fourteen_entries(role: str) -> None:
    groups = navigation.MENUS[role]

    every = list(navigation.entries_of(groups))

    assert sum(len(group.entries) for group in groups) <= 14
    assert len({entry.url_name for entry in every}) == len(every)


def test_what_stands_within_an_entry_is_shown_while_it_is_open() -> None:
    closed = navigation.menu({"OM"}, {}, "/orders/")
    opened = navigation.menu({"OM"}, {}, "/staff/")

    assert "/posts/" not in [link.url for link in closed[-1].links]
    assert [(link.url, link.within) for link in opened[-1].links][:2] == [
        ("/staff/", False),
        ("/posts/", True),
    ]


def test_what_stands_within_a_missing_page_takes_its_place() -> None:
    sections = navigation.menu({"OM"}, {}, "/")

    assert ("/losses/", False) in [
        (link.url, link.within) for section in sections for link in section.links
    ]


def test_several_roles_are_named_in_the_order_of_the_house() -> None:
    assert navigation.role_label({"RC", "CS"}) == "客服中心主管、客服接待"
