"""Close an order's money."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Turn, entitled, hold
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.refund.queries import within_audit
from teyue.procedure.settlement import queries, steps
from teyue.procedure.settlement.facts import Closing
from teyue.procedure.settlement.models import Settlement
from teyue.procedure.settlement.operations.earned import move, parts
from teyue.register.parameters.queries import value
from teyue.register.people import queries as people


def settle(
    order: Order, *, closing: Closing, shift: Shift | None, actor: Actor, at: datetime
) -> Settlement:
    """Close an order's money (O15, F-13): earn the charge, collect or give back the difference.

    :raises Refused: ``not_audited``, ``own_household``, ``auditor_settles``,
        ``performer_settles``, ``registrar_settles``, ``not_itemized``, ``held``, and those of the
        till.
    """
    with sitting.opened():
        hold(order)
        entitled(steps.SETTLE, Settlement(order=order, office=order.office), actor)
        found = _account(order)
        slip = _slip(order, found, at)
        closing = replace(closing, auditors=found.auditors, performers=found.performers)
        if order.in_arrears:
            dispatch.clear_arrears(order, actor=actor, at=at)
        with steps.SETTLE.take(slip, actor=actor, at=at, asked=closing, on=(order,)) as turn:
            slip.settled_by_id, slip.settled_at = actor.id or None, at
            if slip.difference > NOTHING:
                slip.receipt = _collect(slip, closing, shift, actor, at)
            _earn(slip, turn)
            if slip.difference < NOTHING:
                slip.refund = _give_back(slip, at)
            days = value("order.close_d", office=order.office_id, at=at)
            turn.leave(Standing.SETTLED, due=at + timedelta(days=days))
            turn.note(actual=slip.actual, prepaid=slip.prepaid)
    return slip


def settle_free(order: Order, *, at: datetime) -> Settlement:
    """Settle an order that moves no money: a rework or a free service (O15 by the system).

    :raises Refused: ``cashier_settles`` when money is involved, ``not_audited``.
    """
    closing = Closing(itemized=True)
    return settle(order, closing=closing, shift=None, actor=people.system(), at=at)


def _account(order: Order) -> queries.Account:
    found = queries.account(order)
    if found is None:
        text = _("服务记录还没有经客服主管审核，不能结算。请先送审核。")
        raise Refused("not_audited", text, clause="4.3.1")
    return found


def _slip(order: Order, found: queries.Account, at: datetime) -> Settlement:
    kinds = Settlement.Kind
    above, below = found.difference > NOTHING, found.difference < NOTHING
    return Settlement(
        office=order.office,
        order=order,
        lines=list(found.lines),
        actual=found.actual,
        prepaid=found.prepaid,
        result=kinds.TOPUP if above else kinds.REFUND if below else kinds.EVEN,
        itemized_at=at,
        audited_by_id=found.audit.auditor_id,
        audited_at=found.audit.at,
    )


def _collect(
    slip: Settlement, closing: Closing, shift: Shift | None, actor: Actor, at: datetime
) -> Receipt:
    if shift is None:
        raise Refused("no_open_shift", _("您还没有开班，不能收款。请先开班清点备用金。"))
    payment = Payment(
        amount=slip.difference,
        method=closing.method,
        tendered=closing.tendered,
        channel_ref=closing.channel_ref,
        purpose=Receipt.Purpose.TOPUP,
    )
    due = slip.difference
    return cashier.collect(slip.order, payment=payment, due=due, shift=shift, actor=actor, at=at)


def _earn(slip: Settlement, turn: Turn) -> None:
    for source, amount in parts(slip):
        move(slip, amount, turn, out_of=source, into=cashier.liability_of(slip.order))


def _give_back(slip: Settlement, at: datetime) -> Refund:
    excess = -slip.difference
    if slip.audited_by_id and within_audit(slip.order, excess, at=at):
        return refund.request_by_audit(slip.order, amount=excess, auditor=slip.audited_by_id, at=at)
    source = Refund.Source.SETTLEMENT_EXCESS
    return refund.request(slip.order, source=source, amount=excess, actor=people.system(), at=at)
