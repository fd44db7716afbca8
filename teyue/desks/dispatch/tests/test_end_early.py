from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import TOMORROW
from tests.stories import RECORDED_AT, fresh, record_of, visit_of
from teyue.desks.dispatch.tests.stories import half_done
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch.tests.proof import everything

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
LATER = RECORDED_AT + timedelta(minutes=30)


@pytest.fixture
def desk(started, signed_in, at_time):
    """The supervisor's browser, while 王磊 is at two taps."""
    order = started(qty_x100=200)
    at_time(RECORDED_AT)
    client = signed_in("cs")
    client.order = order
    client.page = f"/visits/{visit_of(order).number}/terminate/"
    return client


def said(**told):
    """What the supervisor writes down."""
    part = {"cause": "company", "done": "1", "minutes": "40", "work_done": "换了一只"}
    return part | told


def test_a_service_is_broken_off_and_the_part_is_charged(desk):
    answer = desk.post(desk.page, said())

    assert answer.url == f"/orders/{desk.order.number}/"
    assert record_of(desk.order).amount == Money(3000)
    assert fresh(desk.order).standing == Standing.TO_CONFIRM


@pytest.mark.parametrize(("done", "shown"), [("1", "¥30.00"), ("0", "¥0.00"), ("2", "选好原因")])
def test_what_a_part_comes_to_is_shown_while_it_is_filled_in(desk, done, shown):
    part = desk.get(desk.page, said(done=done), HTTP_HX_REQUEST="true").content.decode()

    assert shown in part and "<main" not in part


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"done": "2"}, "部分完成的数量应少于约定数量"),
        ({"cause": ""}, "请您选择是谁的原因"),
        ({"done": "两只"}, "数量没有看懂"),
    ],
)
def test_a_wrong_part_is_explained_and_nothing_is_lost(desk, told, sentence):
    before = everything()

    page = desk.post(desk.page, said(**told))

    assert page.status_code == 422 and sentence in page.content.decode()
    assert "换了一只" in page.content.decode()
    assert everything() == before


def test_a_visit_that_is_on_its_way_is_not_broken_off(dispatched, signed_in):
    visit = visit_of(dispatched())

    page = signed_in("cs").get(f"/visits/{visit.number}/terminate/").content.decode()

    assert 'aria-disabled="true"' in page and 'name="work_done"' not in page


def test_a_visit_under_way_says_what_may_be_done(desk):
    page = desk.get(desk.page.replace("terminate/", "")).content.decode()

    assert "终止（部分完成）" in page
    assert "已经结束" not in page


@pytest.fixture
def halfway(desk, st, at_time):
    """The same browser after the owner has confirmed one tap of two."""
    half_done(desk.order, st)
    at_time(LATER)
    return desk


def test_an_order_that_needs_another_visit_waits_on_the_board(halfway, register, technician):
    page = halfway.get("/board/").content.decode()
    assignment = {"who": f"staff-{technician.pk}", "starts": f"{TOMORROW:%Y-%m-%dT14:00}"}

    answer = halfway.post(f"/board/{halfway.order.number}/again/", assignment | {"minutes": "120"})

    assert "续作，还须再次上门" in page
    assert answer.status_code == 302
    assert (visit_of(halfway.order).no, fresh(halfway.order).standing) == (2, "dispatched")


def test_nobody_is_sent_again_where_nothing_is_left(desk):
    page = desk.get(f"/board/{desk.order.number}/again/").content.decode()

    assert "上一次上门还没有登记并经住户确认" in page and 'name="who"' not in page


def test_the_visits_that_were_planned_are_given_up(halfway):
    number = record_of(halfway.order).number
    ending = {"cause": "household", "reason": "另一只住户自己换了"}

    answer = halfway.post(f"/records/{number}/conclude/", ending)

    assert answer.url == f"/orders/{halfway.order.number}/"
    assert fresh(halfway.order).standing == Standing.TO_CONFIRM


def test_giving_up_needs_a_cause(halfway):
    number, before = record_of(halfway.order).number, everything()

    page = halfway.post(f"/records/{number}/conclude/", {"reason": "不来了"})

    assert page.status_code == 422 and "请您选择不再上门的原因" in page.content.decode()
    assert everything() == before
