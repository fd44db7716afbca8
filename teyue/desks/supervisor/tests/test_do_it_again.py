from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories import SETTLED_AT
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.dispatch.tests.proof import everything, said_no

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.4.1")]
LATER = SETTLED_AT + timedelta(days=2)


@pytest.fixture
def desk(settled, signed_in, at_time):
    """The supervisor's browser, two days after the settlement."""
    order = settled()
    at_time(LATER)
    client = signed_in("cs")
    client.order = order
    client.page = f"/orders/{order.number}/rework/"
    return client


def test_a_rework_is_another_order_that_waits_to_be_sent(desk):
    answer = desk.post(desk.page, {"reason": "又滴水"})

    again = Order.objects.get(rework_of=desk.order)
    assert answer.url == f"/orders/{again.number}/"
    assert (again.standing, again.description) == (Standing.READY, "又滴水")


def test_the_page_says_until_when_it_is_free(desk):
    page = desk.get(desk.page).content.decode()

    assert "30 天，到" in page and "试水 3 分钟无渗漏" in page


def test_after_the_warranty_the_page_says_so(desk, at_time):
    at_time(LATER + timedelta(days=60))
    before = everything()

    page = desk.post(desk.page, {"reason": "又滴水"})

    assert page.status_code == 422 and "已过质保期" in page.content.decode()
    assert everything() == before


def test_page_and_endpoint_refuse_what_is_not_settled(audited, signed_in, calling):
    order, caller = audited(), calling("cs")
    before = everything()

    page = signed_in("cs").post(f"/orders/{order.number}/rework/", {"reason": "又滴水"})
    answer = caller.post(f"/orders/{order.number}/rework", reason="又滴水")

    assert page.status_code == 422 and "未结算的请按争议办理" in page.content.decode()
    assert said_no(answer, 422, "not_settled")
    assert everything() == before


def test_a_reason_must_be_given(desk):
    before = everything()

    page = desk.post(desk.page, {"reason": ""})

    assert page.status_code == 422
    assert everything() == before


def test_the_case_of_a_settled_order_leads_there(desk):
    page = desk.get(f"/orders/{desk.order.number}/").content.decode()

    assert f'href="{desk.page}"' in page
