from __future__ import annotations

import re

import pytest

from tests.stories import AFTERNOON, DISPATCHED_AT
from teyue.desks.demo import course
from teyue.procedure.booking.models import Order, Standing
from teyue.web import formats

pytestmark = pytest.mark.clause("4.2.3")


@pytest.fixture
def home(signed_in):
    return signed_in("rs")


@pytest.fixture
def typed(household, tap):
    """What 刘文博 fills in on the telephone."""
    return {
        "household": household.pk,
        "item": "WX-01|",
        "quantity": "1",
        "wish_from": "2026-11-25T14:00",
    }


def shown(page: str, name: str) -> str:
    """Return what a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_services_show_price_unit_and_time(home, tap):
    page = home.get("/services/").content.decode()

    assert "水龙头/软管更换" in page
    assert "¥30.00" in page
    assert "约 30 分钟" in page


def test_a_resident_books(home, typed, register):
    answer = home.post("/services/book/", typed)

    order = Order.objects.get()
    assert answer.url == f"/my/bookings/{order.number}/"
    assert (order.requester, order.channel) == (register.people["rs"], Order.Channel.WECHAT)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"quantity": "0"}, "数量要大于零"),
        ({"quantity": "两个"}, "数量没有看懂"),
        ({"wish_from": "2026-11-24T09:00"}, "这个时间已过"),
    ],
)
def test_a_wrong_wish_is_explained(home, typed, told, sentence):
    answer = home.post("/services/book/", typed | told)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Order.objects.exists()


def test_nobody_books_for_another_household(signed_in, typed):
    answer = signed_in("neighbor").post("/services/book/", typed)

    assert answer.status_code == 404
    assert not Order.objects.exists()


@pytest.mark.clause("4.2.4")
def test_a_resident_accepts_exactly_what_was_shown(home, quoted):
    order = quoted()
    page = home.get(f"/my/bookings/{order.number}/").content.decode()

    home.post(f"/my/bookings/{order.number}/", {"shown": shown(page, "shown"), "agreed": "on"})

    order.refresh_from_db()
    assert order.standing == Standing.AWAITING_PAYMENT
    assert order.quotes.get().evidence.startswith("account:")


@pytest.mark.clause("4.2.4")
@pytest.mark.parametrize("told", [{"agreed": ""}, {"shown": "0" * 64}])
def test_what_was_not_agreed_or_not_shown_is_not_accepted(home, quoted, told):
    order = quoted()
    page = home.get(f"/my/bookings/{order.number}/").content.decode()
    whole = {"shown": shown(page, "shown"), "agreed": "on"}

    answer = home.post(f"/my/bookings/{order.number}/", whole | told)

    order.refresh_from_db()
    assert (answer.status_code, order.standing) == (422, Standing.QUOTED)


def test_a_stranger_does_not_see_a_booking(signed_in, quoted):
    order = quoted()

    assert signed_in("neighbor").get(f"/my/bookings/{order.number}/").status_code == 404


@pytest.mark.parametrize("stage", ["quoted", "booked", "paid"])
def test_a_resident_gives_up_for_the_fee_that_was_shown(home, request, stage):
    order = request.getfixturevalue(stage)()
    address = f"/my/bookings/{order.number}/cancel/"
    fee = shown(home.get(address).content.decode(), "fee")

    answer = home.post(address, {"fee": fee, "reason": "改天再约"})

    order.refresh_from_db()
    assert (answer.status_code, order.standing) == (302, Standing.CANCELLED)


@pytest.mark.parametrize("told", [{"fee": "1"}, {"reason": ""}])
def test_another_fee_or_no_reason_cancels_nothing(home, booked, told):
    order = booked()

    answer = home.post(
        f"/my/bookings/{order.number}/cancel/", {"fee": "0", "reason": "改天再约"} | told
    )

    order.refresh_from_db()
    assert (answer.status_code, order.standing) == (422, Standing.AWAITING_PAYMENT)


def test_my_bookings_part_what_goes_on_from_what_ended(home, quoted):
    empty = home.get("/my/bookings/").content.decode()
    quoted()

    page = home.get("/my/bookings/").content.decode()

    assert "没有在办的预约" in empty
    assert "水龙头/软管更换" in page


def test_a_resident_reads_when_somebody_comes(home, paid, technician, rc):
    order = paid(wish_from=None)
    course.dispatched(order, technician, starts=AFTERNOON, actor=rc, at=DISPATCHED_AT)

    page = home.get(f"/my/bookings/{order.number}/").content.decode()

    assert formats.clock(AFTERNOON) in page
