from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import TOMORROW
from tests.stories import DISPATCHED_AT, STARTED_AT, fresh, visit_of
from teyue.config.wiring import deliver
from teyue.foundation.clock import local_day
from teyue.foundation.journal.models import Entry
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.cashier.queries import receipts_seen_by
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations, reactions
from teyue.register.estate import operations as estate
from teyue.register.estate.facts import HouseholdMovedOut, MemberFacts, Occupancy
from teyue.register.estate.models import Household, Member
from teyue.register.people import queries as people

__all__ = ["calling", "morning", "signed_in"]

pytestmark = [pytest.mark.clause("4.2.4"), pytest.mark.clause("4.3.1")]
LATER = DISPATCHED_AT + timedelta(minutes=5)


@pytest.fixture
def move_out(cs):
    """Let a household move out, and deliver what was told of it."""

    def build(household: Household, *, at=LATER) -> None:
        fresh_one = Household.objects.select_related("unit", "office").get(pk=household.pk)
        estate.move_out(fresh_one, actor=cs, at=at)
        deliver(at)

    return build


def test_open_orders_end_free_and_the_payer_is_repaid(dispatched, household, move_out):
    order = dispatched()

    move_out(household)

    order = fresh(order)
    assert (order.standing, order.ended_because) == (Standing.CANCELLED, "moved_out")
    assert (order.required.fen, visit_of(order).state) == (0, "cancelled")
    assert (Refund.objects.get().payee_id, Refund.objects.get().amount.fen) == (
        order.payer_id,
        3_000,
    )


def test_a_wish_that_was_only_quoted_ends_as_well(quoted, household, move_out):
    order = quoted()

    move_out(household)

    assert fresh(order).standing == Standing.CANCELLED
    assert not Refund.objects.exists()


def test_even_late_it_costs_nothing(dispatched, household, move_out):
    order = dispatched()

    move_out(household, at=STARTED_AT - timedelta(minutes=5))

    assert fresh(order).required.fen == 0


def test_what_is_in_service_goes_on(started, household, move_out):
    order = started()

    move_out(household, at=STARTED_AT + timedelta(minutes=1))

    assert fresh(order).standing == Standing.IN_SERVICE


def test_the_orders_of_the_neighbors_go_on(paid, household, neighbors, move_out):
    order = paid(household=neighbors, wish_from=TOMORROW)

    move_out(household)

    assert fresh(order).standing == Standing.READY


def test_the_journal_says_that_the_system_did_it(paid, household, move_out):
    order = paid()

    move_out(household)

    entry = Entry.objects.get(step="settlement.vacate", case_id=order.pk)
    assert entry.actor == people.system().id


def test_a_fact_that_comes_twice_does_nothing_more(paid, household, move_out):
    paid()
    move_out(household)

    assert reactions.cancel_orders(HouseholdMovedOut(household=household.pk), LATER) == 0
    assert reactions.cancel_left_behind(LATER) == 0


def test_a_household_that_lives_there_keeps_its_orders(paid):
    order = paid()

    with refused("household_open"):
        operations.vacate(order, actor=people.system(), at=LATER)


def test_only_the_system_cancels_for_a_household_that_moved_out(paid, household, cs):
    order = paid()
    one = Household.objects.select_related("unit", "office").get(pk=household.pk)
    estate.move_out(one, actor=cs, at=LATER)

    with refused("no_power"):
        operations.vacate(fresh(order), actor=cs, at=LATER)


@pytest.fixture
def newcomers(dispatched, household, move_out, cs) -> Household:
    """Who lives in 3-2-1102 after the former household ordered, paid and moved out."""
    dispatched()
    move_out(household)
    occupancy = Occupancy(opened_on=local_day(LATER))
    who = MemberFacts(name="姚远", phone="13900001111", relation=Member.Relation.OWNER)
    unit = Household.objects.select_related("unit__building__office").get(pk=household.pk).unit
    return estate.add_household(unit, occupancy=occupancy, members=[who], actor=cs, at=LATER)


def test_who_moves_in_next_sees_nothing_of_the_former_household(newcomers):
    member = Member.objects.select_related("person").get(household=newcomers)
    resident = people.resident(member.person, household=newcomers.pk)

    assert Order.objects.exists()
    assert not orders.seen_by(resident).exists()
    assert not receipts_seen_by(resident).exists()


def test_who_moved_out_sees_the_old_file_no_more(newcomers, register, calling):
    now = register.actor("rs")

    assert not orders.seen_by(now).exists()
    assert newcomers.pk not in now.tied("household")
    assert calling("rs").get("/orders").json()["items"] == []


def test_the_desk_of_the_former_resident_is_empty(newcomers, signed_in):
    number = Order.objects.get().number
    browser = signed_in("rs")

    pages = {name: browser.get(f"/{name}/") for name in (f"orders/{number}", "my/bookings")}

    assert pages[f"orders/{number}"].status_code == 404
    assert str(number) not in pages["my/bookings"].content.decode()
