"""The steps of a refund (clause 4.3.1), and who may take them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from teyue.foundation.ledger.models import Movement
from teyue.foundation.lifecycle import Step, reason_missing
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.steps import objections

State = Refund.State

REQUEST = Step(
    name="refund.request",
    label=gettext_lazy("申请退款"),
    clause="4.3.1",
    event="F1",
    document=Refund,
    target=State.REQUESTED,
    unless=(
        objections.own_home,
        objections.amount_not_positive,
        objections.receipt_unsound,
        objections.more_than_received,
        objections.more_than_held,
        objections.still_needed,
    ),
    writes=(Movement,),
)

REVIEW = Step(
    name="refund.review",
    label=gettext_lazy("复核退款"),
    clause="4.3.1",
    event="F2",
    document=Refund,
    source=(State.REQUESTED,),
    target=State.REVIEWED,
    unless=(objections.own_home,),
)

REVIEW_BY_AUDIT = Step(
    name="refund.review_by_audit",
    label=gettext_lazy("随审核复核"),
    clause="4.3.1",
    event="F2a",
    document=Refund,
    source=(State.REQUESTED,),
    target=State.REVIEWED,
    unless=(objections.not_an_excess,),
)

APPROVE = Step(
    name="refund.approve",
    label=gettext_lazy("批准退款"),
    clause="4.3.1",
    event="F3",
    document=Refund,
    source=(State.REVIEWED,),
    target=State.APPROVED,
    unless=(
        objections.own_home,
        objections.requested_by_same,
        objections.above_your_limit,
        objections.needs_cosign,
    ),
)

APPROVE_BY_AUDIT = Step(
    name="refund.approve_by_audit",
    label=gettext_lazy("随审核批准"),
    clause="4.3.1",
    event="F3a",
    document=Refund,
    source=(State.REVIEWED,),
    target=State.APPROVED,
    unless=(objections.not_an_excess, objections.above_audit_limit),
)

ENDORSE = Step(
    name="refund.endorse",
    label=gettext_lazy("批准待会签"),
    clause="4.3.1",
    event="F4",
    document=Refund,
    source=(State.REVIEWED,),
    target=State.COSIGNING,
    unless=(
        objections.own_home,
        objections.requested_by_same,
        objections.above_your_limit,
        objections.needs_no_cosign,
    ),
)

COSIGN = Step(
    name="refund.cosign",
    label=gettext_lazy("会签退款"),
    clause="4.3.1",
    event="F5",
    document=Refund,
    source=(State.COSIGNING,),
    target=State.APPROVED,
    unless=(objections.own_home, objections.approved_by_same),
)

REJECT = Step(
    name="refund.reject",
    label=gettext_lazy("驳回退款"),
    clause="4.3.1",
    event="F6",
    document=Refund,
    source=(State.REQUESTED, State.REVIEWED, State.COSIGNING),
    target=State.REJECTED,
    unless=(objections.own_home, reason_missing),
    writes=(Movement,),
)

PAY = Step(
    name="refund.pay",
    label=gettext_lazy("付退款"),
    clause="4.3.1",
    event="F7",
    document=Refund,
    source=(State.APPROVED,),
    target=State.PAID,
    unless=(
        objections.own_home,
        objections.decided_by_same,
        objections.no_open_shift,
        objections.other_office,
        objections.overdrawn,
        objections.too_much_cash,
        objections.account_missing,
        objections.original_missing,
        objections.channel_ref_missing,
        objections.drawer_short,
    ),
    writes=(Movement,),
)

FAIL = Step(
    name="refund.fail",
    label=gettext_lazy("登记付款失败"),
    clause="4.3.1",
    event="F8",
    document=Refund,
    source=(State.APPROVED,),
    target=State.FAILED,
    unless=(objections.own_home, reason_missing),
)

RETRY = Step(
    name="refund.retry",
    label=gettext_lazy("更正账户后再付"),
    clause="4.3.1",
    event="F9",
    document=Refund,
    source=(State.FAILED,),
    target=State.APPROVED,
    unless=(objections.own_home, objections.account_blank),
)

RECONCILE = Step(
    name="refund.reconcile",
    label=gettext_lazy("退款对账"),
    clause="3.5",
    event="F10",
    document=Refund,
    source=(State.PAID,),
    target=State.CLOSED,
    unless=(objections.own_home, objections.paid_by_same),
)

LAPSE = Step(
    name="refund.lapse",
    label=gettext_lazy("逾期未付"),
    clause="4.2.4",
    event="O20",
    document=Order,
    source=(Order.State.OPEN,),
    target=Order.State.CANCELLED,
    when=(Standing.AWAITING_PAYMENT,),
    standing=(Standing.CANCELLED,),
    unless=(objections.not_due_yet,),
    writes=(Reservation,),
)
