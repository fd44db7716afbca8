"""The steps of the till (clauses 3.5, 4.3.1), and who may take them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from teyue.foundation import collisions
from teyue.foundation.ledger.models import Movement
from teyue.foundation.lifecycle import Step, reason_missing
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier import queries
from teyue.procedure.cashier.models import Drawer, Printing, Receipt, Shift, Transfer
from teyue.procedure.cashier.steps import objections, spent, transferring

collisions.say(
    "one_open_shift_a_drawer",
    "drawer_taken",
    gettext_lazy("这个钱箱刚被别人开班，请换一个钱箱。"),
)
collisions.say(
    "one_open_shift_a_cashier",
    "already_on_shift",
    gettext_lazy("您已有一个未日结的班，请先日结再开班。"),
)
collisions.say(
    "one_receipt_a_payment",
    "already_receipted",
    gettext_lazy("这笔支付流水号刚开过收据，不能重复收款。请核对流水号。"),
)
collisions.say(
    "one_open_transfer_an_order",
    "transfer_under_way",
    gettext_lazy("这单刚被申请转移，正等财务批准。"),
)

INSTALL_DRAWER = Step(
    name="cashier.install_drawer",
    label=gettext_lazy("设置收银点"),
    clause="3.5",
    document=Drawer,
    target=Drawer.State.IN_USE,
    unless=(objections.name_missing,),
)

OPEN_SHIFT = Step(
    name="cashier.open_shift",
    label=gettext_lazy("开班"),
    clause="3.5",
    event="S1",
    document=Shift,
    target=Shift.State.OPEN,
    unless=(
        objections.drawer_taken,
        objections.already_on_shift,
        objections.float_negative,
        objections.handover_unexplained,
    ),
    writes=(Movement,),
)

COUNT = Step(
    name="cashier.count",
    label=gettext_lazy("盘点"),
    clause="3.5",
    event="S2",
    document=Shift,
    source=(Shift.State.OPEN,),
    target=Shift.State.COUNTING,
    unless=(objections.not_your_shift, objections.count_impossible),
)

CLOSE_SHIFT = Step(
    name="cashier.close_shift",
    label=gettext_lazy("日结"),
    clause="3.5",
    event="S3",
    document=Shift,
    source=(Shift.State.COUNTING,),
    target=Shift.State.CLOSED,
    unless=(
        objections.not_your_shift,
        objections.variance_unexplained,
        objections.banked_too_much,
        objections.too_much_overnight,
    ),
    writes=(Movement,),
)

VERIFY = Step(
    name="cashier.verify",
    label=gettext_lazy("核对日结"),
    clause="3.5",
    event="S4",
    document=Shift,
    source=(Shift.State.CLOSED,),
    target=Shift.State.VERIFIED,
    unless=(objections.own_shift,),
)

FORCE_CLOSE = Step(
    name="cashier.force_close",
    label=gettext_lazy("财务代结"),
    clause="3.5",
    document=Shift,
    source=queries.LIVE,
    target=Shift.State.CLOSED,
    unless=(
        objections.own_shift,
        objections.witness_missing,
        objections.forced_without_reason,
        objections.count_impossible,
    ),
    writes=(Movement,),
)

RECEIVE = Step(
    name="cashier.receive",
    label=gettext_lazy("收款"),
    clause="4.3.1",
    event="O5",
    document=Receipt,
    target=Receipt.State.ISSUED,
    when=(Standing.AWAITING_PAYMENT,),
    standing=(Standing.AWAITING_PAYMENT, Standing.READY),
    instead=(objections.not_expected,),
    unless=(
        objections.no_open_shift,
        objections.other_office,
        objections.own_home,
        objections.payment_unsound,
        objections.more_than_due,
        objections.paid_twice,
    ),
    writes=(Movement,),
)

COLLECT = Step(
    name="cashier.collect",
    part_of="settlement.settle",
    label=gettext_lazy("补收"),
    clause="4.3.1",
    document=Receipt,
    target=Receipt.State.ISSUED,
    unless=(
        objections.no_open_shift,
        objections.other_office,
        objections.own_home,
        objections.wrong_purpose,
        objections.payment_unsound,
        objections.more_than_due,
        objections.paid_twice,
    ),
    writes=(Movement,),
)

REQUEST_VOID = Step(
    name="cashier.request_void",
    label=gettext_lazy("申请作废"),
    clause="4.3.1",
    document=Receipt,
    source=(Receipt.State.ISSUED,),
    target=None,
    instead=(spent.order_went_on,),
    unless=(
        objections.issued_by_another,
        objections.day_is_over,
        objections.money_is_used,
        objections.void_unfounded,
    ),
)

VOID = Step(
    name="cashier.void",
    label=gettext_lazy("批准作废"),
    clause="4.3.1",
    event="R1",
    document=Receipt,
    source=(Receipt.State.ISSUED,),
    target=Receipt.State.VOIDED,
    when=(Standing.AWAITING_PAYMENT, Standing.READY),
    standing=(Standing.AWAITING_PAYMENT, ""),
    instead=(spent.order_went_on,),
    unless=(
        objections.issued_by_same,
        objections.void_not_requested,
        objections.day_is_over,
        objections.money_is_used,
    ),
    writes=(Movement,),
)

REFUSE_VOID = Step(
    name="cashier.refuse_void",
    label=gettext_lazy("不予作废"),
    clause="4.3.1",
    document=Receipt,
    source=(Receipt.State.ISSUED,),
    target=None,
    unless=(objections.issued_by_same, objections.void_not_requested, reason_missing),
)

REVERSE = Step(
    name="cashier.reverse",
    label=gettext_lazy("红冲"),
    clause="4.3.1",
    event="R2",
    document=Receipt,
    source=(Receipt.State.ISSUED,),
    target=Receipt.State.REVERSED,
    when=(Standing.AWAITING_PAYMENT, Standing.READY),
    standing=(Standing.AWAITING_PAYMENT, ""),
    instead=(spent.order_went_on,),
    unless=(
        objections.issued_by_same,
        objections.money_is_used,
        objections.cash_was_counted,
        reason_missing,
    ),
    writes=(Movement,),
)

REPRINT = Step(
    name="cashier.reprint",
    label=gettext_lazy("补打"),
    clause="4.3.1",
    document=Receipt,
    source=(Receipt.State.ISSUED, Receipt.State.VOIDED, Receipt.State.REVERSED),
    target=None,
    unless=(reason_missing,),
    writes=(Printing,),
)

REQUEST_TRANSFER = Step(
    name="cashier.request_transfer",
    label=gettext_lazy("申请转移款项"),
    clause="3.5",
    event="T1",
    document=Transfer,
    target=Transfer.State.REQUESTED,
    when=(Standing.AWAITING_PAYMENT, Standing.READY),
    instead=(spent.order_of_transfer_went_on,),
    unless=(
        transferring.own_home,
        transferring.emergency,
        transferring.under_way,
        transferring.nothing_held,
        transferring.target_unsound,
        transferring.same_household,
        transferring.receipt_unsound,
        transferring.more_than_held,
    ),
)

APPROVE_TRANSFER = Step(
    name="cashier.approve_transfer",
    label=gettext_lazy("批准转移款项"),
    clause="3.5",
    event="T2",
    document=Transfer,
    source=(Transfer.State.REQUESTED,),
    target=Transfer.State.APPROVED,
    when=(Standing.AWAITING_PAYMENT, Standing.READY),
    instead=(spent.order_of_transfer_went_on,),
    unless=(
        transferring.own_home,
        transferring.requested_by_same,
        transferring.emergency,
        transferring.target_unsound,
        transferring.more_than_held,
        transferring.nothing_left,
        transferring.cashier_off_shift,
    ),
    writes=(Receipt,),
)

REJECT_TRANSFER = Step(
    name="cashier.reject_transfer",
    label=gettext_lazy("驳回转移款项"),
    clause="3.5",
    event="T3",
    document=Transfer,
    source=(Transfer.State.REQUESTED,),
    target=Transfer.State.REJECTED,
    unless=(
        transferring.own_home,
        transferring.requested_by_same,
        reason_missing,
    ),
)

REISSUE = Step(
    name="cashier.reissue",
    label=gettext_lazy("换开收据"),
    clause="3.5",
    event="R0",
    document=Receipt,
    target=Receipt.State.ISSUED,
    when=(Standing.AWAITING_PAYMENT,),
    writes=(Movement,),
)

COVER = Step(
    name="cashier.cover",
    label=gettext_lazy("转入收足"),
    clause="3.5",
    event="O5",
    document=Order,
    source=(Order.State.OPEN,),
    target=None,
    when=(Standing.AWAITING_PAYMENT,),
    standing=(Standing.READY,),
    unless=(transferring.not_covered,),
)

UNCOVER = Step(
    name="cashier.uncover",
    label=gettext_lazy("转出后待预交"),
    clause="3.5",
    event="R3",
    document=Order,
    source=(Order.State.OPEN,),
    target=None,
    when=(Standing.READY,),
    standing=(Standing.AWAITING_PAYMENT,),
)
