"""The steps of the till (clauses 3.5, 4.3.1), and who may take them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.steps import own_household
from teyue.procedure.cashier import queries
from teyue.procedure.cashier.facts import Closing, Count, Forcing, Opening, Tender
from teyue.procedure.cashier.models import FACES, Drawer, Method, Receipt, Shift
from teyue.register.parameters.queries import value


def drawer_taken(shift: Shift, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-31: the next shift opens only when the last one of the drawer is closed."""
    others = Shift.objects.filter(drawer=shift.drawer_id, state__in=queries.LIVE)
    if not others.exists():
        return None
    text = _("这个钱箱的上一班还没有日结，不能开班。请上一班先日结，或由财务两人盘点后代结。")
    return Refused("drawer_taken", text)


def name_missing(drawer: Drawer, actor: Actor, at: datetime, asked: str | None) -> Refused | None:
    """A cash desk has a name of its own in its office."""
    if asked is None:
        return None
    if not asked.strip():
        return Refused("name_missing", _("请填写收银点名称，例如“一号收银台”。"), field="name")
    if Drawer.objects.filter(office=drawer.office_id, name=asked.strip()).exists():
        return Refused("name_taken", _("本管理处已有同名收银点，请换一个名称。"), field="name")
    return None


def already_on_shift(shift: Shift, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """One cashier, one open shift."""
    if queries.live_shifts(actor).exists():
        return Refused("already_on_shift", _("您已有一个未日结的班，请先日结再开班。"))
    return None


def float_negative(
    shift: Shift, actor: Actor, at: datetime, asked: Opening | None
) -> Refused | None:
    """A float is what was counted in the drawer."""
    if asked is None or asked.counted >= NOTHING:
        return None
    return Refused("float_negative", _("备用金不能为负，请按实点金额填写。"), field="float")


def handover_unexplained(
    shift: Shift, actor: Actor, at: datetime, asked: Opening | None
) -> Refused | None:
    """E-30: what a drawer holds beside what its last shift left there has a reason."""
    if asked is None or not asked.variance or asked.reason or asked.left is None:
        return None
    text = _(
        "上一班日结后这个钱箱留有 %(left)s，您实点 %(counted)s，相差 %(gap)s 元。"
        "请您复点；确实不符的，请写明原因，按长短款登记，由财务核对。"
    )
    sums = {"left": asked.left.shown, "counted": asked.counted.shown, "gap": asked.variance.signed}
    return Refused("handover_unexplained", text % sums, field="reason")


def not_your_shift(shift: Shift, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """The cashier of the shift counts and closes it."""
    if shift.cashier_id == actor.id:
        return None
    return Refused(
        "not_your_shift", _("这是 %(name)s 的班，请本人办理。") % {"name": shift.cashier.name}
    )


def count_impossible(
    shift: Shift, actor: Actor, at: datetime, asked: Count | Forcing | None
) -> Refused | None:
    """A count is of real notes and coins."""
    if asked is None:
        return None
    counted = asked.counted if isinstance(asked, Forcing) else asked
    if not counted.pieces:
        text = _("请按面额填写张数；钱箱是空的，请在任意一行填 0。")
        return Refused("count_missing", text, field="counts")
    if all(worth in FACES and number >= 0 for worth, number in counted.pieces.items()):
        return None
    text = _("张数不能为负，面额只有 100、50、20、10、5、1 元和 5 角、1 角。请重新盘点。")
    return Refused("count_impossible", text, field="counts")


def variance_unexplained(
    shift: Shift, actor: Actor, at: datetime, asked: Closing | None
) -> Refused | None:
    """E-30: a difference is written down with its reason, never netted."""
    if asked is None or not shift.variance or asked.reason.strip():
        return None
    text = _("实点与账面相差 %(sum)s 元，请写明长短款原因后再日结。")
    return Refused("variance_unexplained", text % {"sum": shift.variance.signed}, field="reason")


def banked_too_much(
    shift: Shift, actor: Actor, at: datetime, asked: Closing | None
) -> Refused | None:
    """I-29: what goes to the bank is what was counted, with the slip of the bank."""
    if asked is None or not asked.banked:
        return None
    if asked.banked < NOTHING or (shift.counted is not None and asked.banked > shift.counted):
        return Refused(
            "banked_too_much", _("交存银行的金额不能超过实点金额，请核对。"), field="banked"
        )
    if not asked.bank_slip.strip():
        return Refused("bank_slip_missing", _("请填写银行缴款单号。"), field="bank_slip")
    return None


def too_much_overnight(
    shift: Shift, actor: Actor, at: datetime, asked: Closing | None
) -> Refused | None:
    """3.5: cash above the limit is handed over the same day (cash.max_overnight)."""
    if asked is None or shift.counted is None:
        return None
    limit = Money(value("cash.max_overnight_fen", office=shift.office_id, at=at))
    if shift.counted - asked.banked <= limit:
        return None
    text = _("过夜现金不能超过 %(limit)s，请把多出的部分交存银行后再日结。")
    return Refused("too_much_overnight", text % {"limit": limit.shown}, field="banked")


def own_shift(shift: Shift, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-38: the day close is verified by finance, not by the cashier of the shift."""
    if shift.cashier_id != actor.id:
        return None
    return Refused("own_shift", _("不能核对自己的班，请由财务另一人核对。"))


def witness_missing(
    shift: Shift, actor: Actor, at: datetime, asked: Forcing | None
) -> Refused | None:
    """E-31: a drawer is closed by force with a count by two people."""
    if asked is None:
        return None
    others = queries.colleagues(shift).exclude(pk=actor.id)
    if others.filter(pk=asked.witness).exists():
        return None
    text = _("代结须两人盘点，请填写另一位在场的盘点人。")
    return Refused("witness_missing", text, field="witness")


def forced_without_reason(
    shift: Shift, actor: Actor, at: datetime, asked: Forcing | None
) -> Refused | None:
    """E-31: it is written down why the cashier did not close."""
    if asked is None or asked.reason.strip():
        return None
    return Refused("reason_missing", _("请填写原因。"), field="reason")


def no_open_shift(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-16: money is received only in an open shift of the cashier."""
    shift = receipt.shift if receipt.shift_id else queries.live_shifts(actor).first()
    if shift is not None and shift.cashier_id == actor.id and shift.state == Shift.State.OPEN:
        return None
    return Refused("no_open_shift", _("您还没有开班，不能收款。请先开班清点备用金。"))


def other_office(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-60: money goes into a drawer of the office whose order it is for."""
    if not receipt.shift_id or receipt.shift.office_id == receipt.office_id:
        return None
    text = _("这单属于“%(office)s”，请住户到该处收银台交款。")
    return Refused("other_office", text % {"office": receipt.office.name})


def own_home(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(receipt.order, actor, at, asked)


def not_expected(
    receipt: Receipt, actor: Actor, at: datetime, asked: Tender | None
) -> Refused | None:
    """E-23: money for which nothing is due any more is not received but handed back."""
    if asked is None or receipt.order.standing == Standing.AWAITING_PAYMENT:
        return None
    return too_late(receipt.order)


def too_late(order: Order) -> Refused:
    """Return what is said about money that comes when nothing is due for an order (E-23)."""
    text = _(
        "这单现在是“%(standing)s”，没有要收的款。刚才这笔没有收款、没有记账，"
        "也没有另开收据；钱如已收到手，请当面原数退还交款人。"
    )
    words = {"standing": Standing(order.standing).label}
    return Refused("wrong_state", text % words, clause="4.3.1")


def payment_unsound(
    receipt: Receipt, actor: Actor, at: datetime, asked: Tender | None
) -> Refused | None:
    """A payment is positive, cash suffices, and a channel names its number."""
    if asked is None:
        return None
    payment = asked.payment
    if payment.amount <= NOTHING:
        return Refused("amount_not_positive", _("收款金额须大于零。"), field="amount")
    if payment.method == Method.CASH:
        if payment.tendered is not None and payment.tendered < payment.amount:
            text = _("实收现金少于收款金额，请核对。")
            return Refused("cash_short", text, field="tendered")
        return None
    if not payment.channel_ref.strip():
        text = _("请填写支付流水号，以便与渠道对账。")
        return Refused("channel_ref_missing", text, field="channel_ref")
    return None


def paid_twice(
    receipt: Receipt, actor: Actor, at: datetime, asked: Tender | None
) -> Refused | None:
    """One payment of a channel, one receipt."""
    if asked is None or not receipt.channel_ref:
        return None
    used = Receipt.objects.filter(method=receipt.method, channel_ref=receipt.channel_ref)
    if not used.exists():
        return None
    text = _("这笔支付流水号已开过收据，不能重复收款。请核对流水号。")
    return Refused("already_receipted", text, field="channel_ref")


def more_than_due(
    receipt: Receipt, actor: Actor, at: datetime, asked: Tender | None
) -> Refused | None:
    """E-23: nobody pays more than what is still due; change is given in cash."""
    if asked is None or asked.payment.amount <= asked.due:
        return None
    text = _("这单还应收 %(due)s，不能多收。现金请找零，其他方式请按应收金额重新支付。")
    return Refused("more_than_due", text % {"due": asked.due.shown}, field="amount")


def wrong_purpose(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Top-ups follow an audit, arrears an emergency."""
    order, purpose = receipt.order, receipt.purpose
    if purpose == Receipt.Purpose.ARREARS and order.in_arrears:
        return None
    if purpose == Receipt.Purpose.TOPUP and order.standing == Standing.TO_SETTLE:
        return None
    if purpose == Receipt.Purpose.ARREARS:
        return Refused("nothing_in_arrears", _("这单没有欠款。"))
    text = _("补交款在主管审核后随结算收取，请您到“待结算”办理。")
    return Refused("nothing_to_top_up", text)


def day_is_over(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-29: a receipt is voided on its day, before the day close; afterwards it is reversed."""
    same_day = local_day(receipt.issued_at) == local_day(at)
    if same_day and receipt.shift.state == Shift.State.OPEN:
        return None
    text = _("已过当日或已盘点，不能作废。请由财务办理红冲。")
    if cash_was_counted(receipt, actor, at, None):
        text = _("当班已盘点，不能作废，现金也不能红冲。请取消本单或申请退款，由收银员在当班付款。")
    return Refused("day_is_over", text)


def issued_by_another(
    receipt: Receipt, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """E-29: the cashier who issued a receipt asks for its voiding."""
    if receipt.issued_by_id == actor.id:
        return None
    text = _("这张收据由 %(name)s 开具，请开票人本人申请作废。")
    return Refused("not_your_receipt", text % {"name": receipt.issued_by.name})


def issued_by_same(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-37: the issuing cashier never approves a void or reversal."""
    if receipt.issued_by_id != actor.id:
        return None
    return Refused("issued_by_same", _("开票人不能批准作废或红冲，请由财务办理。"))


def money_is_used(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """A receipt goes only while its own money is still held.

    What is held is looked up only when the step is really asked for: buttons cost no statement.
    """
    if receipt.transferred or receipt.replaces_id is not None:
        text = _("这张收据的款项是在订单之间转移的，不能作废或红冲。请再申请转移或退款。")
        return Refused("money_is_used", text)
    if asked is not None and queries.held(receipt.order) < receipt.amount:
        text = _("本单留存的款项已少于这张收据，可能正在退款，不能作废或红冲。请先办完或驳回退款。")
        return Refused("money_is_used", text)
    return None


def cash_was_counted(receipt: Receipt, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-29: cash that was counted leaves a drawer only as an approved refund (ADR 0015)."""
    if receipt.method != Method.CASH or receipt.shift.state == Shift.State.OPEN:
        return None
    text = _("这笔现金已随当班盘点，不能红冲。请取消本单或申请退款，由收银员在当班付款。")
    return Refused("cash_was_counted", text)


def void_not_requested(
    receipt: Receipt, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """E-29: the cashier asks with the reason and takes the original back."""
    if receipt.void_requested_by is not None and receipt.original_returned:
        return None
    return Refused("void_not_requested", _("请收银员先申请作废，写明原因并收回原收据。"))


def void_unfounded(
    receipt: Receipt, actor: Actor, at: datetime, asked: tuple[str, bool] | None
) -> Refused | None:
    """E-29: reason and original."""
    if asked is None:
        return None
    reason, returned = asked
    if not reason.strip():
        return Refused("reason_missing", _("请填写作废原因。"), field="reason")
    if not returned:
        text = _("须先收回原收据才能申请作废。")
        return Refused("original_missing", text, field="original_returned")
    return None
