"""What speaks against moving money from one order to another (clause 3.5; E-02, E-25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.steps import own_household
from teyue.procedure.cashier import queries
from teyue.procedure.cashier.facts import Part, Transferring
from teyue.procedure.cashier.models import Receipt, Shift, Transfer


def own_home(transfer: Transfer, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: neither from the own household nor to it."""
    orders = [transfer.order, *([transfer.target] if transfer.target_id else [])]
    refusals = (own_household(order, actor, at, asked) for order in orders)
    return next(filter(None, refusals), None)


def emergency(transfer: Transfer, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-25: nobody who was let in before paying takes the money away again."""
    if not transfer.order.in_arrears:
        return None
    text = _("这单是应急先行，补交的款项不能转走。请按退款办理。")
    return Refused("money_is_used", text)


def nothing_held(transfer: Transfer, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """There must be something to move."""
    if transfer.state or queries.held(transfer.order) > NOTHING:
        return None
    return Refused("nothing_held", _("这单没有留存的预交款，不需要转移。"))


def under_way(transfer: Transfer, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """One request an order at a time."""
    if asked is None or not queries.requested(transfer.order).exists():
        return None
    text = _("这单已申请转移，正等财务批准。请等批准或驳回后再申请。")
    return Refused("transfer_under_way", text)


def target_unsound(transfer: Transfer, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-02, E-25: money goes to another order of the office that waits for payment."""
    if asked is None:
        return None
    order, target = transfer.order, transfer.target
    waits = target.standing == Standing.AWAITING_PAYMENT and target.state == Order.State.OPEN
    if waits and target.office_id == order.office_id and target.pk != order.pk:
        return None
    text = _("请填写款项应归入的单号，须是本管理处另一张等待预交的单。")
    return Refused("target_unsound", text, field="target")


def same_household(
    transfer: Transfer, actor: Actor, at: datetime, asked: Transferring | None
) -> Refused | None:
    """E-02: a wrong household means that the other order is of another one."""
    if asked is None or asked.reason != Transfer.Reason.WRONG_HOUSEHOLD:
        return None
    if transfer.order.household_id != transfer.target.household_id:
        return None
    text = _("两张单是同一户的，不是登记错户。请把原因改为“款项记错单”。")
    return Refused("same_household", text, field="reason")


def receipt_unsound(
    transfer: Transfer, actor: Actor, at: datetime, asked: Transferring | None
) -> Refused | None:
    """E-25: a single receipt is a valid one of this order that was not moved yet."""
    if asked is None or asked.receipt is None:
        return None
    if queries.movable(transfer.order).filter(pk=asked.receipt.pk).exists():
        return None
    text = _("这张收据不是本单可转移的有效收据，请您另选一张。")
    return Refused("receipt_unsound", text, field="receipt")


def more_than_held(transfer: Transfer, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-26: what is asked back or earned meanwhile cannot be moved."""
    if asked is None or transfer.amount <= queries.held(transfer.order):
        return None
    text = _("原单留存的款项已少于 %(amount)s，可能正在退款。请驳回后按现有款项重新申请。")
    return Refused("more_than_held", text % {"amount": transfer.amount.shown})


def nothing_left(
    transfer: Transfer, actor: Actor, at: datetime, asked: Sequence[Part] | None
) -> Refused | None:
    """I-59: valid receipts stand for everything that is moved."""
    if asked is None or asked:
        return None
    text = _("原单的收据已作废、红冲或转出，不够转移。请驳回后重新申请。")
    return Refused("receipt_unsound", text)


def requested_by_same(
    transfer: Transfer, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """3.5: who asks for a transfer does not approve it."""
    if transfer.requested_by_id != actor.id:
        return None
    return Refused("same_person", _("这笔转移是您申请的，请由财务另一人批准。"))


def cashier_off_shift(
    transfer: Transfer, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """I-16, I-60: the new receipts belong to an open shift of the cashier who asked."""
    if asked is None:
        return None
    open_shifts = Shift.objects.filter(cashier=transfer.requested_by_id, state=Shift.State.OPEN)
    if open_shifts.filter(office=transfer.office_id).exists():
        return None
    text = _("申请转移的 %(name)s 现在没有开班，不能换开收据。请等其开班后再批准。")
    return Refused("cashier_off_shift", text % {"name": transfer.requested_by.name})


def not_covered(order: Order, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O5: an order goes on when all that is required is there."""
    if queries.still_due(order, Receipt.Purpose.PREPAYMENT) == NOTHING:
        return None
    return Refused("not_paid", _("这单还没有收足预交款，请收足后再继续。"))
