"""An emergency is served first and paid within a day (F-28, E-18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MORNING, offer
from tests.stories import AFTERNOON, fresh
from teyue.foundation import pen
from teyue.foundation.actors import Evidence
from teyue.foundation.money import Money
from teyue.procedure.booking.facts import Acceptance, Pricing
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.dispatch import operations
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.procedure.dispatch.tests.proof import at_home, in_the_shoes_of, refused, said_no
from teyue.procedure.pricing.models import PriceLine
from teyue.register.people.queries import resident

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.4.2")]
LATER = MORNING + timedelta(hours=3)
BURST = Emergency(
    category=Override.Category.FLOOD, reason="厨房水管爆裂，水已漫到客厅", estimate=Money(30_000)
)
CALL = Acceptance(method=Quote.Method.CALL, evidence="录音 1")


@pytest.fixture
def urgent(quoted, small_set):
    """A pipe that must be mended at once; ``told`` goes to the booking."""

    def build(**told) -> Order:
        asked = {"offer": offer(small_set.office_id, "WX-07"), "urgency": "urgent"}
        return quoted(**asked | {"wish_from": AFTERNOON} | told)

    return build


@pytest.fixture
def given(urgent, cs):
    """An override that 周敏 approved."""
    return operations.override(urgent(), emergency=BURST, actor=cs, at=MORNING)


@pytest.fixture
def late_quote(given, rc):
    """What the emergency was quoted afterwards."""
    return operations.quote_late(given.order, pricing=Pricing(), actor=rc, at=LATER)


@pytest.fixture
def owner(members, household):
    return resident(members["owner"].person, household=household.pk)


def payment(amount: Money) -> Payment:
    return Payment(amount=amount, method=Method.CASH, purpose=Receipt.Purpose.ARREARS)


def test_an_emergency_is_ready_before_it_is_paid(given):
    assert (given.state, given.order.standing) == ("approved", Standing.READY)
    assert given.order.in_arrears and given.pay_due_at == MORNING + timedelta(hours=24)


def test_an_order_that_is_not_urgent_is_paid_first(quoted, cs):
    order = quoted()

    with refused("not_urgent"):
        operations.override(order, emergency=BURST, actor=cs, at=MORNING)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"reason": "漏水"}, "reason_too_short"),
        ({"estimate": Money(0)}, "estimate_missing"),
        ({"estimate": Money(50_001)}, "above_cap"),
    ],
)
def test_an_emergency_has_a_reason_and_an_estimate_within_the_cap(urgent, cs, told, code):
    order = urgent()

    with refused(code):
        operations.override(order, emergency=replace(BURST, **told), actor=cs, at=MORNING)


def test_nobody_approves_for_the_own_home(urgent, cs, household):
    order = urgent()

    with refused("own_household"):
        operations.override(order, emergency=BURST, actor=at_home(cs, household), at=MORNING)


def test_who_registered_does_not_approve(urgent, cs, rc):
    order = urgent()

    with refused("approver_involved"):
        operations.override(order, emergency=BURST, actor=in_the_shoes_of(cs, rc), at=MORNING)


def test_one_unpaid_emergency_a_household(given, urgent, cs, small_set):
    second = urgent(offer=offer(small_set.office_id, "WX-04"), wish_from=None)

    with refused("earlier_unpaid"):
        operations.override(second, emergency=BURST, actor=cs, at=LATER)


def test_an_emergency_is_quoted_afterwards_and_accepted(late_quote, owner, rc):
    caller = owner.typed_by(rc, Evidence("call_recorded", "录音 1"))

    operations.accept_late(late_quote, acceptance=CALL, actor=caller, at=LATER)

    order = fresh(late_quote.order)
    assert late_quote.state == Quote.State.ACCEPTED
    assert order.agreed == order.required == late_quote.total


def test_only_an_emergency_is_quoted_afterwards(dispatched, rc):
    order = dispatched()

    with refused("not_an_emergency"):
        operations.quote_late(order, pricing=Pricing(), actor=rc, at=LATER)


def test_what_was_accepted_is_not_quoted_again(late_quote, owner, rc):
    operations.accept_late(late_quote, acceptance=CALL, actor=owner, at=LATER)

    with refused("already_accepted"):
        operations.quote_late(late_quote.order, pricing=Pricing(), actor=rc, at=LATER)


@pytest.fixture
def seen(small_set, given):
    """The emergency of a pipe whose price is named on site, from ¥80 to ¥400."""
    line = PriceLine.objects.filter(pk=given.order.line_id)
    with pen.held(PriceLine):
        line.update(price_mode="range", range_min=Money(8000), range_max=Money(40_000))
    return fresh(given.order)


@pytest.mark.parametrize("login", ["ds", "cs"])
def test_a_supervisor_names_the_price_of_an_emergency_on_site(seen, login, request, owner):
    price = Pricing(on_site_price=Money(12_000))
    who = request.getfixturevalue(login)

    quote = operations.quote_late(seen, pricing=price, actor=who, at=LATER)
    operations.accept_late(quote, acceptance=CALL, actor=owner, at=LATER)

    assert quote.lines[0]["unit_price"] == 12_000
    assert fresh(seen).agreed == quote.total


@pytest.mark.parametrize(
    ("login", "price", "code"),
    [
        ("rc", Money(12_000), "needs_site_quote"),
        ("ds", None, "no_site_price"),
        ("ds", Money(7_999), "outside_range"),
        ("cs", Money(40_001), "outside_range"),
    ],
)
def test_a_price_named_late_keeps_its_bounds(seen, login, price, code, request):
    who = request.getfixturevalue(login)

    with refused(code):
        pricing = Pricing(on_site_price=price)
        operations.quote_late(seen, pricing=pricing, actor=who, at=LATER)


def test_a_listed_price_is_not_named_on_site(given, ds):
    with refused("price_is_fixed"):
        pricing = Pricing(on_site_price=Money(12_000))
        operations.quote_late(given.order, pricing=pricing, actor=ds, at=LATER)


def test_page_and_endpoint_name_the_price_on_site_alike(seen, given, calling, signed_in, at_time):
    at_time(LATER)
    page = f"/orders/{seen.number}/emergency/quote/"
    desk, path = signed_in("ds"), f"/overrides/{given.number}/quote_late"

    refusal = calling("ds").post(path, on_site_price="900.00")
    again = desk.post(page, {"on_site_price": "900.00"})
    offered = calling("ds").post(path, on_site_price="120.00")

    assert said_no(refusal, 422, "outside_range")
    assert again.status_code == 422 and 'value="900.00"' in again.content.decode()
    assert (offered.status_code, offered.json()["total"]) == (201, "120.00")
    assert "80.00 至 400.00 元" in desk.get(page).content.decode()


def test_strangers_accept_nothing(late_quote, neighbor):
    with refused("not_of_household"):
        operations.accept_late(late_quote, acceptance=CALL, actor=neighbor, at=LATER)


def test_a_late_quote_expires_too(late_quote, owner):
    with refused("quote_expired"):
        after = late_quote.valid_until
        operations.accept_late(late_quote, acceptance=CALL, actor=owner, at=after)


def test_what_was_typed_for_the_household_needs_its_proof(late_quote, owner, rc):
    caller = owner.typed_by(rc, Evidence("call_recorded", ""))

    with refused("evidence_missing"):
        blank = replace(CALL, evidence="")
        operations.accept_late(late_quote, acceptance=blank, actor=caller, at=LATER)


def test_an_emergency_is_paid_up_in_whole(late_quote, given, owner, ca, open_shift):
    operations.accept_late(late_quote, acceptance=CALL, actor=owner, at=LATER)

    receipt = operations.redeem(
        given, payment=payment(late_quote.total), shift=open_shift, actor=ca, at=LATER
    )

    assert (given.state, receipt.amount) == (Override.State.PAID, late_quote.total)
    assert not fresh(given.order).in_arrears


def test_a_part_is_not_taken(late_quote, given, owner, ca, open_shift):
    operations.accept_late(late_quote, acceptance=CALL, actor=owner, at=LATER)

    with refused("arrears_in_part"):
        part = payment(late_quote.total - Money(1))
        operations.redeem(given, payment=part, shift=open_shift, actor=ca, at=LATER)


def test_nothing_is_due_before_there_is_a_price(given, ca, open_shift):
    with refused("nothing_due"):
        operations.redeem(given, payment=payment(Money(100)), shift=open_shift, actor=ca, at=LATER)


def test_the_whole_way_over_the_api(urgent, calling, members, open_shift):
    order = urgent()
    cs, rc, ca = calling("cs"), calling("rc"), calling("ca")
    said = {"category": "flood", "reason": BURST.reason, "estimate": "300.00"}

    number = cs.post("/overrides", order=order.number, **said).json()["number"]
    total = rc.post(f"/overrides/{number}/quote_late").json()["total"]
    proof = {"kind": "call_recorded", "reference": "录音 1"}
    body = {"for": "requester", "evidence": proof, "method": "call_recorded"}
    accepted = rc.post(f"/overrides/{number}/accept_late", **body)
    paid = ca.post(f"/overrides/{number}/redeem", amount=total, method="cash")

    assert (accepted.status_code, paid.status_code, paid.json()["amount"]) == (200, 200, total)
    assert cs.get(f"/overrides/{number}").json()["state"] == "paid"


def test_page_and_endpoint_refuse_alike(quoted, calling, signed_in):
    order = quoted()
    said = {"category": "flood", "reason": BURST.reason, "estimate": "300.00"}

    answer = calling("cs").post("/overrides", order=order.number, **said)
    page = signed_in("cs").post(f"/orders/{order.number}/emergency/", said)

    assert said_no(answer, 422, "not_urgent")
    assert page.status_code == 422 and "只有急单才能应急先行" in page.content.decode()
    assert not Override.objects.exists()


def test_the_page_shows_the_cap(urgent, signed_in):
    page = signed_in("cs").get(f"/orders/{urgent().number}/emergency/").content.decode()

    assert "¥500.00" in page
