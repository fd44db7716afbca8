"""Receipts: issued for money, taken back, printed again."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import pen, sitting
from teyue.foundation.actors import Actor
from teyue.foundation.ledger import operations as ledger
from teyue.foundation.ledger.models import Account
from teyue.foundation.lifecycle import Document, Step, Turn, hold
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import deadlines
from teyue.procedure.cashier import queries, steps
from teyue.procedure.cashier.facts import Payment, Tender
from teyue.procedure.cashier.models import ACCOUNT_OF, Method, Printing, Receipt, Shift
from teyue.procedure.pricing.models import PriceLine


def receive(order: Order, *, payment: Payment, shift: Shift, actor: Actor, at: datetime) -> Receipt:
    """Receive a prepayment or deposit and issue the receipt (O5, F-11).

    The order becomes ready when all that is required is there.

    :raises Refused: ``no_open_shift``, ``own_household``, ``amount_not_positive``,
        ``cash_short``, ``channel_ref_missing``, ``more_than_due``, ``already_receipted``.
    """
    with sitting.opened():
        asked = _tender(order, shift, payment)
        receipt = _receipt(order, payment, shift, actor, at)
        on = (order, shift)
        with steps.RECEIVE.take(receipt, actor=actor, at=at, asked=asked, on=on) as turn:
            _book(receipt, turn)
            if payment.amount < asked.due:
                turn.leave(Standing.AWAITING_PAYMENT, due=order.due_at)
            else:
                turn.leave(Standing.READY, due=deadlines.dispatch_due(order, at=at))
    return receipt


def collect(  # noqa: PLR0913
    order: Order, *, payment: Payment, due: Money, shift: Shift, actor: Actor, at: datetime
) -> Receipt:
    """Collect what a later step has computed to be ``due``: a top-up, arrears (F-11).

    Only a step that names receipts among its writes may ask for it.

    :raises Refused: as :func:`receive`, and ``nothing_in_arrears``, ``nothing_to_top_up``.
    :raises WrittenWithoutPen: outside such a step.
    """
    pen.require(Receipt)
    with sitting.opened():
        hold(order, shift)
        receipt = _receipt(order, payment, shift, actor, at)
        asked, on = Tender(payment=payment, due=due), (order, shift)
        with steps.COLLECT.take(receipt, actor=actor, at=at, asked=asked, on=on) as turn:
            _book(receipt, turn)
    return receipt


def request_void(
    receipt: Receipt, *, reason: str, original_returned: bool, actor: Actor, at: datetime
) -> Receipt:
    """Ask finance to void a receipt of today (E-29).

    :raises Refused: ``not_your_receipt``, ``day_is_over``, ``money_is_used``,
        ``reason_missing``, ``original_missing``.
    """
    asked = (reason, original_returned)
    on = (receipt.order, receipt.shift)
    with steps.REQUEST_VOID.take(receipt, actor=actor, at=at, asked=asked, on=on):
        receipt.void_reason, receipt.void_requested_by = reason, actor.id
        receipt.original_returned, receipt.void_refusal = True, ""
    return receipt


def refuse_void(receipt: Receipt, *, reason: str, actor: Actor, at: datetime) -> Receipt:
    """Let a receipt stand whose voiding was asked for; its original goes back to the payer (E-29).

    :raises Refused: ``issued_by_same``, ``void_not_requested``, ``reason_missing``.
    """
    with steps.REFUSE_VOID.take(receipt, actor=actor, at=at, asked=reason):
        receipt.void_reason, receipt.void_requested_by = "", None
        receipt.original_returned, receipt.void_refusal = False, reason.strip()
    return receipt


def void(receipt: Receipt, *, actor: Actor, at: datetime) -> Receipt:
    """Void a receipt of today; its money goes back and the order waits for payment again (I-37).

    :raises Refused: ``issued_by_same``, ``void_not_requested``, ``day_is_over``, ``money_is_used``.
    """
    return _take_back(steps.VOID, receipt, actor, at, asked="")


def reverse(receipt: Receipt, *, reason: str, actor: Actor, at: datetime) -> Receipt:
    """Reverse a receipt of an earlier day (红冲); the movements are booked back.

    :raises Refused: ``issued_by_same``, ``money_is_used``, ``reason_missing``.
    """
    return _take_back(steps.REVERSE, receipt, actor, at, asked=reason)


def reprint(receipt: Receipt, *, reason: str, actor: Actor, at: datetime) -> Printing:
    """Print a receipt again, under its number and the mark of a reprint (E-28, I-61).

    :raises Refused: ``reason_missing``.
    """
    with steps.REPRINT.take(receipt, actor=actor, at=at, asked=reason) as turn:
        return printed(receipt, turn, reason=reason)


def printed(document: Document, turn: Turn, *, reason: str = "") -> Printing:
    """Log that a paper is printed or shown; the step must name printings among its writes."""
    n = queries.printings_of(document).count() + 1 if document.pk else 1
    printing = Printing(
        document_kind=document.kind, n=n, reason=reason, by=turn.actor.id, at=turn.at
    )
    printing.document = document
    turn.keep(printing)
    return printing


def liability_of(order: Order) -> Account:
    """Return where the money of an order is owed: as a prepayment or as a deposit."""
    deposit = order.line.prepay_mode == PriceLine.Prepay.DEPOSIT
    return Account.DEPOSIT if deposit else Account.PREPAYMENT


def purpose_of(order: Order) -> Receipt.Purpose:
    """Return what money before the work is for: a deposit or a prepayment."""
    deposit = liability_of(order) == Account.DEPOSIT
    return Receipt.Purpose.DEPOSIT if deposit else Receipt.Purpose.PREPAYMENT


def _tender(order: Order, shift: Shift, payment: Payment) -> Tender:
    hold(order, shift)
    return Tender(payment=payment, due=queries.still_due(order, payment.purpose))


def _receipt(order: Order, payment: Payment, shift: Shift, actor: Actor, at: datetime) -> Receipt:
    return Receipt(
        office=order.office,
        shift=shift,
        payer=order.payer,
        household=order.household,
        order=order,
        purpose=payment.purpose,
        amount=payment.amount,
        method=payment.method,
        channel_ref=payment.channel_ref.strip(),
        tendered=payment.tendered,
        issued_at=at,
        issued_by_id=actor.id,
    )


def _book(receipt: Receipt, turn: Turn) -> None:
    order = receipt.order
    ledger.move(
        receipt.amount,
        out_of=liability_of(order) if order.state == Order.State.OPEN else Account.RECEIVABLE,
        into=ACCOUNT_OF[Method(receipt.method)],
        by=receipt,
        at=turn.at,
        case=order,
        party=order.household_id,
        till=receipt.shift_id,
    )
    turn.note(amount=receipt.amount, method=receipt.method, shift=receipt.shift_id)


def _take_back(step: Step, receipt: Receipt, actor: Actor, at: datetime, *, asked: str) -> Receipt:
    order, shift = receipt.order, receipt.shift
    with step.take(receipt, actor=actor, at=at, asked=asked, on=(order, shift)) as turn:
        left = queries.held(order) - receipt.amount
        ledger.move(
            receipt.amount,
            out_of=ACCOUNT_OF[Method(receipt.method)],
            into=liability_of(order),
            by=receipt,
            at=at,
            case=order,
            party=order.household_id,
            till=shift.pk if shift.state == Shift.State.OPEN else None,
        )
        receipt.void_approved_by = actor.id
        receipt.void_reason = asked or receipt.void_reason
        turn.note(amount=receipt.amount)
        if order.standing != Standing.READY or left < order.required:
            turn.leave(Standing.AWAITING_PAYMENT, due=deadlines.lapse_at(order, at=at))
    return receipt
