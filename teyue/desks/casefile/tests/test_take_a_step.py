from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories import fresh, visit_of
from teyue.desks.casefile.inline import INLINE, SEEN
from teyue.desks.casefile.tests.seats import MORNING, statements, words
from teyue.foundation.lifecycle import all_steps
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.tests.proof import everything

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.5")]
LATER = MORNING + timedelta(hours=1)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def desk(dispatched, seated):
    """The department head's browser, while somebody is to come this afternoon."""
    order = dispatched()
    client = seated("ds", at=LATER)
    client.order, client.visit = order, visit_of(order)
    client.case = f"/orders/{order.number}/"
    client.step = f"{client.case}steps/dispatch.withdraw/{client.visit.pk}/"
    return client


def said(desk, **told):
    """What is sent when a job is taken back."""
    return {"row_version": desk.visit.row_version, "reason": "人手要去抢修"} | told


def test_every_step_of_the_table_is_a_step_on_a_paper_that_may_be_seen():
    assert INLINE.keys() <= all_steps().keys()
    assert {one.paper for one in INLINE.values()} == SEEN.keys()


def test_the_case_shows_the_form_of_a_step(desk):
    page = desk.get(desk.case).content.decode()

    assert f'hx-post="{desk.step}"' in page
    assert 'id="dispatch-withdraw-reason"' in page


def test_a_step_is_taken_and_the_case_shows_what_is_next(desk):
    answer = desk.post(desk.step, said(desk), follow=True, **HTMX)

    assert fresh(desk.order).standing == Standing.READY
    assert "下一步：派工" in answer.content.decode()
    assert "toast" in answer.headers["HX-Trigger"]


def test_without_scripts_the_whole_page_comes_back(desk):
    answer = desk.post(desk.step, said(desk))

    assert answer.url == desk.case
    assert fresh(desk.order).standing == Standing.READY


def test_a_missing_reason_is_said_beside_the_field(desk):
    before = everything()

    page = desk.post(desk.step, said(desk, reason=""), **HTMX)

    assert page.status_code == 422
    assert 'id="dispatch-withdraw-reason-error"' in page.content.decode()
    assert everything() == before


def test_what_somebody_moved_meanwhile_is_explained(desk, st):
    dispatch.accept(visit_of(desk.order), actor=st, at=LATER)
    before = everything()

    page = desk.post(desk.step, said(desk), **HTMX)

    now = visit_of(desk.order).row_version
    assert page.status_code == 409 and "刚刚被别人办理过" in page.content.decode()
    assert 'value="人手要去抢修"' in page.content.decode()
    assert f'name="row_version" value="{now}"' in page.content.decode()
    assert everything() == before


def test_a_step_that_is_gone_keeps_the_words(desk, ds):
    dispatch.withdraw(visit_of(desk.order), reason="先一步", actor=ds, at=LATER)

    page = desk.post(desk.step, said(desk), **HTMX)

    assert page.status_code == 409
    assert "您写的：人手要去抢修" in page.content.decode()


def test_who_may_not_is_refused_and_nothing_happens(desk, seated):
    before = everything()

    page = seated("ca", at=LATER).post(desk.step, said(desk))

    assert page.status_code == 403 and "您没有“收回派工”的权限" in words(page)
    assert everything() == before


@pytest.mark.parametrize("address", ["dispute.agree/1/", "nothing/1/", "dispatch.withdraw/99999/"])
def test_what_is_not_in_the_table_is_not_found(desk, address):
    before = everything()

    answer = desk.post(f"{desk.case}steps/{address}", said(desk))

    assert answer.status_code == 404
    assert everything() == before


def test_a_step_on_a_paper_of_another_order_is_not_found(desk, paid, neighbors):
    other = paid(household=neighbors)
    before = everything()

    answer = desk.post(
        f"/orders/{other.number}/steps/dispatch.withdraw/{desk.visit.pk}/", said(desk)
    )

    assert answer.status_code == 404
    assert everything() == before


@pytest.fixture
def paid_in_parts(booked, open_shift, ca):
    """¥30.00 in two receipts of ¥15.00."""
    order = booked()
    half = Payment(amount=Money(1_500), method=Method.CASH)
    for _ in range(2):
        cashier.receive(fresh(order), payment=half, shift=open_shift, actor=ca, at=MORNING)
    return fresh(order)


def test_every_receipt_that_may_be_taken_back_has_its_own_form(paid_in_parts, seated):
    order, client = paid_in_parts, seated("ca", at=LATER)

    page = client.get(f"/orders/{order.number}/").content.decode()

    for receipt in order.receipts.all():
        address = f"/orders/{order.number}/steps/cashier.request_void/{receipt.pk}/"
        assert f'hx-post="{address}"' in page
        assert f"申请作废 No.{receipt.serial:07d}" in page


def test_a_refusal_stands_in_the_form_of_its_own_receipt(paid_in_parts, seated):
    order, client = paid_in_parts, seated("ca", at=LATER)
    first = order.receipts.order_by("pk").first()
    address = f"/orders/{order.number}/steps/cashier.request_void/{first.pk}/"

    page = client.post(address, {"row_version": first.row_version, "reason": ""}, **HTMX)

    shown = page.content.decode()
    assert page.status_code == 422
    assert f'id="cashier-request-void-{first.pk}-reason-error"' in shown
    assert 'id="cashier-request-void-reason-error"' not in shown


def test_more_receipts_cost_no_more_statements(paid_in_parts, paid, neighbors, seated):
    client = seated("ca", at=LATER)
    one = paid(household=neighbors)

    few = statements(client, f"/orders/{one.number}/")

    assert statements(client, f"/orders/{paid_in_parts.number}/") == few
