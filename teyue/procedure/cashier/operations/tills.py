"""Cash desks and the shifts of those who sit at them."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.foundation.ledger import operations as ledger
from teyue.foundation.ledger.models import Account
from teyue.foundation.lifecycle import Turn, seek
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.cashier import queries, steps
from teyue.procedure.cashier.facts import Closing, Count, Forcing, Opening
from teyue.procedure.cashier.models import Drawer, Shift
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


def open_shift(
    drawer: Drawer, *, float_amount: Money, reason: str = "", actor: Actor, at: datetime
) -> Shift:
    """Open a shift on a drawer with the float that was counted in it (F-25).

    What it holds beside what the last shift left is a difference of cash, with its reason (E-30).

    :raises Refused: ``drawer_taken``, ``already_on_shift``, ``float_negative``,
        ``handover_unexplained``.
    """
    shift = Shift(office=drawer.office, drawer=drawer, cashier_id=actor.id, opened_at=at)
    asked = Opening(counted=float_amount, left=queries.left_in(drawer), reason=reason.strip())
    with steps.OPEN_SHIFT.take(shift, actor=actor, at=at, asked=asked) as turn:
        shift.float_amount, shift.opening_variance = float_amount, asked.variance
        shift.opening_reason = asked.reason if asked.variance else ""
        _book(asked.variance, shift, turn)
        turn.note(float=float_amount, variance=asked.variance)
    return shift


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


def till_of(actor: Actor) -> Shift:
    """Lock the shift in which somebody works, for the sitting in progress; else a blank one."""
    try:
        return seek(queries.live_shifts(actor))
    except Shift.DoesNotExist:
        return Shift()


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
    _book(variance, shift, turn)
    if closing.banked:
        _from(Account.CASH, Account.BANK, closing.banked, shift, turn)
    turn.note(banked=closing.banked, variance=variance)


def _book(variance: Money, shift: Shift, turn: Turn) -> None:
    """Book what was counted beyond the books, or is missing, as long or short (E-30)."""
    if variance > NOTHING:
        _from(Account.OVER_SHORT, Account.CASH, variance, shift, turn)
    elif variance < NOTHING:
        _from(Account.CASH, Account.OVER_SHORT, -variance, shift, turn)


def _from(source: Account, target: Account, amount: Money, shift: Shift, turn: Turn) -> None:
    ledger.move(amount, out_of=source, into=target, by=shift, at=turn.at, till=shift)
