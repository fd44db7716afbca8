from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import APPROVED
from teyue.foundation import pen
from teyue.foundation.journal.models import Entry
from teyue.foundation.refusal import Refused
from teyue.procedure.booking import operations
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.planning.models import Item
from teyue.procedure.pricing.models import PriceLine, Standard
from teyue.register.company import edition
from teyue.register.company.models import Edition
from teyue.register.estate.models import Household, Member
from teyue.register.people.models import Staff

pytestmark = pytest.mark.clause("4.2.4")

AFTERNOON = "2026-11-24T14:00:00+08:00"
STATEMENTS = 11


@pytest.fixture
def wish(household, tap):
    """What is sent for one tap this afternoon."""
    return {"household": household.pk, "item": "WX-01", "quantity": "2", "wish_from": AFTERNOON}


@pytest.fixture
def register_order(calling, wish):
    """Send a wish as 林小雨, with what is told differently."""
    rc = calling("rc")
    return lambda **told: rc.post("/orders", **{**wish, **told})


def change(model, *, where, **values):
    """Change stable facts as if their operations had."""
    with pen.held(model, Edition):
        model.objects.filter(**where).update(**values)
        edition.replace()


def refused(answer, code, *, field=None):
    """Assert that an answer says no, and that nothing was written."""
    said = answer.json()
    assert (answer.status_code // 100, said["code"], said.get("field")) == (4, code, field)
    assert not Order.objects.exists()
    assert not Reservation.objects.exists()
    assert not Entry.objects.filter(step__startswith="booking.").exists()


def invalid(answer, field):
    """Assert that the input was not understood, and that nothing was written."""
    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "invalid")
    assert [error["field"] for error in said["errors"]] == [field]
    assert not Order.objects.exists()


def test_a_wish_is_registered_with_frozen_price_and_capacity(register_order, tap):
    answer = register_order()

    said = answer.json()
    order = Order.objects.get(number=said["number"])
    assert (answer.status_code, said["standing"], said["quantity"]) == (201, "registered", "2")
    assert (order.line, order.standard_id) == (tap.line, tap.standard_id)
    assert Reservation.objects.get(order=order, freed_at=None).department is not None
    assert {step["operation"] for step in said["allowed_steps"]} >= {"booking.quote"}


def test_the_price_is_not_taken_from_the_caller(register_order):
    answer = register_order(unit_price="1.00")

    invalid(answer, "unit_price")


@pytest.mark.parametrize("typed", ["0", "3.333", "两个", "-1", "", "１２３４５６", True, [], None])
def test_a_quantity_that_is_none_is_refused(register_order, typed):
    answer = register_order(quantity=typed)

    invalid(answer, "quantity")


@pytest.mark.parametrize(("typed", "kept"), [("２", 200), ("1.5", 150), (3, 300), ("2.50", 250)])
def test_a_quantity_may_be_typed_as_people_type(register_order, typed, kept):
    register_order(quantity=typed)

    assert Order.objects.get().qty_x100 == kept


@pytest.mark.parametrize(
    ("begin", "code"),
    [
        ("2026-11-24T09:00:00+08:00", "slot_past"),
        ("2026-11-25T22:00:00+08:00", "office_closed"),
    ],
)
def test_a_time_that_cannot_be_is_refused(register_order, begin, code):
    refused(register_order(wish_from=begin), code, field="wish_from")


@pytest.mark.clause("4.4.3")
def test_drilling_keeps_the_quiet_hours(register_order):
    answer = register_order(item="AZ-01", wish_from="2026-11-25T12:30:00+08:00")

    refused(answer, "quiet_hours", field="wish_from")


def test_a_full_slot_is_refused(register_order):
    with pen.held(Staff):
        Staff.objects.update(state=Staff.State.LEFT)

    with pen.held(Edition):
        edition.replace()

    refused(register_order(), "no_capacity", field="item")


def test_a_time_without_zone_is_refused(register_order):
    invalid(register_order(wish_from="2026-11-25T14:00:00"), "wish_from")


def test_an_unknown_item_is_refused(register_order):
    refused(register_order(item="ZZ-99"), "item_unknown", field="item")


@pytest.mark.clause("4.2.2")
def test_a_suspended_item_is_refused(register_order):
    change(Item, where={"code": "WX-01"}, state=Item.State.SUSPENDED)

    refused(register_order(), "item_not_active", field="item")


def test_an_item_without_price_is_refused(register_order):
    change(PriceLine, where={"item__code": "WX-01"}, effective_to=APPROVED)

    refused(register_order(), "item_unknown", field="item")


def test_an_item_without_standard_is_refused(register_order):
    ended = APPROVED + timedelta(days=1)
    change(Standard, where={"item__code": "WX-01"}, effective_to=ended)

    refused(register_order(), "no_standard_in_force", field="item")


def test_a_price_that_has_ended_meanwhile_is_refused(wished, rc, tap):
    asked, ended = wished(), tap.line.effective_from - timedelta(minutes=1)

    with pytest.raises(Refused) as caught:
        operations.register(asked, actor=rc, at=ended)

    said = caught.value
    assert (said.code, said.field, said.clause) == ("no_price_in_force", "item", "4.2.4")
    assert "先公布价目" in str(said)
    assert not Order.objects.exists() and not Reservation.objects.exists()
    assert not Entry.objects.filter(step__startswith="booking.").exists()


def test_a_household_that_moved_out_is_refused(register_order, household):
    change(Household, where={"pk": household.pk}, state=Household.State.CLOSED)

    refused(register_order(), "household_closed", field="household")


def test_a_household_that_is_not_there_is_not_found(register_order):
    refused(register_order(household=999_999), "not_found")


def test_a_helper_may_not_order(register_order, members):
    helper = members["helper"]
    change(Member, where={"pk": helper.pk}, can_order=False)

    answer = register_order(requester=helper.person_id)

    refused(answer, "requester_may_not_order", field="requester")


@pytest.mark.parametrize("field", ["requester", "payer", "contact"])
def test_strangers_of_the_household_are_refused(register_order, register, field):
    stranger = register.people["neighbor"].pk

    refused(register_order(**{field: stranger}), "not_a_member", field=field)


def test_drilling_for_somebody_else_needs_the_owner(register_order, members):
    family = members["family"].person_id

    answer = register_order(item="AZ-01", wish_from=None, requester=family)

    refused(answer, "owner_consent_missing", field="owner_consent")


def test_the_consent_of_the_owner_is_kept(register_order, members):
    told = {"requester": members["family"].person_id, "owner_consent": "业主 10:40 来电同意"}

    answer = register_order(item="AZ-01", wish_from=None, **told)

    assert answer.status_code == 201
    assert Order.objects.get().consents.get().owner == members["owner"].person


def test_a_duplicate_needs_a_reason(register_order):
    first = register_order().json()["number"]

    answer = register_order()

    said = answer.json()
    assert (said["code"], said["field"]) == ("duplicate_unanswered", "duplicate_reason")
    assert [order.number for order in Order.objects.all()] == [first]


def test_a_duplicate_with_a_reason_is_registered(register_order):
    register_order()

    answer = register_order(duplicate_reason="另一个卫生间")

    assert answer.status_code == 201
    assert Order.objects.latest("pk").duplicate_reason == "另一个卫生间"


@pytest.mark.clause("4.4.2")
def test_an_unpaid_emergency_bars_the_next_order(register_order, booked):
    owed = booked()
    change(Order, where={"pk": owed.pk}, in_arrears=True)

    answer = register_order(item="WX-02", wish_from=None)

    assert answer.json()["code"] == "household_in_arrears"
    assert Order.objects.count() == 1


@pytest.mark.clause("4.3.1")
def test_nobody_registers_for_the_own_household_as_staff(register_order, register, household):
    change(Staff, where={"pk": register.staff["rc"].pk}, household=household)

    refused(register_order(), "own_household")


def test_residents_register_for_themselves(calling, wish, register):
    answer = calling("rs").post("/orders", **wish)

    assert answer.status_code == 201
    assert Order.objects.get().requester == register.people["rs"]


def test_residents_do_not_register_in_another_name(calling, wish, members):
    answer = calling("rs").post("/orders", **wish, requester=members["family"].person_id)

    refused(answer, "not_yours", field="requester")


def test_residents_do_not_see_other_households(calling, wish):
    refused(calling("neighbor").post("/orders", **wish), "not_found")


@pytest.mark.parametrize("login", ["ca", "fn", "au", "gm"])
def test_only_the_desk_registers(calling, wish, login):
    answer = calling(login).post("/orders", **wish)

    assert answer.json()["code"] in ("no_power", "not_found")
    assert not Order.objects.exists()


def test_the_same_key_registers_once(calling, wish):
    rc = calling("rc")

    first, again = rc.post("/orders", "k1", **wish), rc.post("/orders", "k1", **wish)

    assert first.json() == again.json()
    assert Order.objects.count() == 1


@pytest.mark.clause("4.2.3")
def test_a_call_books_in_few_statements(calling, wish):
    rc = calling("rc")
    rc.post("/orders/book", "warm", **wish, evidence="录音 1")

    with CaptureQueriesContext(connection) as seen:
        told = {"evidence": "录音 2", "duplicate_reason": "另一处"}
        answer = rc.post("/orders/book", "k2", **wish, **told)

    written = [one["sql"] for one in seen if "SAVEPOINT" not in one["sql"]]
    assert (answer.status_code, answer.json()["standing"]) == (201, Standing.AWAITING_PAYMENT)
    assert len(written) <= STATEMENTS, "\n".join(written)


def test_a_call_needs_its_evidence(calling, wish):
    refused(calling("rc").post("/orders/book", **wish), "evidence_missing", field="evidence")


def test_a_call_does_not_book_what_is_priced_on_site(calling, wish):
    line = PriceLine.objects.filter(price_mode="range").select_related("item").earliest("pk")
    told = {"item": line.item.code, "variant": line.variant, "wish_from": None, "evidence": "1"}

    refused(calling("rc").post("/orders/book", **wish | told), "needs_site_quote")
