"""One paid order whole, through the operations (clauses 4.2.3 to 4.2.5, 4.3.1, 3.5)."""

from __future__ import annotations

import pytest

from teyue.desks.casefile.standing import standing_of
from teyue.foundation.journal.models import Entry
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.settlement.models import Settlement

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

CHAIN = [
    "booking.register",
    "booking.quote",
    "booking.accept",
    "cashier.receive",
    "dispatch.assign",
    "dispatch.accept",
    "dispatch.depart",
    "dispatch.arrive",
    "service.start",
    "service.finish",
    "service.record",
    "service.confirm",
    "service.close_visit",
    "audit.approve",
    "settlement.settle",
]


REACHED = {
    "quoted": Standing.QUOTED,
    "booked": Standing.AWAITING_PAYMENT,
    "paid": Standing.READY,
    "dispatched": Standing.DISPATCHED,
    "started": Standing.IN_SERVICE,
    "recorded": Standing.TO_CONFIRM,
    "confirmed": Standing.TO_AUDIT,
    "audited": Standing.TO_SETTLE,
    "settled": Standing.SETTLED,
}


@pytest.mark.parametrize(("builder", "standing"), REACHED.items())
def test_stands_where_its_papers_say(request, builder, standing):
    order = request.getfixturevalue(builder)()

    assert (order.standing, standing_of(order)) == (standing, standing)


def test_goes_from_the_call_to_the_settlement(settled):
    order = settled()

    assert order.standing == Standing.SETTLED == standing_of(order)
    entries = Entry.objects.filter(case_id=order.pk).order_by("pk")
    assert list(entries.values_list("step", flat=True)) == CHAIN


def test_leaves_nothing_owed_and_the_charge_earned(settled):
    order = settled()

    slip = Settlement.objects.get(order=order)
    assert (slip.actual, slip.prepaid, slip.difference) == (Money(3000), Money(3000), NOTHING)
    assert balance(Account.PREPAYMENT) == NOTHING
    assert balance(Account.REVENUE) == -Money(3000)
    assert balance(Account.CASH) == Money(3000)


def test_gives_every_numbered_form_its_number(settled):
    order = settled()

    assert order.number == "F07-YXY1-20261124-0001"
    assert order.visits.get().number == "F10-YXY1-20261124-0001"
    assert order.records.get().number == "F12-YXY1-20261124-0001"
    assert order.settlements.get().number == "F13-YXY1-20261124-0001"
    assert order.receipts.get().number == "F11-YXY1-0000001"


def test_moves_money_only_between_two_accounts(settled):
    settled()

    assert Movement.objects.count() == 2
