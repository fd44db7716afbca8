"""How many statements the till may cost a door, authentication and idempotency included."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.clause("4.3.1")


def statements(deed) -> list[str]:
    """Return what a deed asks of the database, the borders of transactions left out."""
    with CaptureQueriesContext(connection) as seen:
        deed()
    borders = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")
    return [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(borders)]


def test_a_payment_costs_ten_statements(calling, booked, neighbors, open_shift):
    first, order = booked(household=neighbors), booked()
    cashier = calling("ca")
    cashier.post("/receipts", "k0", order=first.number, method="cash")

    asked = statements(lambda: cashier.post("/receipts", "k1", order=order.number, method="cash"))
    for s in asked:
        print(s[: int(__import__("os").environ.get("W", "150"))])
        print()

    assert order.receipts.count() == 1
    assert len(asked) <= 10


def test_a_settlement_with_topup_costs_thirteen_statements(calling, cleaned):
    order = cleaned()
    cashier = calling("ca")
    cashier.get("/orders")

    body = {"order": order.number, "itemized": True}
    asked = statements(lambda: print(cashier.post("/settlements", "k1", **body).json()))
    for s in asked:
        print(s[: int(__import__("os").environ.get("W", "150"))])
        print()

    assert order.settlements.count() == 1
    assert len(asked) <= 13
