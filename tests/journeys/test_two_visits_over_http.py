"""An order that takes two visits, from the call to the settlement, over the API (O9m, I-18)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.over_http import (
    AFTERNOON,
    House,
    Shown,
    audited,
    begun,
    confirmed,
    paid,
    recorded,
    sent,
    settled,
)
from teyue.desks.checks.table import CHECKS
from teyue.foundation.upkeep.checks import run
from teyue.procedure.booking.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
NEXT_DAY = AFTERNOON + timedelta(days=1)


def half(house: House, household: int, staff: int) -> tuple[Shown, Shown]:
    """Do one of two taps and have it confirmed; return the order and the record."""
    order = paid(house, household, quantity="2")
    visit = sent(house, order["number"], staff)
    begun(house, visit["number"])
    first = recorded(house, order["number"], visit["number"], more_visits=True)
    confirmed(house, order["number"], first)
    return order, first


def again(house: House, order: Shown, first: Shown, staff: int) -> Shown:
    """Send somebody for the other tap tomorrow, and have it confirmed; return the record."""
    window = {"appoint_from": NEXT_DAY.isoformat(), "appoint_to": NEXT_DAY.isoformat()}
    coming = house.post("ds", f"/visits/{first['visit']}/continue_order", staff=staff, **window)
    house.callers.clear()
    house.at = NEXT_DAY - timedelta(hours=1)
    begun(house, coming["number"], starts=NEXT_DAY)
    second = recorded(house, order["number"], coming["number"])
    confirmed(house, order["number"], second)
    return second


def standing(house: House, order: Shown) -> str:
    """Return where the order stands as the desk sees it."""
    return str(house.get("rc", f"/orders/{order['number']}")["standing"])


def test_two_visits_are_confirmed_audited_and_settled_as_one(house, household, technician):
    order, first = half(house, household.pk, technician.pk)
    assert standing(house, order) == "in_service"
    second = again(house, order, first, technician.pk)

    audited(house, second)
    assert standing(house, order) == "to_audit"
    waiting = house.get("cs", "/audits/waiting")["items"]
    assert [one["number"] for one in waiting] == [first["number"]]
    audited(house, first)

    slip = settled(house, order["number"])
    assert (slip["actual"], slip["prepaid"], slip["result"]) == ("60.00", "60.00", "even")
    assert standing(house, order) == "settled"
    assert [str(one) for one in run(CHECKS, lambda done: None)] == []


def test_the_second_visit_is_given_up_and_the_rest_given_back(house, household, technician):
    order, first = half(house, household.pk, technician.pk)

    body = {"cause": "household", "reason": "住户不再需要"}
    last = house.post("ds", f"/records/{first['number']}/conclude", **body)
    confirmed(house, order["number"], last)
    audited(house, last)

    slip = settled(house, order["number"])
    assert (slip["actual"], slip["prepaid"], slip["result"]) == ("30.00", "60.00", "refund")


def test_what_was_delivered_is_not_cancelled(house, household, technician):
    order, _first = half(house, household.pk, technician.pk)

    said = house.caller("cs").post(f"/orders/{order['number']}/call_off", reason="停水")

    assert (said.status_code, said.json()["code"]) == (422, "work_delivered")
    assert Order.objects.get().standing == "in_service"
