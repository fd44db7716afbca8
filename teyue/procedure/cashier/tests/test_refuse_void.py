"""A void that was asked for ends: finance refuses it, or the count of the drawer overtakes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.stories import PAID_AT
from teyue.foundation.money import Money
from teyue.procedure.cashier import operations, queries, steps, worklist
from teyue.procedure.cashier.facts import Count, Payment
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.cashier.tests.proof import facts, refused

pytestmark = [pytest.mark.clause("4.3.1"), pytest.mark.clause("3.5")]
FULL = Count(pieces={10_000: 5, 1_000: 3})


@pytest.fixture
def asked(receipt, ca) -> Receipt:
    """The receipt whose voiding was asked for."""
    return operations.request_void(
        receipt, reason="金额录错", original_returned=True, actor=ca, at=PAID_AT
    )


@pytest.fixture
def overtaken(asked, open_shift, ca) -> Receipt:
    """The same after the drawer was counted."""
    operations.count(open_shift, counted=FULL, actor=ca, at=PAID_AT)
    return Receipt.objects.select_related("shift", "order", "issued_by").get()


def refuse(receipt, actor, reason="金额没有录错"):
    return operations.refuse_void(receipt, reason=reason, actor=actor, at=PAID_AT)


def waiting(actor, at=PAID_AT) -> list[str]:
    return [one.queue for one in worklist.waiting(actor, at) if one.queue == "cashier.void"]


def test_finance_lets_the_receipt_stand(asked, fn):
    refuse(asked, fn)

    asked.refresh_from_db()
    assert (asked.state, asked.void_refusal) == ("issued", "金额没有录错")
    assert (asked.void_requested_by, asked.original_returned, waiting(fn)) == (None, False, [])


def test_a_refused_void_may_be_asked_for_again(asked, ca, fn):
    refuse(asked, fn)

    operations.request_void(asked, reason="户名录错", original_returned=True, actor=ca, at=PAID_AT)

    assert (asked.void_refusal, waiting(fn)) == ("", ["cashier.void"])


def test_it_is_written_down_why(asked, fn):
    with refused("reason_missing", "reason"):
        refuse(asked, fn, " ")


def test_nothing_is_refused_that_nobody_asked_for(receipt, fn):
    with refused("void_not_requested"):
        refuse(receipt, fn)


def test_who_issued_the_receipt_does_not_decide(asked, fn, ca):
    with refused("issued_by_same"):
        refuse(asked, replace(fn, id=ca.id))


def test_a_cashier_refuses_nothing(asked, ca2):
    with refused("no_power"):
        refuse(asked, ca2)


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_refuse(asked, calling, signed_in, morning, door):
    if door == "page":
        address = reverse("receipt-refuse-void", args=(asked.number,))
        signed_in("fn").post(address, {"reason": "金额没有录错"})
    else:
        calling("fn").post(f"/receipts/{asked.number}/refuse_void", reason="金额没有录错")

    asked.refresh_from_db()
    assert (asked.void_refusal, asked.void_requested_by) == ("金额没有录错", None)


def test_what_the_count_overtook_waits_for_nobody(overtaken, fn):
    assert not queries.void_requests(fn, at=PAID_AT)
    assert not waiting(fn)


def test_what_the_night_overtook_waits_for_nobody(asked, fn):
    assert waiting(fn, PAID_AT + timedelta(days=1)) == []


def test_the_hints_of_both_ways_agree(overtaken, fn):
    told = [
        str(step.objection(overtaken, actor=fn, at=PAID_AT).message)
        for step in (steps.VOID, steps.REVERSE)
    ]

    assert all("请取消本单或申请退款" in text for text in told)
    assert not any("请由财务办理红冲" in text for text in told)


def test_money_of_a_channel_is_sent_to_the_reversal(booked, open_shift, ca, fn):
    paid = Payment(amount=Money(3_000), method=Method.WECHAT, channel_ref="wx-1")
    operations.receive(booked(), payment=paid, shift=open_shift, actor=ca, at=PAID_AT)
    operations.count(open_shift, counted=FULL, actor=ca, at=PAID_AT)
    receipt = Receipt.objects.select_related("shift", "order", "issued_by").get()
    receipt.void_requested_by, receipt.original_returned = ca.id, True

    told = steps.VOID.objection(receipt, actor=fn, at=PAID_AT)

    assert "请由财务办理红冲" in str(told.message)
    assert steps.REVERSE.objection(receipt, actor=fn, at=PAID_AT) is None


def test_who_counts_is_warned_and_told(asked, signed_in, morning):
    browser, address = signed_in("ca"), reverse("shift-close")

    before = browser.get(address).content.decode()
    browser.post(address, {"face_10000": "5", "face_1000": "3"})
    after = browser.get(address).content.decode()

    assert "财务还没有批准" in before and asked.number in before
    assert "作废申请已失效" in after and asked.number in after


def test_the_receipt_says_that_it_stands(overtaken, signed_in, morning):
    before = facts()

    page = signed_in("ca").get(reverse("receipt", args=(overtaken.number,))).content.decode()

    assert "作废申请已失效" in page and "已申请作废" not in page
    assert facts() == before
