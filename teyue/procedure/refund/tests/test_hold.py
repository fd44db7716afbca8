"""Whatever is done with refunds in whatever order, these hold (I-26, I-36, I-53, I-59)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teyue.foundation.ledger import queries as ledger
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.refund import operations, queries
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT

pytestmark = pytest.mark.clause("4.3.1")

NAMES = ("CS", "CS2", "OM", "GM", "FN", "CA", "RC")
VERBS = ("review", "decide", "cosign", "reject", "pay", "fail", "reconcile")
Deed = st.tuples(st.sampled_from(VERBS), st.sampled_from(NAMES), st.integers(0, 2))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    paid=st.integers(100, 300_000),
    asked=st.lists(st.integers(1, 300_000), min_size=1, max_size=3),
    deeds=st.lists(Deed, max_size=25),
)
def test_money_goes_back_only_once_and_by_several_hands(house, paid, asked, deeds):
    with transaction.atomic():
        order = house.paid(str(Money(paid)))
        refunds = [found for fen in asked if (found := requested(house, order, Money(fen)))]
        for verb, name, index in deeds:
            if refunds:
                attempt(house, verb, name, refunds[index % len(refunds)])

        assert_sums(order, Money(paid))
        for refund in Refund.objects.filter(order=order):
            assert_hands(refund)
        transaction.set_rollback(True)


def requested(house, order, amount):
    with suppress(Refused):
        return house.request(order, str(amount))
    return None


def attempt(house, verb, name, refund):
    actor = house.who(name)
    given = {
        "reject": {"reason": "不符"},
        "fail": {"reason": "退回"},
        "review": {"payee_account": "6222"},
    }
    if verb == "pay":
        given["pay"] = {"payout": house.payout(channel_ref="B1")}
    with suppress(Refused):
        getattr(operations, verb)(refund, actor=actor, at=AT, **given.get(verb, {}))


def assert_sums(order, paid):
    back = queries.given_back(order)
    settled = Refund.objects.filter(order=order, paid_at__isnull=False)
    gone = total(refund.amount for refund in settled)
    sums = ledger.balances(Movement.objects.filter(case_id=order.pk))
    assert NOTHING <= back <= paid
    assert cashier.held(order) == paid - back
    assert ledger.owed(Account.REFUND_DUE, order) == back - gone
    assert total(sums.values()) == NOTHING


def assert_hands(refund):
    if refund.approved_by is not None:
        assert refund.requested_by != refund.approved_by or refund.amount <= Money.yuan("200.00")
    if refund.cosigned_by is not None:
        assert refund.cosigned_by not in (refund.requested_by, refund.approved_by)
    if refund.paid_by is not None:
        assert refund.paid_by not in (refund.requested_by, refund.approved_by, refund.cosigned_by)
        assert refund.cosigned_by is not None or refund.amount < Money.yuan("500.00")
