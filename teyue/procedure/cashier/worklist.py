"""What waits at the till, and in finance behind it, by asking the steps."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.refusal import Refused
from teyue.foundation.work import Card, Work, queue, soonest
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import queries, steps
from teyue.procedure.cashier.models import Receipt, Shift, Transfer
from teyue.procedure.cashier.steps import objections
from teyue.register.calendar.queries import calendar_of


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return the payments, voidings, transfers and day closes that wait for this person."""
    till = [*_payments(actor, at), *_voidings(actor, at)]
    return soonest([*till, *_transfers(actor, at), *_closings(actor, at)])


def _payments(actor: Actor, at: datetime) -> list[Work]:
    if not actor.may_somewhere(steps.RECEIVE.power):
        return []
    shift = queries.live_shifts(actor).first()
    blank = Receipt(shift=shift) if shift else Receipt()
    closed = objections.no_open_shift(blank, actor, at, None)
    return [
        _payment(order, shift, closed, actor=actor, at=at)
        for order in queries.awaiting(actor)
        if actor.may(steps.RECEIVE.power, order.office_id)
    ]


def _payment(
    order: Order, shift: Shift | None, closed: Refused | None, *, actor: Actor, at: datetime
) -> Work:
    step = steps.RECEIVE
    blank = Receipt(order=order, office=order.office, shift=shift)
    return Work(
        queue=step.name,
        label=step.label,
        clause=step.clause,
        document_kind=order.kind,
        document_id=order.pk,
        number=order.number or "",
        since=order.standing_since,
        card=_paying(order),
        refusal=closed or step.objection(blank, actor=actor, at=at),
    )


def _paying(order: Order) -> Card:
    return Card(
        household=order.household.label,
        title=order.item.name,
        look_at=_("核对姓名和房号"),
        due_at=order.due_at,
        amount=queries.due_now(order),
        url="cashier-receive",
        url_kwargs={"number": order.number or ""},
    )


def _voidings(actor: Actor, at: datetime) -> list[Work]:
    if not actor.may_somewhere(steps.VOID.power):
        return []
    asked = queries.void_requests(actor, at=at)
    return queue(steps.VOID, asked, card=_voiding, actor=actor, at=at)


def _voiding(receipt: Receipt) -> Card:
    return Card(
        household=receipt.household.label,
        title=receipt.order.item.name,
        look_at=_("看作废原因和收回的原收据"),
        amount=receipt.amount,
        url="receipt",
        url_kwargs={"number": receipt.number or ""},
    )


def _transfers(actor: Actor, at: datetime) -> list[Work]:
    if not actor.may_somewhere(steps.APPROVE_TRANSFER.power):
        return []
    asked = queries.transfer_requests(actor)
    return queue(steps.APPROVE_TRANSFER, asked, card=_transfer, actor=actor, at=at)


def _transfer(transfer: Transfer) -> Card:
    return Card(
        household=transfer.order.household.label,
        title=transfer.order.item.name,
        look_at=_("核对两张单和原收据，看转移原因"),
        amount=transfer.amount,
        url="transfer",
        url_kwargs={"number": transfer.order.number or ""},
    )


def _closings(actor: Actor, at: datetime) -> list[Work]:
    if not actor.may_somewhere(steps.VERIFY.power):
        return []
    closed = queries.shifts_seen_by(actor).filter(state=Shift.State.CLOSED)
    old = queries.left_open(actor, before=local_day(at))
    return [
        *queue(steps.VERIFY, closed, card=_closing, actor=actor, at=at),
        *queue(steps.FORCE_CLOSE, old, card=_forcing, actor=actor, at=at),
    ]


def _closing(shift: Shift) -> Card:
    closed = shift.closed_at or shift.opened_at
    due = calendar_of(shift.office_id).add_working_days(closed, 1)
    return _shift(shift, _("对照缴款单和差额原因"), due)


def _forcing(shift: Shift) -> Card:
    return _shift(shift, _("收银员没有日结，须两人盘点"), shift.opened_at)


def _shift(shift: Shift, look_at: object, due: datetime) -> Card:
    return Card(
        title=f"{shift.drawer.name} · {shift.cashier.name}",
        look_at=str(look_at),
        due_at=due,
        amount=shift.variance,
        url="shift",
        url_kwargs={"number": shift.number or ""},
    )
