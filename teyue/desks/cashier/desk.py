"""What lies on the till: who waits to pay, who waits to be paid, and the own shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step
from teyue.foundation.money import Money
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import written
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier import steps
from teyue.procedure.cashier.facts import Issued
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.cashier.steps import objections
from teyue.procedure.dispatch import queries as visits
from teyue.procedure.dispatch.models import Override
from teyue.procedure.refund import queries as refunds
from teyue.procedure.refund import steps as refund
from teyue.procedure.refund.models import Refund
from teyue.register.estate.naming import parse_room, plain

RECENT = 5


@dataclass(frozen=True, slots=True)
class Due:
    """One order for which money is expected, and for what."""

    order: Order
    amount: Money
    purpose: Receipt.Purpose

    @property
    def arrears(self) -> bool:
        """Tell whether it is owed already: for an emergency (E-18), or as a fee (C-05b)."""
        return self.purpose == Receipt.Purpose.ARREARS

    @property
    def url(self) -> str:
        """Return where this one is opened."""
        page = "till-redeem" if self.arrears else "cashier-receive"
        return reverse(page, args=(self.order.number,))

    @property
    def what(self) -> str:
        """Say what is paid for: the item, how much of it, and the kind of payment."""
        order = self.order
        quantity = f"{written(order.qty_x100)} {order.line.get_unit_display()}"
        return f"{order.item.name} {quantity} · {self.purpose.label}"

    @property
    def rule(self) -> str:
        """Say how the sum comes about."""
        words = {"total": self.order.agreed.shown, "due": self.order.required.shown}
        if self.order.state == Order.State.CANCELLED:
            return _("取消费 %(due)s，减去已交的款项") % words
        if self.arrears:
            return _("应急先行，报价 %(total)s，一次补足") % words
        if self.order.required < self.order.agreed:
            return _("合计 %(total)s，按规定预交 %(due)s") % words
        return _("合计 %(total)s，全额预交") % words


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the page shows besides the one who stands at the window."""

    shift: Shift | None
    queue: list[Due]
    refunds: list[Refund]
    recent: list[Receipt]
    issued: Issued
    paid_back: int

    @property
    def receipts(self) -> int:
        """Return how many receipts this shift has issued, voided ones included."""
        return self.issued.all


def look(actor: Actor, *, typed: str = "") -> Desk:
    """Return the till of somebody, its queue narrowed to what was typed, in eight statements."""
    shift = till.live_shifts(actor).first()
    queue = [
        *(Due(one, till.due_now(one), Receipt.Purpose.ARREARS) for one in _owing(actor)),
        *(Due(one, till.due_now(one), cashier.purpose_of(one)) for one in till.awaiting(actor)),
    ]
    return Desk(
        shift=shift,
        queue=[one for one in queue if one.amount and _fits(one.order, typed)],
        refunds=list(refunds.waiting_in(actor, refund.PAY.power, Refund.State.APPROVED)),
        recent=_recent(actor, shift),
        issued=till.issued(shift) if shift else Issued(),
        paid_back=_paid_back(shift),
    )


def closed_to(due: Due, desk: Desk, *, actor: Actor, at: datetime) -> Refused | None:
    """Return why this cashier cannot take this money, None if nothing speaks against it."""
    order, step = due.order, _step(due)
    blank = Receipt(order=order, office=order.office, purpose=due.purpose)
    if desk.shift is not None:
        blank.shift = desk.shift
    return step.objection(blank, actor=actor, at=at)


def found(order: Order) -> Due | None:
    """Return what is due for one order that was read with its holding, None for nothing."""
    if order.in_arrears and order.required:
        purpose = Receipt.Purpose.ARREARS
    elif order.standing == Standing.AWAITING_PAYMENT:
        purpose = cashier.purpose_of(order)
    else:
        return None
    amount = till.due_now(order)
    return Due(order, amount, purpose) if amount else None


def expected(order: Order) -> Due:
    """Return what is due for an order that is locked.

    :raises Refused: ``wrong_state``, when it was paid or ended meanwhile: the money goes back.
    """
    due = found(order)
    if due is None:
        raise objections.too_late(order)
    return due


def _owing(actor: Actor) -> KeptQuerySet[Order]:
    """Return what was served and priced before it was paid (E-18), and fees (C-05b)."""
    open_papers = visits.overrides_seen_by(actor).filter(state=Override.State.APPROVED)
    emergencies = Q(pk__in=open_papers.order_by().values("order"))
    return till.in_arrears(actor).filter(emergencies | Q(state=Order.State.CANCELLED))


def _step(due: Due) -> Step:
    return steps.COLLECT if due.arrears else steps.RECEIVE


def _recent(actor: Actor, shift: Shift | None) -> list[Receipt]:
    if shift is None:
        return []
    mine = till.receipts_seen_by(actor).filter(shift=shift)
    return list(mine.order_by("-pk")[:RECENT])


def _paid_back(shift: Shift | None) -> int:
    if shift is None:
        return 0
    paid = Refund.objects.filter(shift=shift).aggregate(n=Count("pk"))
    number: int = paid["n"]
    return number


def _fits(order: Order, typed: str) -> bool:
    if not typed:
        return True
    word = plain(typed).upper()
    if room := parse_room(word):
        return order.household.label == room.short
    number = order.number or ""
    return (
        number.endswith(word)
        or order.household.label.startswith(word)
        or order.payer.name.startswith(plain(typed))
    )
