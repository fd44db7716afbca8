from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from teyue.desks.casefile.tests.seats import MORNING, copied, statements, words

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.4")]

LIST = "/orders/"
FOUND = ("3-2-1102", "刘文博", "liuwenbo", "lwb", "5207", "F07-YXY1-20261124-0001")


def test_an_empty_list_says_what_would_appear(seated):
    answer = seated("cs").get(LIST)

    assert "住户来电登记后，订单会出现在这里" in words(answer)


def test_a_long_list_costs_no_more_than_a_short_one(quoted, seated):
    order, desk = quoted(), seated("cs")
    copied(order, 2, begin=2)
    few = statements(desk, LIST)

    copied(order, 497, begin=4)

    assert statements(desk, LIST) == few <= 7
    assert "已显示 50 项" in words(desk.get(LIST))


def test_the_next_page_goes_on_where_this_one_ends(quoted, seated):
    copied(quoted(), 59)
    desk = seated("cs")

    first = desk.get(LIST)
    rest = desk.get(LIST, {"after": first.context["page"].next})

    assert (first.context["page"].shown, rest.context["page"].shown) == (50, 10)


@pytest.mark.parametrize("word", FOUND)
def test_an_order_is_found_by_whatever_the_caller_says(quoted, seated, word):
    quoted()

    answer = seated("cs").get(LIST, {"q": word})

    assert answer.context["page"].shown == 1


def test_a_search_for_somebody_else_finds_nothing(quoted, seated):
    quoted()

    said = words(seated("cs").get(LIST, {"q": "5-1-803"}))

    assert "没有符合条件的订单" in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"standing": "quoted"}, 1),
        ({"standing": "ready"}, 0),
        ({"item": "WX-01"}, 1),
        ({"urgency": "urgent"}, 0),
        ({"overdue": "yes"}, 0),
        ({"standing": "all", "sort": "newest"}, 1),
    ],
)
def test_the_words_of_the_address_narrow_the_list(quoted, seated, query, shown):
    quoted()

    answer = seated("cs", at=MORNING).get(LIST, query)

    assert answer.context["page"].shown == shown


@pytest.mark.parametrize(("login", "shown"), [("rc", 1), ("cs", 0)])
def test_mine_are_those_that_i_registered(quoted, seated, login, shown):
    quoted()

    answer = seated(login).get(LIST, {"mine": "1"})

    assert answer.context["page"].shown == shown


def test_a_word_that_nobody_knows_is_refused(seated):
    answer = seated("cs").get(LIST, {"standing": "nowhere"})

    assert answer.status_code == 422


def test_the_workbook_holds_what_the_list_shows(quoted, seated):
    quoted()

    answer = seated("cs").get("/orders.xlsx", {"standing": "quoted"})

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue())).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[1][0] == "quoted"
    assert (rows[5][1], rows[5][4]) == ("3-2-1102", "已报价")


def test_a_neighbor_sees_no_orders_of_others(quoted, seated):
    quoted()

    answer = seated("neighbor").get(LIST)

    assert answer.context["page"].shown == 0


def test_the_search_box_opens_the_order_whose_number_was_typed(quoted, seated):
    order = quoted()

    answer = seated("cs").get("/search/", {"q": order.number.lower()})

    assert answer.headers["Location"] == f"/orders/{order.number}/"


def test_the_search_box_lists_what_a_word_may_mean(seated):
    answer = seated("cs").get("/search/", {"q": "1102"})

    assert answer.headers["Location"] == "/orders/?q=1102"


@pytest.mark.parametrize(("login", "offered"), [("rc", True), ("ca", False), ("ds", False)])
def test_registering_is_offered_to_who_may_register(seated, login, offered):
    page = seated(login).get(LIST).content.decode().partition("<main")[2]

    assert ('href="/reception/"' in page) == offered
