from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.foundation.journal.models import Entry
from teyue.foundation.money import Money
from teyue.procedure.refund import operations, queries
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.tests.conftest import AT
from teyue.procedure.refund.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


def test_a_small_excess_is_approved_with_the_audit(house):
    refund = ask(house, house.paid("300.00"), "200.00")

    auditor = house.people["CS"].pk
    assert refund.state == Refund.State.APPROVED
    assert (refund.requested_by, refund.reviewed_by, refund.approved_by) == (0, auditor, auditor)


def test_each_of_its_steps_has_an_entry(house):
    refund = ask(house, house.paid("300.00"), "45.00")

    entries = Entry.objects.filter(document_kind="refund.refund", document_id=refund.pk)
    assert list(entries.order_by("pk").values_list("step", "before", "after")) == [
        ("refund.request", "", "requested"),
        ("refund.review_by_audit", "requested", "reviewed"),
        ("refund.approve_by_audit", "reviewed", "approved"),
    ]
    assert [entry.note.get("auditor") for entry in entries][1:] == [str(refund.approved_by)] * 2


def test_the_auditor_does_not_pay(house):
    refund = ask(house, house.paid("300.00"), "45.00")
    both = replace(house.who("CA"), id=house.people["CS"].pk)

    with refused("same_person"):
        operations.pay(refund, payout=house.payout(), actor=both, at=AT)


def test_a_larger_excess_is_decided_by_people(house):
    order = house.paid("300.00")

    with refused("above_audit_limit"):
        ask(house, order, "200.01")


def test_earlier_refunds_count_towards_what_an_audit_may_approve(house):
    house.reviewed("150.00")
    order = house.paid("100.00")

    assert not queries.within_audit(order, Money.yuan("50.01"), at=AT)
    with refused("above_audit_limit"):
        ask(house, order, "50.01")


def test_only_an_excess_is_approved_with_the_audit(house):
    refund = house.request(house.paid())

    with refused("not_an_excess"):
        operations.review_by_audit(refund, auditor=1, actor=house.system, at=AT)


def ask(house, order, amount):
    auditor = house.people["CS"].pk
    return operations.request_by_audit(order, amount=Money.yuan(amount), auditor=auditor, at=AT)
