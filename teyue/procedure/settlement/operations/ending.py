"""The ways out of an order that may have been paid: cancelled, called off, void."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.foundation.ledger import operations as ledger
from teyue.foundation.ledger.models import Account
from teyue.foundation.lifecycle import Step, Turn
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch import queries as visits
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import steps
from teyue.procedure.settlement.facts import Cancellation, Mistake, Voiding
from teyue.procedure.settlement.queries.fees import fee
from teyue.register.people import queries as people

SOURCE_OF = {
    Mistake.WRONG_HOUSEHOLD: Refund.Source.WRONG_HOUSEHOLD,
    Mistake.DUPLICATE: Refund.Source.DUPLICATE,
    Mistake.TEST: Refund.Source.OVERPAYMENT,
}


def cancel(order: Order, *, cancellation: Cancellation, actor: Actor, at: datetime) -> Order:
    """Cancel for the household (O18): a listed fee at most, everything else is given back.

    :raises Refused: ``not_of_household``, ``own_household``, ``work_delivered``, ``work_begun``,
        ``reason_missing``.
    """
    with steps.CANCEL.take(order, actor=actor, at=at, asked=cancellation) as turn:
        owed = fee(order, special_material=cancellation.special_material, at=at).amount
        order.ended_because = "by_household" if owed == NOTHING else "late"
        order.ended_note = cancellation.reason
        end(order, owed, Refund.Source.CANCELLATION, turn)
    return order


def call_off(order: Order, *, cancellation: Cancellation, actor: Actor, at: datetime) -> Order:
    """Cancel for the company (O19): everything is given back.

    :raises Refused: ``own_household``, ``work_delivered``, ``reason_missing``.
    """
    return _undo(steps.CALL_OFF, order, cancellation, "by_company", actor, at)


def void(order: Order, *, voiding: Voiding, actor: Actor, at: datetime) -> Order:
    """Void an order that should never have been (O21, E-02, E-03); its money is given back.

    :raises Refused: ``own_household``, ``work_delivered``, ``work_begun``, ``reason_missing``,
        ``duplicate_of_missing``.
    """
    with steps.VOID.take(order, actor=actor, at=at, asked=voiding) as turn:
        order.ended_because, order.ended_note = voiding.mistake, voiding.reason
        order.duplicate_of = voiding.duplicate_of
        end(order, NOTHING, SOURCE_OF[voiding.mistake], turn)
    return order


def vacate(order: Order, *, actor: Actor, at: datetime) -> Order:
    """Cancel free of charge what a household ordered that moved out (E-22); the payer is repaid.

    :raises Refused: ``household_open``, ``work_delivered``, ``work_begun``.
    """
    with steps.VACATE.take(order, actor=actor, at=at) as turn:
        order.ended_because = "moved_out"
        end(order, NOTHING, Refund.Source.CANCELLATION, turn)
    return order


def collect_fee(
    order: Order, *, payment: Payment, shift: Shift, actor: Actor, at: datetime
) -> Receipt:
    """Collect in whole what a cancellation cost beyond what was paid (C-05b, ADR 0013).

    :raises Refused: ``nothing_in_arrears``, ``emergency_owed``, ``arrears_in_part``, and those
        of the till.
    """
    with steps.COLLECT_FEE.take(order, actor=actor, at=at, asked=payment) as turn:
        due = till.still_due(order, Receipt.Purpose.ARREARS)
        receipt = cashier.collect(order, payment=payment, due=due, shift=shift, actor=actor, at=at)
        order.in_arrears = False
        turn.note(amount=payment.amount)
    return receipt


def _undo(
    step: Step, order: Order, cancellation: Cancellation, because: str, actor: Actor, at: datetime
) -> Order:
    with step.take(order, actor=actor, at=at, asked=cancellation) as turn:
        order.ended_because, order.ended_note = because, cancellation.reason
        end(order, NOTHING, Refund.Source.CANCELLATION, turn)
    return order


def end(order: Order, owed: Money, source: Refund.Source, turn: Turn) -> None:
    """Free the capacity, cancel the visits, keep what is owed and give the rest back.

    What is owed beyond what was paid stays a claim on the household (C-05b). The step must name
    reservations and movements among its writes.
    """
    at = turn.at
    booking.free(order, turn)
    for visit in visits.live_visits(order):
        dispatch.cancel_visit(visit, actor=turn.actor, at=at)
    held = till.held(order)
    kept = min(owed, held)
    _earn(order, kept, turn, into=cashier.liability_of(order))
    _earn(order, owed - kept, turn, into=Account.RECEIVABLE)
    order.required, order.in_arrears = owed, owed > held
    turn.note(fee=owed, kept=kept, held=held)
    if held > kept:
        refund.request(
            order,
            source=source,
            amount=held - kept,
            note=order.ended_note,
            actor=people.system(),
            at=at,
        )


def _earn(order: Order, amount: Money, turn: Turn, *, into: Account) -> None:
    """Earn part of a fee: out of what is held, or as a claim on the household (ADR 0013)."""
    if amount > NOTHING:
        ledger.move(
            amount,
            out_of=Account.REVENUE,
            into=into,
            by=order,
            at=turn.at,
            case=order,
            party=order.household_id,
        )
