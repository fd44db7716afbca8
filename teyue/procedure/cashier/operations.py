"""What may be done at the till. Nothing else writes here."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.ledger import operations as ledger
from teyue.foundation.ledger.models import Account
from teyue.foundation.lifecycle import Document, Step, Turn, hold, seek
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import deadlines
from teyue.procedure.cashier import queries, steps
from teyue.procedure.cashier.facts import Closing, Count, Forcing, Payment, Tender
from teyue.procedure.cashier.models import ACCOUNT_OF, Drawer, Method, Printing, Receipt, Shift
from teyue.procedure.pricing.models import PriceLine
from teyue.register.company.models import Office


def install_drawer(
    office: Office,
    *,
    name: str,
    kind: Drawer.Kind = Drawer.Kind.DRAWER,
    actor: Actor,
    at: datetime,
) -> Drawer:
    """Set a cash desk up in an office; shifts are opened on it.

    :raises Refused: ``name_missing``, ``name_taken``.
    """
    drawer = Drawer(office=office, kind_of_drawer=kind)
    with steps.INSTALL_DRAWER.take(drawer, actor=actor, at=at, asked=name):
        drawer.name = name.strip()
    return drawer


def open_shift(drawer: Drawer, *, float_amount: Money, actor: Actor, at: datetime) -> Shift:
    """Open a shift on a drawer with the float that was counted into it (F-25).

    :raises Refused: ``drawer_taken``, ``already_on_shift``, ``float_negative``.
    """
    shift = Shift(office=drawer.office, drawer=drawer, cashier_id=actor.id, opened_at=at)
    with steps.OPEN_SHIFT.take(shift, actor=actor, at=at, asked=float_amount) as turn:
        shift.float_amount = float_amount
        turn.note(float=float_amount)
    return shift


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


def collect(order: Order, *, payment: Payment, shift: Shift, actor: Actor, at: datetime) -> Receipt:
    """Collect a top-up at settlement, or what an emergency left unpaid (F-11).

    :raises Refused: as :func:`receive`, and ``nothing_in_arrears``, ``nothing_to_top_up``.
    """
    with sitting.opened():
        asked = _tender(order, shift, payment)
        receipt = _receipt(order, payment, shift, actor, at)
        on = (order, shift)
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
        receipt.original_returned = True
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


def count(shift: Shift, *, counted: Count, actor: Actor, at: datetime) -> Shift:
    """Count the drawer blind: only afterwards the books are shown (C-22).

    :raises Refused: ``not_your_shift``, ``count_impossible``.
    """
    with steps.COUNT.take(shift, actor=actor, at=at, asked=counted) as turn:
        _compare(shift, counted, turn)
    return shift


def close_shift(shift: Shift, *, closing: Closing, actor: Actor, at: datetime) -> Shift:
    """Close a counted shift: book the difference and what goes to the bank (F-25, E-30).

    :raises Refused: ``not_your_shift``, ``variance_unexplained``, ``banked_too_much``,
        ``bank_slip_missing``, ``too_much_overnight``.
    """
    with steps.CLOSE_SHIFT.take(shift, actor=actor, at=at, asked=closing) as turn:
        _close(shift, closing, turn)
    return shift


def force_close(
    shift: Shift, *, counted: Count, witness: int, reason: str, actor: Actor, at: datetime
) -> Shift:
    """Close a shift that its cashier left open, with a count by two people (E-31).

    :raises Refused: ``own_shift``, ``witness_missing``, ``reason_missing``,
        ``count_impossible``.
    """
    asked = Forcing(counted=counted, witness=witness, reason=reason)
    with steps.FORCE_CLOSE.take(shift, actor=actor, at=at, asked=asked) as turn:
        _compare(shift, counted, turn)
        shift.forced, shift.witness_id = True, witness
        _close(shift, Closing(reason=reason), turn)
    return shift


def verify(shift: Shift, *, actor: Actor, at: datetime) -> Shift:
    """Verify a day close (I-38).

    :raises Refused: ``own_shift``.
    """
    with steps.VERIFY.take(shift, actor=actor, at=at):
        shift.verified_by_id, shift.verified_at = actor.id, at
    return shift


def liability_of(order: Order) -> Account:
    """Return where the money of an order is owed: as a prepayment or as a deposit."""
    deposit = order.line.prepay_mode == PriceLine.Prepay.DEPOSIT
    return Account.DEPOSIT if deposit else Account.PREPAYMENT


def purpose_of(order: Order) -> Receipt.Purpose:
    """Return what money before the work is for: a deposit or a prepayment."""
    deposit = liability_of(order) == Account.DEPOSIT
    return Receipt.Purpose.DEPOSIT if deposit else Receipt.Purpose.PREPAYMENT


def till_of(actor: Actor) -> Shift:
    """Lock the shift in which somebody works, for the sitting in progress; else a blank one."""
    try:
        return seek(queries.live_shifts(actor))
    except Shift.DoesNotExist:
        return Shift()


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
        out_of=liability_of(order),
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
        turn.leave(Standing.AWAITING_PAYMENT, due=deadlines.lapse_at(order, at=at))
    return receipt


def _compare(shift: Shift, counted: Count, turn: Turn) -> None:
    shift.counts = {str(worth): number for worth, number in counted.pieces.items() if number}
    shift.counted = counted.total
    shift.expected = queries.cash_in_drawer(shift)
    shift.variance = shift.counted - shift.expected
    turn.note(counted=shift.counted, expected=shift.expected, variance=shift.variance)


def _close(shift: Shift, closing: Closing, turn: Turn) -> None:
    shift.variance_reason, shift.closed_at = closing.reason, turn.at
    shift.banked, shift.bank_slip = closing.banked, closing.bank_slip
    variance = shift.variance or NOTHING
    if variance > NOTHING:
        _from(Account.OVER_SHORT, Account.CASH, variance, shift, turn)
    elif variance < NOTHING:
        _from(Account.CASH, Account.OVER_SHORT, -variance, shift, turn)
    if closing.banked:
        _from(Account.CASH, Account.BANK, closing.banked, shift, turn)
    turn.note(banked=closing.banked, variance=variance)


def _from(source: Account, target: Account, amount: Money, shift: Shift, turn: Turn) -> None:
    ledger.move(amount, out_of=source, into=target, by=shift, at=turn.at, till=shift.pk)
