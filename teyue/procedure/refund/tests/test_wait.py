from __future__ import annotations

import pytest

from teyue.foundation.money import Money
from teyue.procedure.refund import operations, worklist
from teyue.procedure.refund.tests.conftest import AT

pytestmark = pytest.mark.clause("4.3.1")


def queues(house, name):
    return [work.queue for work in worklist.waiting(house.who(name), AT)]


def code(work):
    return work.refusal.code if work.refusal else ""


def test_a_request_waits_for_the_supervisor(house):
    refund = house.request(house.paid(), by="RC")

    (work,) = worklist.waiting(house.who("CS"), AT)

    assert (work.queue, work.document_id, work.number) == (
        "refund.review",
        refund.pk,
        refund.number,
    )
    assert (work.card.household, work.card.amount) == ("3-2-1102", Money.yuan("50.00"))
    assert work.allowed


def test_what_is_above_the_own_limit_says_who_decides(house):
    house.reviewed("300.00")

    (work,) = worklist.waiting(house.who("CS2"), AT)

    assert (work.queue, code(work)) == ("refund.approve", "above_your_limit")


def test_a_large_sum_waits_for_approval_and_cosigning(house):
    refund = house.reviewed("600.00")

    assert queues(house, "OM") == ["refund.endorse"]
    operations.endorse(refund, actor=house.who("OM"), at=AT)
    assert queues(house, "OM") == []
    assert queues(house, "FN") == ["refund.cosign"]


def test_an_approved_refund_waits_for_an_open_drawer(house):
    house.approved()

    open_, shut = (worklist.waiting(house.who(name), AT)[0] for name in ("CA", "CA2"))

    assert open_.allowed
    assert code(shut) == "no_open_shift"


def test_work_is_sorted_by_when_it_is_due(house):
    house.request(house.paid("20.00"), "20.00")
    house.approved("30.00")
    house.reviewed("10.00")

    works = worklist.waiting(house.who("CS"), AT)

    due = [work.due_at for work in works if work.due_at]
    assert due == sorted(due)
    assert [work.queue for work in works] == ["refund.review", "refund.approve"]


def test_nothing_waits_for_who_may_do_nothing(house):
    house.request(house.paid())

    assert queues(house, "RC") == []


@pytest.mark.parametrize(("name", "budget"), [("CS", 3), ("OM", 2), ("CA", 2), ("FN", 3)])
def test_a_list_costs_no_query_a_row(house, name, budget, django_assert_max_num_queries):
    for _ in range(3):
        house.request(house.paid("10.00"), "10.00")
        house.reviewed("10.00")
        house.approved("10.00")

    with django_assert_max_num_queries(budget):
        worklist.waiting(house.who(name), AT)
