from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from teyue.foundation import pen
from teyue.foundation.clock import HOUSE
from teyue.foundation.refusal import Refused
from teyue.register.company.models import Office
from teyue.web.paging import Listing, Order

FIRST = datetime(2026, 11, 24, 8, tzinfo=HOUSE)


def named(word: str) -> Q:
    if not word.isascii():
        raise ValueError(word)
    return Q(code=word)


LIST = Listing(
    title="管理处",
    orders={
        "due": Order("期限", "state_since"),
        "late": Order("最近", "state_since", descending=True),
        "newest": Order("最新", descending=True),
    },
    filters={"code": named},
    search=lambda typed: Q(name__contains=typed),
)


@pytest.fixture
def offices(company) -> list[Office]:
    """Seven offices: three at different times, two at the same, two at none."""
    hours = [3, None, 1, 2, 2, None, 0]
    with pen.held(Office):
        return [
            Office.objects.create(
                company=company,
                code=f"O{n}",
                name=f"第{n}处",
                state_since=None if hour is None else FIRST + timedelta(hours=hour),
            )
            for n, hour in enumerate(hours)
        ]


def walk(words, way, page):
    seen = [[row.code for row in page.rows]]
    while cursor := page.next if way == "after" else page.previous:
        page = LIST.page(Office.objects.all(), {**words, way: cursor})
        seen.append([row.code for row in page.rows])
    return seen, page


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("due", ["O6", "O2", "O3", "O4", "O0", "O1", "O5"]),
        ("late", ["O0", "O4", "O3", "O2", "O6", "O5", "O1"]),
        ("newest", ["O6", "O5", "O4", "O3", "O2", "O1", "O0"]),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_lead_through_all_rows_and_back(offices, sort, expected, size):
    words = {"sort": sort, "limit": size}
    there, last = walk(words, "after", LIST.page(Office.objects.all(), words))

    back, first = walk(words, "before", last)

    assert sum(there, []) == expected
    assert back[::-1] == there
    assert first.previous == ""


def test_a_page_is_one_statement_without_counting(offices):
    with CaptureQueriesContext(connection) as asked:
        page = LIST.page(Office.objects.all(), {"limit": 2})

    assert (len(asked), page.shown) == (1, 2)
    assert "COUNT" not in asked[0]["sql"].upper()


def test_filter_and_search_are_words_of_the_address(offices):
    both = LIST.page(Office.objects.all(), {"code": "O3", "q": "第3"})

    assert [row.code for row in both.rows] == ["O3"]
    assert LIST.page(Office.objects.all(), {"code": "O3", "q": "第4"}).rows == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"sort": "colour"}, "sort_unknown"),
        ({"code": "湖"}, "filter_unknown"),
        ({"after": "湖"}, "cursor_unknown"),
        ({"after": "bm90aGluZw"}, "cursor_unknown"),
        ({"after": "WzEsMl0"}, "cursor_unknown"),
    ],
)
def test_a_word_that_is_not_understood_is_refused(offices, words, code):
    with pytest.raises(Refused) as refused:
        LIST.page(Office.objects.all(), words)

    assert refused.value.code == code
