"""Money that was booked on the wrong order goes to the right one (E-02, E-25, ADR 0012)."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.ledger import operations as ledger
from teyue.foundation.ledger.models import Account
from teyue.foundation.lifecycle import Turn, hold, seek
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import deadlines
from teyue.procedure.cashier import queries, steps
from teyue.procedure.cashier.facts import Part, Transferring
from teyue.procedure.cashier.models import Receipt, Shift, Transfer
from teyue.procedure.cashier.operations.receipts import liability_of, purpose_of
from teyue.register.people import queries as people


def request_transfer(
    order: Order, *, transferring: Transferring, actor: Actor, at: datetime
) -> Transfer:
    """Ask finance to move money to the order it belongs to: all that is held, or one receipt.

    :raises Refused: ``own_household``, ``transfer_under_way``, ``nothing_held``,
        ``target_unsound``, ``same_household``, ``receipt_unsound``, ``more_than_held``.
    """
    # A sitting knows one copy of an order, even of one that is named twice.
    target = order if transferring.target.pk == order.pk else transferring.target
    with sitting.opened():
        _hold_both(order, target)
        transfer = Transfer(
            office=order.office,
            order=order,
            target=target,
            receipt=transferring.receipt,
            reason=transferring.reason,
            amount=_amount(order, transferring),
            note=transferring.note,
            requested_by_id=actor.id,
        )
        on = (order,)
        with steps.REQUEST_TRANSFER.take(
            transfer, actor=actor, at=at, asked=transferring, on=on
        ) as turn:
            turn.note(amount=transfer.amount, target=transfer.target_id, reason=transfer.reason)
    return transfer


def approve_transfer(transfer: Transfer, *, actor: Actor, at: datetime) -> Transfer:
    """Move the money by a pair of entries for each receipt, and issue receipts in their place.

    The order that is covered becomes ready, the one that is not any more waits for payment. The
    new receipts belong to the open shift of the cashier who asked (I-16, I-60).

    :raises Refused: ``own_household``, ``same_person``, ``cashier_off_shift``,
        ``target_unsound``, ``more_than_held``.
    """
    with sitting.opened():
        _hold_both(transfer.order, transfer.target)
        shift = _shift_of(transfer)
        parts = queries.parts(transfer)
        with steps.APPROVE_TRANSFER.take(transfer, actor=actor, at=at, asked=parts) as turn:
            transfer.decided_by_id, transfer.decided_at = actor.id, at
            for part in parts:
                part.receipt.transferred += part.amount
                turn.keep(part.receipt)
                reissue(transfer, part=part, shift=shift, actor=people.system(), at=at)
            turn.note(amount=transfer.amount, target=transfer.target_id)
        cover(transfer.target, actor=people.system(), at=at)
        uncover(transfer.order, actor=people.system(), at=at)
    return transfer


def reject_transfer(transfer: Transfer, *, reason: str, actor: Actor, at: datetime) -> Transfer:
    """Leave the money where it is.

    :raises Refused: ``own_household``, ``same_person``, ``reason_missing``.
    """
    with steps.REJECT_TRANSFER.take(transfer, actor=actor, at=at, asked=reason):
        transfer.decided_by_id, transfer.decided_at = actor.id, at
        transfer.rejected_because = reason.strip()
    return transfer


def reissue(transfer: Transfer, *, part: Part, shift: Shift, actor: Actor, at: datetime) -> Receipt:
    """Issue a receipt for money that was moved here; no money changes hands (E-25, F-11)."""
    source, target = transfer.order, transfer.target
    receipt = Receipt(
        office=target.office,
        shift=shift,
        payer=target.payer,
        household=target.household,
        order=target,
        purpose=purpose_of(target),
        amount=part.amount,
        method=part.receipt.method,
        issued_at=at,
        issued_by_id=transfer.requested_by_id,
        replaces=part.receipt,
    )
    with steps.REISSUE.take(receipt, actor=actor, at=at, on=(target, shift)) as turn:
        _pass(receipt, source, turn, out_of=Account.CLEARING, into=liability_of(source))
        _pass(receipt, target, turn, out_of=liability_of(target), into=Account.CLEARING)
        turn.note(amount=part.amount, replaces=part.receipt.pk)
    return receipt


def cover(order: Order, *, actor: Actor, at: datetime) -> Order:
    """Let an order go on that moved money covers (O5); it waits on while something is missing."""
    if queries.still_due(order, Receipt.Purpose.PREPAYMENT) == NOTHING:
        with steps.COVER.take(order, actor=actor, at=at) as turn:
            turn.leave(Standing.READY, due=deadlines.dispatch_due(order, at=at))
    return order


def uncover(order: Order, *, actor: Actor, at: datetime) -> Order:
    """Let an order wait for payment again (R3) whose money was moved away; else it stays ready."""
    short = queries.still_due(order, Receipt.Purpose.PREPAYMENT) > NOTHING
    if short and order.standing == Standing.READY:
        with steps.UNCOVER.take(order, actor=actor, at=at) as turn:
            turn.leave(Standing.AWAITING_PAYMENT, due=deadlines.lapse_at(order, at=at))
    return order


def sought_transfer(actor: Actor, number: str) -> Transfer:
    """Lock the last transfer out of an order, after both orders, for the sitting in progress.

    :raises DoesNotExist: when there is none that the actor may see.
    """
    seen = queries.transfers_seen_by(actor)
    last = seen.filter(order__number=number).latest("pk")
    _hold_both(*Order.along_with().filter(pk__in=(last.order_id, last.target_id)))
    return seek(seen, pk=last.pk)


def _hold_both(*orders: Order) -> None:
    """Lock orders in the order of their keys, so that two transfers never wait for each other."""
    hold(*sorted(orders, key=lambda order: order.pk))


def _amount(order: Order, transferring: Transferring) -> Money:
    receipt = transferring.receipt
    return queries.held(order) if receipt is None else receipt.amount - receipt.transferred


def _shift_of(transfer: Transfer) -> Shift:
    shifts = Shift.objects.filter(cashier=transfer.requested_by_id, state=Shift.State.OPEN)
    found = shifts.filter(office=transfer.office_id).locked().first()
    return found or Shift()


def _pass(receipt: Receipt, order: Order, turn: Turn, *, out_of: Account, into: Account) -> None:
    ledger.move(
        receipt.amount,
        out_of=out_of,
        into=into,
        by=receipt,
        at=turn.at,
        case=order,
        party=order.household_id,
    )
