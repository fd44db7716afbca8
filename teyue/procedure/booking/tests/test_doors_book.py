from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teyue.procedure.booking.models import Order

pytestmark = pytest.mark.clause("4.2.4")


def test_book(calling, household, tap):
    rc = calling("rc")
    body = {
        "household": household.pk,
        "item": "WX-01",
        "quantity": "2",
        "wish_from": "2026-11-24T14:00:00+08:00",
        "evidence": "录音 1",
    }
    rc.post("/orders/book", **{**body, "quantity": "0"})
    rc.get("/orders")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = rc.post("/orders/book", "k1", **body)
    print(answer.json())
    for q in seen.captured_queries:
        print(q["sql"][:230])
        print()
    assert answer.status_code == 201
    assert Order.objects.get().standing == "awaiting_payment"
