from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING, offer
from tests.stories import fresh
from teyue.desks.dispatch.tests.stories import SOON
from teyue.foundation.money import Money
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.models import Quote
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.procedure.dispatch.tests.proof import everything, said_no

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.4.2")]
LATER = SOON + timedelta(minutes=30)


@pytest.fixture
def desk(emergency, signed_in, at_time):
    """The reception, half an hour after somebody was sent to an emergency."""
    at_time(LATER)
    client = signed_in("rc")
    client.order = emergency
    client.page = f"/orders/{emergency.number}/emergency"
    return client


def said(order, **told):
    """What the reception writes down of the household's answer."""
    member = {"person": order.requester_id, "method": "call_recorded"}
    return {**member, "reference": "录音 0571-1042", **told}


def test_the_listed_price_is_named_before_it_is_offered(desk):
    page = desk.get(f"{desk.page}/quote/").content.decode()

    assert "¥80.00" in page and "厨房给水管爆裂" in page


def test_the_price_is_offered_and_accepted_over_the_telephone(desk):
    offered = desk.post(f"{desk.page}/quote/", {})
    accepted = desk.post(f"{desk.page}/accept/", said(desk.order))

    assert offered.url == f"{desk.page}/accept/"
    assert accepted.url == f"/orders/{desk.order.number}/"
    assert fresh(desk.order).agreed == Money(8000)
    assert Quote.objects.get(state="accepted").evidence == "录音 0571-1042"


def test_who_may_not_type_for_the_household_returns_to_the_case(desk, signed_in):
    offered = signed_in("ds").post(f"{desk.page}/quote/", {})

    assert offered.url == f"/orders/{desk.order.number}/"


def test_a_stranger_does_not_accept_and_nothing_typed_is_lost(desk, register):
    before = everything()

    page = desk.post(f"{desk.page}/accept/", said(desk.order, person=register.people["gm"].pk))

    assert page.status_code == 422
    assert "不是这户现在的成员" in page.content.decode()
    assert "录音 0571-1042" in page.content.decode()
    assert everything() == before


def test_page_and_endpoint_refuse_what_was_accepted_already(desk, calling):
    desk.post(f"{desk.page}/accept/", said(desk.order))
    number, caller = desk.order.overrides.get().number, calling("rc")
    before = everything()

    page = desk.post(f"{desk.page}/quote/", {})
    answer = caller.post(f"/overrides/{number}/quote_late")

    assert page.status_code == 409 and "住户已接受报价" in page.content.decode()
    assert said_no(answer, 409, "already_accepted")
    assert everything() == before


@pytest.fixture
def unpriced(wished, rc, ds, office):
    """A burst pipe that was let through before anybody named its price."""
    leak = wished(offer=offer(office.pk, "WX-07"), urgency="urgent", wish_from=None)
    order = booking.register(leak, actor=rc, at=MORNING)
    flood, price = Override.Category.FLOOD, Money(8000)
    need = Emergency(category=flood, reason="厨房给水管爆裂，正在漏到楼下", estimate=price)
    dispatch.override(order, emergency=need, actor=ds, at=MORNING)
    return fresh(order)


def test_what_has_no_price_yet_is_not_accepted(unpriced, signed_in):
    desk, address = signed_in("rc"), f"/orders/{unpriced.number}/emergency/accept/"
    before = everything()

    shown = desk.get(address)
    answer = desk.post(address, said(unpriced))

    refusal = shown.context["refusal_now"]
    assert (refusal.code, refusal.clause, answer.status_code) == ("not_quoted", "4.4.2", 409)
    assert "请您先按价目补报价" in shown.content.decode()
    assert "请您先按价目补报价" in answer.content.decode()
    assert f"/orders/{unpriced.number}/emergency/quote/" in shown.content.decode()
    assert everything() == before


def test_an_order_that_is_no_emergency_says_what_to_do(paid, signed_in):
    order = paid()

    page = signed_in("rc").get(f"/orders/{order.number}/emergency/quote/").content.decode()

    assert "请按一般程序报价、预交" in page
    assert 'id="late"' not in page


def test_the_household_accepts_on_its_own_telephone(desk, signed_in):
    home, address = signed_in("rs"), f"/my/bookings/{desk.order.number}/"
    page = home.get(address).content.decode()
    shown = page.partition('name="shown" value="')[2].partition('"')[0]

    home.post(address, {"shown": shown, "agreed": "on"})

    assert "应急服务的报价请您确认" in page
    assert fresh(desk.order).agreed == Money(8000)
    assert "确认报价" not in home.get(address).content.decode()


def test_the_workbench_names_the_emergencies_without_a_price(desk):
    waiting = desk.get("/workbench/").content.decode()
    desk.post(f"{desk.page}/accept/", said(desk.order))

    assert f"{desk.page}/quote/" in waiting
    assert f"{desk.page}/quote/" not in desk.get("/workbench/").content.decode()
