from __future__ import annotations

import pytest
from django.urls import reverse

from teyue.foundation.money import Money
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Count
from teyue.procedure.cashier.tests.conftest import EVENING
from teyue.procedure.cashier.tests.proof import facts, refused

pytestmark = pytest.mark.clause("3.5")


def test_the_books_are_told_only_after_the_count(receipt, open_shift, ca):
    told_before = open_shift.expected

    operations.count(open_shift, counted=Count(pieces={10_000: 5}), actor=ca, at=EVENING)

    open_shift.refresh_from_db()
    assert told_before is None
    assert (open_shift.expected, open_shift.counted) == (Money(53_000), Money(50_000))
    assert (open_shift.state, open_shift.variance) == ("counting", Money(-3_000))


def test_a_count_remembers_each_denomination(open_shift, ca):
    pieces = {10_000: 4, 5_000: 1, 2_000: 0, 100: 50}

    operations.count(open_shift, counted=Count(pieces=pieces), actor=ca, at=EVENING)

    open_shift.refresh_from_db()
    assert open_shift.counts == {"10000": 4, "5000": 1, "100": 50}


@pytest.mark.parametrize("pieces", [{3_000: 1}, {10_000: -1}, {1: 5}])
def test_a_count_is_of_real_notes_and_coins(open_shift, ca, pieces):
    with refused("count_impossible", "counts"):
        operations.count(open_shift, counted=Count(pieces=pieces), actor=ca, at=EVENING)


def test_the_drawer_of_somebody_else_is_not_counted(open_shift, ca2):
    with refused("not_your_shift"):
        operations.count(open_shift, counted=Count(pieces={100: 0}), actor=ca2, at=EVENING)


def test_a_drawer_is_counted_once(open_shift, ca):
    operations.count(open_shift, counted=Count(pieces={100: 0}), actor=ca, at=EVENING)

    with refused("wrong_state"):
        operations.count(open_shift, counted=Count(pieces={100: 0}), actor=ca, at=EVENING)


def test_a_count_is_of_something(open_shift, ca):
    with refused("count_missing", "counts"):
        operations.count(open_shift, counted=Count(), actor=ca, at=EVENING)


def test_a_page_that_nobody_filled_in_counts_nothing(signed_in, open_shift):
    before = facts()

    page = signed_in("ca").post(reverse("shift-close"), {"face_10000": ""})

    assert (page.status_code, facts()) == (422, before)
    assert "在任意一行填 0" in page.content.decode()
