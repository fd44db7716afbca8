from __future__ import annotations

import pytest

from tests.cast import MORNING, offer
from teyue.foundation.journal.models import Entry
from teyue.foundation.refusal import Refused
from teyue.procedure.booking import operations
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.models import Quote, Standing
from teyue.procedure.pricing.models import PriceLine

pytestmark = pytest.mark.clause("4.2.4")


@pytest.fixture
def registered(wished, rc):
    """A tap that was wished for and has no price yet."""
    return lambda **told: operations.register(wished(**told), actor=rc, at=MORNING)


@pytest.fixture
def on_site(registered, small_set):
    """An order whose price is named on site."""
    line = PriceLine.objects.filter(price_mode="range").select_related("item").earliest("pk")
    found = offer(small_set.office_id, line.item.code, line.variant)
    return registered(offer=found, wish_from=None)


def unpriced(order):
    order.refresh_from_db()
    return (order.standing, Quote.objects.count()) == (Standing.REGISTERED, 0)


def test_the_listed_price_is_offered(calling, registered):
    order = registered(qty_x100=200)

    answer = calling("rc").post(f"/orders/{order.number}/quote")

    said = answer.json()
    assert (answer.status_code, said["standing"]) == (200, "quoted")
    assert said["quotes"][0]["total"] == "60.00"
    assert said["quotes"][0]["lines"][0]["quantity"] == "2"


def test_a_second_quote_supersedes_the_first(calling, quoted):
    order = quoted()

    answer = calling("rc").post(f"/orders/{order.number}/quote")

    assert answer.json()["quotes"][0]["no"] == 2
    assert [quote.state for quote in order.quotes.order_by("no")] == ["superseded", "offered"]


@pytest.mark.parametrize("login", ["ca", "fn", "om", "rs"])
def test_only_the_desk_quotes(calling, registered, login):
    order = registered()

    answer = calling(login).post(f"/orders/{order.number}/quote")

    assert (answer.status_code, answer.json()["code"]) == (403, "no_power")
    assert unpriced(order)


def test_what_was_moved_meanwhile_is_not_quoted(calling, registered):
    order = registered()

    answer = calling("rc").post(f"/orders/{order.number}/quote", row_version=99)

    assert (answer.status_code, answer.json()["code"]) == (409, "moved_meanwhile")
    assert unpriced(order)


def test_an_accepted_order_is_not_quoted_again(calling, booked):
    order = booked()

    answer = calling("rc").post(f"/orders/{order.number}/quote")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert order.quotes.count() == 1


def test_a_price_of_the_place_is_not_read_from_the_list(calling, on_site):
    answer = calling("rc").post(f"/orders/{on_site.number}/quote")

    assert answer.json()["code"] == "needs_site_quote"
    assert unpriced(on_site)


def test_a_supervisor_names_the_price_on_site(calling, on_site):
    price = str(on_site.line.range_min)

    answer = calling("ds").post(f"/orders/{on_site.number}/quote_on_site", on_site_price=price)

    assert (answer.status_code, answer.json()["standing"]) == (200, "quoted")
    assert Quote.objects.get().lines[0]["unit_price"] == on_site.line.range_min.fen


@pytest.mark.parametrize(
    ("login", "price", "code"),
    [
        ("rc", "100.00", "no_power"),
        ("ds", "999999.00", "outside_range"),
        ("ds", "-1", "invalid"),
        ("ds", 100, "invalid"),
    ],
)
def test_a_price_on_site_keeps_its_bounds(calling, on_site, login, price, code):
    answer = calling(login).post(f"/orders/{on_site.number}/quote_on_site", on_site_price=price)

    assert answer.json()["code"] == code
    assert unpriced(on_site)


def test_a_quote_on_site_names_its_price(on_site, ds):
    with pytest.raises(Refused) as caught:
        operations.quote_on_site(on_site, pricing=Pricing(), actor=ds, at=MORNING)

    said = caught.value
    assert (said.code, said.field, said.clause) == ("no_site_price", "on_site_price", "4.2.4")
    assert unpriced(on_site)
    assert not Entry.objects.filter(step="booking.quote_on_site").exists()


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_ask_for_the_price_of_the_place(calling, signed_in, on_site, door):
    if door == "page":
        answer = signed_in("ds").post(f"/orders/{on_site.number}/quote-on-site/", {})
    else:
        answer = calling("ds").post(f"/orders/{on_site.number}/quote_on_site")

    assert answer.status_code == 422
    assert unpriced(on_site)


def test_a_listed_price_is_not_named_on_site(calling, registered):
    order = registered()

    answer = calling("ds").post(f"/orders/{order.number}/quote_on_site", on_site_price="1.00")

    assert answer.json()["code"] == "price_is_listed"
    assert unpriced(order)


def test_the_page_quotes_on_site(signed_in, on_site):
    page = f"/orders/{on_site.number}/quote-on-site/"

    shown = signed_in("ds").get(page)
    answer = signed_in("ds").post(page, {"on_site_price": str(on_site.line.range_min)})

    assert (shown.status_code, answer.status_code) == (200, 302)
    assert Quote.objects.get().order == on_site


def test_the_page_keeps_what_was_typed(signed_in, on_site):
    page = f"/orders/{on_site.number}/quote-on-site/"

    answer = signed_in("ds").post(page, {"on_site_price": "999999"})

    assert answer.status_code == 422
    assert 'value="999999"' in answer.content.decode()
    assert unpriced(on_site)


def test_the_order_shows_what_was_offered(calling, quoted):
    order = quoted()

    said = calling("rc").get(f"/orders/{order.number}").json()

    assert said["quotes"][0]["total"] == str(order.quotes.get().total)
