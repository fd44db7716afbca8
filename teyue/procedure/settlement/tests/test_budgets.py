"""The lists of the till cost as many statements for thirty rows as for three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.urls import reverse

from tests.cast import MORNING
from teyue.desks.demo import course
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations
from teyue.procedure.settlement.facts import Cancellation
from teyue.procedure.settlement.tests.test_statements import statements

pytestmark = pytest.mark.clause("4.3.1")
FEW, MANY = 3, 30
PAGES = [
    ("ca", "till", 16),
    ("ca", "receipts", 6),
    ("ca", "refund-payments", 8),
    ("cs", "refund-reviews", 12),
    ("fn", "unpaid-refunds", 6),
    ("ca", "refunds", 6),
]


@pytest.fixture
def give_back(wished, register, open_shift) -> Callable[[int], None]:
    """Let so many orders be paid and called off; a third of the refunds is approved."""
    rc, ca, cs = (register.actor(login) for login in ("rc", "ca", "cs"))

    def build(count: int) -> None:
        for _ in range(count):
            asked = replace(wished(wish_from=None), duplicate_reason="另一处也要做")
            order = course.booked(asked, actor=rc, at=MORNING)
            course.paid(order, shift=open_shift, actor=ca, at=MORNING)
            sorry = Cancellation(reason="停水")
            operations.call_off(order, cancellation=sorry, actor=cs, at=MORNING)
        for one in Refund.objects.filter(state="requested").order_by("pk")[: count // 3]:
            refund.review(one, actor=cs, at=MORNING)
            refund.decide(one, actor=register.actor("gm"), at=MORNING)

    return build


@pytest.mark.parametrize(("login", "page", "most"), PAGES)
def test_a_list_of_the_till_keeps_its_budget(signed_in, give_back, login, page, most):
    browser, address = signed_in(login), reverse(page)
    give_back(FEW)
    browser.get(address)

    few = statements(lambda: browser.get(address))
    give_back(MANY - FEW)
    many = statements(lambda: browser.get(address))

    assert len(few) == len(many) <= most, "\n".join(many)
