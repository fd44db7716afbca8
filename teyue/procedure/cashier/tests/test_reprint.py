from __future__ import annotations

import pytest

from tests.stories import PAID_AT
from teyue.procedure.cashier import operations, queries
from teyue.procedure.cashier.tests.proof import refused

pytestmark = pytest.mark.clause("4.3.1")


def test_each_reprint_is_logged_with_its_reason(receipt, ca):
    for reason in ("住户遗失", "查询"):
        operations.reprint(receipt, reason=reason, actor=ca, at=PAID_AT)

    log = queries.printings_of(receipt).values_list("n", "reason", "by")
    assert list(log) == [(1, "住户遗失", ca.id), (2, "查询", ca.id)]


def test_a_reprint_changes_no_receipt(receipt, ca):
    operations.reprint(receipt, reason="查询", actor=ca, at=PAID_AT)

    number, serial = receipt.number, receipt.serial
    receipt.refresh_from_db()
    assert (receipt.number, receipt.serial, receipt.state) == (number, serial, "issued")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_given(receipt, ca, reason):
    with refused("reason_missing", "reason"):
        operations.reprint(receipt, reason=reason, actor=ca, at=PAID_AT)


def test_only_a_cashier_prints_again(receipt, fn):
    with refused("no_power"):
        operations.reprint(receipt, reason="查询", actor=fn, at=PAID_AT)
