"""How many statements the till may cost a door, authentication and idempotency included."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.clause("4.3.1")
BORDERS = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def statements(deed: Callable[[], object]) -> list[str]:
    """Return what a deed asks of the database, the borders of transactions left out."""
    with CaptureQueriesContext(connection) as seen:
        deed()
    asked = [one["sql"] for one in seen.captured_queries]
    return [sql for sql in asked if not sql.startswith(BORDERS)]


def test_a_payment_costs_ten_statements(calling, booked, neighbors, open_shift):
    first, order = booked(household=neighbors), booked()
    cashier = calling("ca")
    cashier.post("/receipts", "k0", order=first.number, method="cash")

    asked = statements(lambda: cashier.post("/receipts", "k1", order=order.number, method="cash"))

    assert order.receipts.count() == 1
    assert len(asked) <= 10, asked


def test_a_settlement_with_top_up_costs_twelve_statements(calling, cleaned):
    order, cashier = cleaned(), calling("ca")
    cashier.get("/orders")
    body = {"order": order.number, "itemized": True}

    asked = statements(lambda: cashier.post("/settlements", "k1", **body))

    assert order.settlements.count() == 1
    assert len(asked) <= 12, asked
