"""What may be done about refunds. Nothing else writes here."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Actor
from teyue.foundation.ledger import operations as ledger
from teyue.foundation.ledger.models import Account
from teyue.foundation.lifecycle import Turn
from teyue.foundation.money import Money
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.models import ACCOUNT_OF, Method, Receipt
from teyue.procedure.cashier.operations import liability_of
from teyue.procedure.refund import queries, steps
from teyue.procedure.refund.facts import Payout, Wish
from teyue.procedure.refund.models import Refund
from teyue.register.people import queries as people


def request(
    order: Order,
    *,
    source: Refund.Source,
    amount: Money,
    note: str = "",
    original_receipt: Receipt | None = None,
    actor: Actor,
    at: datetime,
) -> Refund:
    """Ask for money to go back (F-14); from now on it is owed as a refund (E-23).

    The payee is who paid; without a receipt in the hand the largest fitting one is chosen.

    :raises Refused: ``own_household``, ``amount_not_positive``, ``receipt_unsound``,
        ``more_than_received`` (I-59), ``more_than_held`` (I-26), ``still_needed`` (I-14).
    """
    payee = original_receipt.payer_id if original_receipt else order.payer_id
    refund = Refund(
        order=order,
        office=order.office,
        source=source,
        amount=amount,
        payee_id=payee,
        requested_by=actor.id,
        note=note,
    )
    wish = Wish(amount=amount, receipt=original_receipt)
    with steps.REQUEST.take(refund, actor=actor, at=at, asked=wish, on=(order,)) as turn:
        back = queries.way_back(order, amount, original_receipt, at=at)
        refund.original_receipt, refund.method = back.receipt, back.method
        _move(refund, turn, out_of=Account.REFUND_DUE, into=liability_of(order))
        turn.note(source=source, method=back.method, receipt=back.receipt.pk)
    return refund


def request_by_audit(
    order: Order, *, amount: Money, auditor: int, note: str = "", at: datetime
) -> Refund:
    """Ask for a small excess of a settlement that the audit has approved, in one sitting.

    The system requests, and takes review and approval on the word of the auditor, each with its
    entry; ``auditor`` is who passed the audit and therefore may not pay (I-36).

    :raises Refused: ``above_audit_limit``, and those of :func:`request`.
    """
    system = people.system()
    with sitting.opened():
        refund = request(
            order,
            source=Refund.Source.SETTLEMENT_EXCESS,
            amount=amount,
            note=note,
            actor=system,
            at=at,
        )
        review_by_audit(refund, auditor=auditor, actor=system, at=at)
        return approve_by_audit(refund, auditor=auditor, actor=system, at=at)


def review(refund: Refund, *, payee_account: str = "", actor: Actor, at: datetime) -> Refund:
    """Review a request, and name the account where the money must be transferred (E-27).

    :raises Refused: ``own_household``.
    """
    with steps.REVIEW.take(refund, actor=actor, at=at):
        refund.reviewed_by = actor.id
        refund.payee_account = payee_account.strip()
    return refund


def review_by_audit(refund: Refund, *, auditor: int, actor: Actor, at: datetime) -> Refund:
    """Take the audit of a settlement for the review of its excess.

    :raises Refused: ``not_an_excess``.
    """
    with steps.REVIEW_BY_AUDIT.take(refund, actor=actor, at=at) as turn:
        refund.reviewed_by = auditor
        turn.note(auditor=auditor)
    return refund


def decide(refund: Refund, *, actor: Actor, at: datetime) -> Refund:
    """Approve, or approve for cosigning, whichever the sum asks for.

    :raises Refused: as :func:`approve` and :func:`endorse`.
    """
    exposed = queries.exposure(refund.order, refund.payee_id, at=at)
    if queries.needs_cosign(exposed, office=refund.office_id, at=at):
        return endorse(refund, actor=actor, at=at)
    return approve(refund, actor=actor, at=at)


def approve(refund: Refund, *, actor: Actor, at: datetime) -> Refund:
    """Approve a refund within the own limit.

    :raises Refused: ``above_your_limit``, ``needs_cosign``, ``same_person``, ``own_household``.
    """
    with steps.APPROVE.take(refund, actor=actor, at=at) as turn:
        refund.approved_by = actor.id
        turn.note(amount=refund.amount)
    return refund


def approve_by_audit(refund: Refund, *, auditor: int, actor: Actor, at: datetime) -> Refund:
    """Take the audit of a settlement for the approval of its small excess (refund.by_audit).

    :raises Refused: ``not_an_excess``, ``above_audit_limit``.
    """
    with steps.APPROVE_BY_AUDIT.take(refund, actor=actor, at=at) as turn:
        refund.approved_by = auditor
        turn.note(amount=refund.amount, auditor=auditor)
    return refund


def endorse(refund: Refund, *, actor: Actor, at: datetime) -> Refund:
    """Approve a refund of a sum that finance must sign as well (refund.cosign).

    :raises Refused: ``above_your_limit``, ``needs_no_cosign``, ``same_person``,
        ``own_household``.
    """
    with steps.ENDORSE.take(refund, actor=actor, at=at) as turn:
        refund.approved_by = actor.id
        turn.note(amount=refund.amount)
    return refund


def cosign(refund: Refund, *, actor: Actor, at: datetime) -> Refund:
    """Sign for finance.

    :raises Refused: ``same_person``, ``own_household``.
    """
    with steps.COSIGN.take(refund, actor=actor, at=at) as turn:
        refund.cosigned_by = actor.id
        turn.note(amount=refund.amount)
    return refund


def reject(refund: Refund, *, reason: str, actor: Actor, at: datetime) -> Refund:
    """Reject a refund; its money is held for the order again.

    :raises Refused: ``reason_missing``, ``own_household``.
    """
    with steps.REJECT.take(refund, actor=actor, at=at, asked=reason, on=(refund.order,)) as turn:
        refund.rejected_because = reason
        _move(refund, turn, out_of=liability_of(refund.order), into=Account.REFUND_DUE)
    return refund


def pay(refund: Refund, *, payout: Payout, actor: Actor, at: datetime) -> Refund:
    """Pay an approved refund as it was once paid, out of the own open shift (I-29, I-36).

    :raises Refused: ``same_person``, ``no_open_shift``, ``other_office``, ``more_than_received``,
        ``too_much_cash``, ``account_missing``, ``original_missing``, ``payee_absent``,
        ``channel_ref_missing``, ``drawer_short``, ``own_household``.
    """
    on = (refund.order, payout.shift)
    with steps.PAY.take(refund, actor=actor, at=at, asked=payout, on=on) as turn:
        refund.paid_by, refund.paid_at, refund.shift = actor.id, at, payout.shift
        refund.original_returned = payout.original_returned
        refund.loss_declared = payout.loss_declared
        refund.authorization = payout.authorization.strip()
        refund.channel_ref = payout.channel_ref.strip()
        source = ACCOUNT_OF[Method(refund.method)]
        _move(refund, turn, out_of=source, into=Account.REFUND_DUE, till=payout.shift.pk)
        turn.note(method=refund.method, shift=payout.shift.pk)
    return refund


def fail(refund: Refund, *, reason: str, actor: Actor, at: datetime) -> Refund:
    """Record that a channel or bank did not take the money back.

    :raises Refused: ``reason_missing``, ``own_household``.
    """
    with steps.FAIL.take(refund, actor=actor, at=at, asked=reason):
        refund.failed_because = reason
    return refund


def retry(refund: Refund, *, payee_account: str, actor: Actor, at: datetime) -> Refund:
    """Let a refund that failed be transferred to a corrected account (E-27).

    :raises Refused: ``account_missing``, ``own_household``.
    """
    with steps.RETRY.take(refund, actor=actor, at=at, asked=payee_account) as turn:
        refund.payee_account, refund.method = payee_account.strip(), Method.TRANSFER
        refund.corrected_by = actor.id
        turn.note(method=refund.method)
    return refund


def reconcile(refund: Refund, *, actor: Actor, at: datetime) -> Refund:
    """Close a paid refund that agrees with the day close and the channel.

    :raises Refused: ``same_person``, ``own_household``.
    """
    with steps.RECONCILE.take(refund, actor=actor, at=at):
        pass
    return refund


def lapse(order: Order, *, actor: Actor, at: datetime) -> Order:
    """Cancel an order that nobody paid in time (O20): free its capacity, give back part payments.

    :raises Refused: ``not_due_yet``.
    """
    with sitting.opened():
        with steps.LAPSE.take(order, actor=actor, at=at) as turn:
            order.ended_because = "unpaid"
            booking.free(order, turn)
            held = cashier.held(order)
            turn.note(held=held)
        if held:
            source = Refund.Source.CANCELLATION
            request(order, source=source, amount=held, actor=actor, at=at)
    return order


def _move(
    refund: Refund, turn: Turn, *, out_of: Account, into: Account, till: int | None = None
) -> None:
    order = refund.order
    ledger.move(
        refund.amount,
        out_of=out_of,
        into=into,
        by=refund,
        at=turn.at,
        case=order,
        party=order.household_id,
        till=till,
    )
    turn.note(amount=refund.amount)
