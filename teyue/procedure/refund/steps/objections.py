"""What speaks against a step of a refund (clauses 3.5, 4.3.1)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.steps import own_household
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.models import Method, Shift
from teyue.procedure.refund import queries
from teyue.procedure.refund.facts import Payout, Till, Weighed, Wish
from teyue.procedure.refund.models import Refund
from teyue.register.parameters.queries import amount


def own_home(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(refund.order, actor, at, asked)


def amount_not_positive(
    refund: Refund, actor: Actor, at: datetime, asked: Wish | None
) -> Refused | None:
    """A refund is of money."""
    if asked is None or asked.amount > NOTHING:
        return None
    return Refused("amount_not_positive", _("退款金额须大于零，请您核对。"), field="amount")


def receipt_unsound(
    refund: Refund, actor: Actor, at: datetime, asked: Wish | None
) -> Refused | None:
    """E-25, E-29: money goes back on a valid receipt of the same order."""
    if asked is None or asked.receipt is None:
        return None
    if queries.valid_receipts(refund.order).filter(pk=asked.receipt.pk).exists():
        return None
    text = _("这张收据不是本单的有效收据，请您选择本单收据后再申请。")
    return Refused("receipt_unsound", text, field="original_receipt")


def more_than_received(
    refund: Refund, actor: Actor, at: datetime, asked: Wish | None
) -> Refused | None:
    """I-59: no more goes back than valid receipts say came in."""
    if asked is None:
        return None
    left = cashier.received(refund.order) - queries.given_back(refund.order)
    if asked.amount <= left:
        return None
    text = _("本单有效收据减去已退和在退的款项，还可退 %(left)s，请您核对退款金额。")
    shown = max(left, NOTHING).shown
    return Refused("more_than_received", text % {"left": shown}, field="amount")


def more_than_held(
    refund: Refund, actor: Actor, at: datetime, asked: Wish | None
) -> Refused | None:
    """I-26: what is earned or given back already is not held for the household any more."""
    if asked is None:
        return None
    held = cashier.held(refund.order)
    if asked.amount <= held:
        return None
    text = _("本单账上还留有 %(held)s，不能退得更多。已结算的款项请先冲销结算单。")
    return Refused("more_than_held", text % {"held": max(held, NOTHING).shown}, field="amount")


def still_needed(refund: Refund, actor: Actor, at: datetime, asked: Wish | None) -> Refused | None:
    """I-14: while an order goes on, what must be prepaid stays; cancelling gives it back."""
    order = refund.order
    over = order.state != Order.State.OPEN or order.standing == Standing.SETTLED
    if asked is None or over or "SYS" in actor.roles:
        return None
    spare = max(cashier.held(order) - order.required, NOTHING)
    if asked.amount <= spare:
        return None
    text = _("本单还在办理，应预交的款项不能退，现可退 %(spare)s。要退预交款，请先取消本单。")
    return Refused("still_needed", text % {"spare": spare.shown}, field="amount")


def above_your_limit(
    refund: Refund, actor: Actor, at: datetime, asked: Weighed | None
) -> Refused | None:
    """3.5: limits apply to the sum of one order or payee (refund.limit)."""
    exposed = _exposed(refund, at, asked)
    limit = queries.limit_of(actor, office=refund.office_id, at=at)
    if limit is None or exposed <= limit:
        return None
    who = queries.who_approves(exposed, office=refund.office_id, at=at)
    text = _("本单或该收款人近期退款合计 %(sum)s，超过您的审批上限 %(limit)s，请由%(who)s批准。")
    found = {"sum": exposed.shown, "limit": limit.shown, "who": who.label}
    return Refused("above_your_limit", text % found)


def needs_cosign(
    refund: Refund, actor: Actor, at: datetime, asked: Weighed | None
) -> Refused | None:
    """From refund.cosign on finance signs as well."""
    exposed = _exposed(refund, at, asked)
    if not queries.needs_cosign(exposed, office=refund.office_id, at=at):
        return None
    text = _("退款合计 %(sum)s，须财务会签，请您选“批准待会签”。")
    return Refused("needs_cosign", text % {"sum": exposed.shown})


def needs_no_cosign(
    refund: Refund, actor: Actor, at: datetime, asked: Weighed | None
) -> Refused | None:
    """Below refund.cosign one approval is enough."""
    exposed = _exposed(refund, at, asked)
    if queries.needs_cosign(exposed, office=refund.office_id, at=at):
        return None
    text = _("退款合计 %(sum)s，不须财务会签，请您直接批准。")
    return Refused("needs_no_cosign", text % {"sum": exposed.shown})


def requested_by_same(
    refund: Refund, actor: Actor, at: datetime, asked: Weighed | None
) -> Refused | None:
    """I-36: above refund.three_persons the requester does not approve."""
    if refund.requested_by != actor.id:
        return None
    if not queries.needs_three(_exposed(refund, at, asked), office=refund.office_id, at=at):
        return None
    return _same_person(_("这笔退款是您申请的，须由另一人批准。"))


def approved_by_same(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-36: the second signature is another person's."""
    if actor.id not in (refund.requested_by, refund.reviewed_by, refund.approved_by):
        return None
    return _same_person(_("您已办理过这笔退款的前一步，须由财务另一人会签。"))


def decided_by_same(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-36: who pays had no part in asking for it, deciding it, or naming the account."""
    signed = (refund.requested_by, refund.reviewed_by, refund.approved_by, refund.cosigned_by)
    if actor.id not in (*signed, refund.corrected_by):
        return None
    return _same_person(_("您已办理过这笔退款的前一步，须由另一位收银员付款。"))


def paid_by_same(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """3.5: who paid does not reconcile."""
    if refund.paid_by != actor.id:
        return None
    return _same_person(_("这笔退款是您付的，请由财务另一人对账。"))


def not_an_excess(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Only what a settlement leaves over was looked at by the audit."""
    if refund.source == Refund.Source.SETTLEMENT_EXCESS:
        return None
    return Refused("not_an_excess", _("只有结算多余款可随审核批准，其他退款请逐级审批。"))


def above_audit_limit(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """An audit approves a small excess only (refund.by_audit)."""
    limit = amount("refund.by_audit_fen", office=refund.office_id, at=at)
    if queries.exposure(refund.order, refund.payee_id, at=at) <= limit:
        return None
    text = _("退款合计超过随审核批准的上限 %(limit)s，请按退款申请逐级审批。")
    return Refused("above_audit_limit", text % {"limit": limit.shown})


def no_open_shift(
    refund: Refund, actor: Actor, at: datetime, asked: Payout | Till | None
) -> Refused | None:
    """I-29: money leaves a drawer in the open shift of who hands it out."""
    shift = asked.shift if asked else cashier.live_shifts(actor).first()
    if shift is not None and shift.cashier_id == actor.id and shift.state == Shift.State.OPEN:
        return None
    return Refused("no_open_shift", _("您还没有开班，不能付款。请先开班清点备用金。"))


def other_office(
    refund: Refund, actor: Actor, at: datetime, asked: Payout | Till | None
) -> Refused | None:
    """A till pays for its own office."""
    if asked is None or asked.shift is None or asked.shift.office_id == refund.office_id:
        return None
    text = _("这笔退款属于%(office)s，请您到该处收银台办理。")
    return Refused("other_office", text % {"office": refund.office.name})


def overdrawn(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-59: a receipt may have been reversed since the refund was asked for."""
    if not isinstance(asked, Payout):
        return None
    if queries.given_back(refund.order) <= cashier.received(refund.order):
        return None
    text = _("本单的收据已作废或红冲，有效收款不足以退款。请驳回后按实收重新申请。")
    return Refused("more_than_received", text)


def original_missing(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-26, I-61: the original receipt comes back, or the payee declares its loss in person."""
    if not isinstance(asked, Payout):
        return None
    if not asked.original_returned and not asked.loss_declared:
        text = _("请先收回原收据（补打件不算），或请收款人填写遗失声明。")
        return Refused("original_missing", text, field="original_returned")
    if not asked.original_returned and asked.authorization.strip():
        text = _("原收据遗失时不能由他人代领，请收款人本人到场办理。")
        return Refused("payee_absent", text, field="authorization")
    return None


def too_much_cash(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-27: large sums go by bank transfer (refund.cash_max)."""
    limit = amount("refund.cash_max_fen", office=refund.office_id, at=at)
    if refund.method != Method.CASH or refund.amount <= limit:
        return None
    text = _("现金退款不能超过 %(limit)s，请登记付款失败并补充收款账号，改为转账。")
    return Refused("too_much_cash", text % {"limit": limit.shown})


def account_missing(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-27: what was not paid by transfer can be transferred only to an account that was named."""
    if refund.method != Method.TRANSFER or refund.payee_account:
        return None
    receipt = refund.original_receipt
    if receipt is not None and receipt.method == Method.TRANSFER:
        return None
    text = _("这笔退款须转账，但还没有收款账号。请登记付款失败，由财务补充收款账号。")
    return Refused("account_missing", text)


def drawer_short(refund: Refund, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """3.5: cash that is not there cannot be paid."""
    if refund.method != Method.CASH or not isinstance(asked, Payout):
        return None
    there = cashier.cash_in_drawer(asked.shift)
    if refund.amount <= there:
        return None
    text = _("钱箱现有 %(there)s，不够付这笔退款，请补足备用金后再付。")
    return Refused("drawer_short", text % {"there": max(there, NOTHING).shown})


def channel_ref_missing(
    refund: Refund, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """What a channel pays back has its number, for reconciliation."""
    if refund.method == Method.CASH or not isinstance(asked, Payout) or asked.channel_ref.strip():
        return None
    text = _("请填写退款流水号，以便与渠道或银行对账。")
    return Refused("channel_ref_missing", text, field="channel_ref")


def account_blank(refund: Refund, actor: Actor, at: datetime, asked: str | None) -> Refused | None:
    """A corrected account is named."""
    if asked is None or asked.strip():
        return None
    return Refused("account_missing", _("请填写更正后的收款账号。"), field="payee_account")


def not_due_yet(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O20: an order lapses only when its time to pay is over."""
    if order.due_at is not None and order.due_at <= at:
        return None
    return Refused("not_due_yet", _("这单的付款期限还没有到，请等到期后再办理。"))


def _exposed(refund: Refund, at: datetime, asked: Weighed | None) -> Money:
    if asked is not None:
        return asked.exposure
    return queries.exposure(refund.order, refund.payee_id, at=at)


def _same_person(text: str) -> Refused:
    return Refused("same_person", text, clause="3.5")
