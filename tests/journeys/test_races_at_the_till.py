"""Two cashiers, one order; eight windows, one series of receipts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from tests.cast import MORNING
from teyue.desks.demo import course
from teyue.foundation.ledger.models import Movement
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.models import Receipt, Shift

__all__ = ["calling", "morning", "signed_in"]

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("4.3.1"),
]

WINDOWS, ORDERS_EACH = 8, 3
Deed = Callable[[], Any]


def at_once(*deeds: Deed) -> list[Any]:
    """Do things in the same moment, each on its own connection; return what came of each."""
    line = Barrier(len(deeds))

    def alone(deed: Deed) -> Any:
        try:
            line.wait(20)
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(alone, deeds))


@pytest.fixture
def both_tills(open_shift, second_drawer, ca2) -> tuple[Shift, Shift]:
    """Both cashiers are at work."""
    other = cashier.open_shift(second_drawer, float_amount=Money(0), actor=ca2, at=MORNING)
    return open_shift, other


@pytest.fixture
def queue(wished, rc) -> Callable[[int], list[Order]]:
    """Book so many orders that wait to be paid."""

    def build(count: int) -> list[Order]:
        wish = replace(wished(wish_from=None), duplicate_reason="另一处")
        return [course.booked(wish, actor=rc, at=MORNING) for _ in range(count)]

    return build


def test_of_two_cashiers_on_one_order_one_receives(booked, both_tills, calling):
    order, tills = booked(), [calling("ca"), calling("ca2")]

    answers = at_once(
        *(
            lambda till=till: till.post("/receipts", order=order.number, method="cash")
            for till in tills
        )
    )

    statuses = sorted(answer.status_code for answer in answers)
    loser = next(answer.json() for answer in answers if answer.status_code != 201)
    assert (statuses, loser["code"]) == ([201, 409], "wrong_state")
    assert Receipt.objects.count() == Movement.objects.count() == 1


def test_of_two_windows_on_one_order_one_hands_the_money_back(booked, both_tills, signed_in):
    address = reverse("cashier-receive", args=(booked().number,))
    tills = [signed_in("ca"), signed_in("ca2")]
    ways = [{"method": "cash", "tendered": "100"}, {"method": "wechat", "channel_ref": "4200001"}]

    answers = at_once(
        *(
            lambda till=till, way=way: till.post(address, way | {"checked": "on"})
            for till, way in zip(tills, ways, strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert "请当面原数退还交款人" in loser.content.decode()
    assert Receipt.objects.count() == Movement.objects.count() == 1


def test_of_two_cashiers_on_one_settlement_one_settles(audited, both_tills, calling):
    order, tills = audited(), [calling("ca"), calling("ca2")]
    body = {"order": order.number, "itemized": True}

    answers = at_once(*(lambda till=till: till.post("/settlements", **body) for till in tills))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert order.settlements.count() == 1


def test_one_series_under_eight_windows_has_no_gap_and_no_duplicate(queue, both_tills, calling):
    orders, tills = queue(WINDOWS * ORDERS_EACH), [calling("ca"), calling("ca2")]
    shares = [orders[first::WINDOWS] for first in range(WINDOWS)]

    def pay(till: Any, share: list[Order]) -> list[int]:
        paid = [till.post("/receipts", order=one.number, method="cash") for one in share]
        return [answer.status_code for answer in paid]

    told = at_once(
        *(
            lambda till=tills[place % 2], share=share: pay(till, share)
            for place, share in enumerate(shares)
        )
    )

    assert told == [[201] * ORDERS_EACH] * WINDOWS
    serials = sorted(receipt.serial or 0 for receipt in Receipt.objects.all())
    assert serials == list(range(1, WINDOWS * ORDERS_EACH + 1))


def test_a_payment_and_the_count_of_its_drawer_never_miss_each_other(queue, both_tills, calling):
    (order,), till, shift = queue(1), calling("ca"), both_tills[0]

    paid, counted = at_once(
        lambda: till.post("/receipts", order=order.number, method="cash"),
        lambda: till.post(f"/shifts/{shift.number}/count", pieces={"100": 5}),
    )

    expected = Money(53_000) if paid.status_code == 201 else Money(50_000)
    assert counted.json()["expected"] == str(expected)
    assert paid.status_code == 201 or paid.json()["code"] == "no_open_shift"
