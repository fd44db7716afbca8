from __future__ import annotations

import pytest

from teyue.desks.casefile.tests.seats import copied, words
from teyue.desks.workbench.sample import digest_of

pytestmark = pytest.mark.django_db

WORKBENCH = "/workbench/"


def drawn(desk, **told) -> list[str]:
    sample = desk.get(WORKBENCH, told).context["sample"]
    return [one.order.number for one in sample.orders]


def test_ten_orders_are_drawn(quoted, seated):
    copied(quoted(), 30)

    assert len(set(drawn(seated("au")))) == 10


def test_the_same_seed_draws_the_same(quoted, seated):
    copied(quoted(), 30)

    assert drawn(seated("au"), seed="abc") == drawn(seated("au"), seed="abc")
    assert drawn(seated("au"), seed="abc") != drawn(seated("au"), seed="abd")


def test_anybody_can_draw_again_with_nothing_but_the_seed(quoted, seated):
    order = quoted()
    copied(order, 30)
    numbers = order.__class__.objects.values_list("number", flat=True)

    again = sorted(numbers, key=lambda number: digest_of("abc", number))[:10]

    assert drawn(seated("au"), seed="abc") == again


def test_the_seed_is_shown_and_is_the_day_by_itself(quoted, seated):
    quoted()

    page = seated("au").get(WORKBENCH)

    assert page.context["sample"].seed == "20261124"
    assert "近 90 天 1 单" in words(page)


def test_only_an_auditor_draws(quoted, seated):
    quoted()

    assert seated("cs").get(WORKBENCH).context["sample"] is None
