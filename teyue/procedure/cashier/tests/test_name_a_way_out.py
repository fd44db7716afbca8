"""Who may not take a receipt back any more is told why, and what to do instead."""

from __future__ import annotations

import pytest

from tests.stories import AUDITED_AT, PAID_AT, fresh
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier import operations, steps
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.cashier.steps.spent import WAYS_OUT
from teyue.procedure.cashier.tests.proof import facts
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation

pytestmark = [pytest.mark.clause("4.3.1"), pytest.mark.clause("3.5")]
TOLD = [
    ("dispatched", "先“收回派工”"),
    ("started", "请办完服务，结算时多退少补"),
    ("recorded", "请办完服务，结算时多退少补"),
    ("audited", "请办完服务，结算时多退少补"),
    ("settled", "请由财务冲销结算后重新结算"),
]


@pytest.mark.parametrize(("name", "told"), TOLD)
@pytest.mark.parametrize("step", [steps.VOID, steps.REVERSE, steps.REQUEST_VOID])
def test_a_receipt_in_use_names_the_way_out(request, name, told, step, ca, fn):
    receipt = request.getfixturevalue(name)().receipts.get()
    actor = ca if step is steps.REQUEST_VOID else fn

    refusal = step.objection(receipt, actor=actor, at=AUDITED_AT)

    assert refusal is not None
    assert (refusal.code, told in str(refusal.message)) == ("money_is_used", True)


def test_finance_hears_it_at_the_door_and_nothing_happens(calling, dispatched):
    receipt, finance = dispatched().receipts.get(), calling("fn")
    before = facts()

    answer = finance.post(f"/receipts/{receipt.number}/reverse", reason="记错单")

    assert (answer.status_code, answer.json()["code"]) == (422, "money_is_used")
    assert "收回派工" in answer.json()["detail"]
    assert facts() == before


def test_the_way_out_of_a_dispatched_order_leads_out(calling, dispatched, fn):
    order = dispatched()
    visit, receipt = order.visits.get(), order.receipts.get()
    calling("cs").post(f"/visits/{visit.number}/withdraw", reason="款项记错单")

    answer = calling("fn").post(f"/receipts/{receipt.number}/void")

    assert answer.json()["code"] == "void_not_requested"
    assert fresh(order).standing == Standing.READY


def test_the_money_of_a_cancelled_order_goes_back_by_refund(paid, cs, fn):
    order = paid()
    settlement.cancel(order, cancellation=Cancellation(reason="不做了"), actor=cs, at=PAID_AT)

    refusal = steps.REVERSE.objection(fresh(order).receipts.get(), actor=fn, at=PAID_AT)

    assert refusal is not None and "请在退款单上办理" in str(refusal.message)


def test_a_receipt_that_is_void_already_is_only_void(receipt, ca, fn):
    operations.request_void(
        receipt, reason="金额录错", original_returned=True, actor=ca, at=PAID_AT
    )
    operations.void(receipt, actor=fn, at=PAID_AT)

    refusal = steps.VOID.objection(Receipt.objects.get(), actor=fn, at=PAID_AT)

    assert refusal is not None and refusal.code == "wrong_state"


def test_every_standing_after_ready_names_a_way_out():
    before = {Standing.REGISTERED, Standing.QUOTED, Standing.AWAITING_PAYMENT, Standing.READY}

    assert set(WAYS_OUT) == set(Standing) - before
