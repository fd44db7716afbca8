"""Two cashiers at two drawers, one refund."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.refusal import Refused
from teyue.procedure.refund import operations
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT

pytestmark = pytest.mark.clause("3.5")


def test_of_two_cashiers_who_pay_the_same_refund_one_wins(committed_house):
    house = committed_house
    refund = house.approved("50.00")
    payouts = {name: house.payout(name) for name in ("CA", "CA2")}

    def pay(name: str) -> str:
        mine = Refund.objects.get(pk=refund.pk)
        operations.pay(mine, payout=payouts[name], actor=house.who(name), at=AT)
        return "paid"

    assert sorted(at_once(pay, "CA", "CA2")) == ["paid", "wrong_state"]
    assert Movement.objects.filter(target=Account.REFUND_DUE).count() == 1


def test_of_two_requests_for_the_same_money_one_wins(committed_house):
    house = committed_house
    order = house.paid("100.00")

    def request(name: str) -> str:
        house.request(type(order).objects.get(pk=order.pk), "80.00", by=name)
        return "requested"

    assert sorted(at_once(request, "CS", "RC")) == ["more_than_received", "requested"]
    assert Refund.objects.count() == 1


def at_once(deed: Callable[[str], str], *names: str) -> list[str]:
    """Let several people do the same thing in the same moment; return what became of each."""
    line = Barrier(len(names))

    def alone(name: str) -> str:
        line.wait()
        try:
            return deed(name)
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(names)) as pool:
        return list(pool.map(alone, names))
