"""What refunds can tell: what is given back, how much counts together, who may decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.refund.models import Refund
from teyue.register.calendar.queries import calendar_of
from teyue.register.estate.models import Person
from teyue.register.parameters import queries as parameters
from teyue.register.people.models import Role

RELATED = (
    "office",
    "order__household",
    "order__item",
    "order__line",
    "original_receipt",
    "payee",
    "shift",
)
WEIGHED = ("order_id", "payee_id", "amount", "state", "created_at", "paid_at")
State = Refund.State


@dataclass(frozen=True, slots=True)
class WayBack:
    """By which receipt and channel money goes back (E-27)."""

    receipt: Receipt
    method: Method


def seen_by(actor: Actor) -> KeptQuerySet[Refund]:
    """Return the refunds that somebody may see: of the office, or of the own household."""
    refunds = Refund.objects.select_related(*RELATED)
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return refunds
    own = Q(order__household__in=actor.tied("household"))
    return refunds.filter(own | Q(office__in=scopes))


def waiting_in(actor: Actor, power: Power, *states: str) -> KeptQuerySet[Refund]:
    """Return the refunds in some states for which a power is held, oldest first."""
    refunds = Refund.objects.filter(state__in=states).select_related(*RELATED)
    scopes = actor.scopes(power)
    if EVERYWHERE not in scopes:
        refunds = refunds.filter(office__in=scopes)
    return refunds.order_by("pk")


def of_order(order: Order) -> KeptQuerySet[Refund]:
    """Return the refunds of an order, first to last."""
    return Refund.objects.filter(order=order).select_related(*RELATED).order_by("pk")


def pending(order: Order) -> bool:
    """Tell whether money of an order is still on its way back (O16)."""
    return Refund.objects.filter(order=order, state__in=Refund.PENDING).exists()


def given_back(order: Order) -> Money:
    """Return the principal that goes or went back for an order, rejected refunds left out."""
    valid = Refund.objects.filter(order=order).exclude(state=State.REJECTED)
    return valid.aggregate(total=Sum("amount"))["total"] or NOTHING


def way_back(order: Order, amount: Money, receipt: Receipt | None, *, at: datetime) -> WayBack:
    """Return how an amount goes back: as it was paid; else, and cash above a limit, by transfer.

    Without a receipt in the hand it is the largest one of the channel that can carry it (E-27).
    The order must have a valid receipt.
    """
    left = _left(order)
    chosen = receipt or max(
        valid_receipts(order), key=lambda one: (left[one.method] >= amount, one.amount)
    )
    method = Method(chosen.method)
    most_cash = parameters.amount("refund.cash_max_fen", office=order.office_id, at=at)
    if left[method] < amount or (method == Method.CASH and amount > most_cash):
        method = Method.TRANSFER
    return WayBack(chosen, method)


def valid_receipts(order: Order) -> KeptQuerySet[Receipt]:
    """Return the receipts that stand for money of an order, newest first: none that was voided,
    reversed, or moved to another order as a whole (E-25)."""
    return cashier.movable(order)


def refundable(order: Order) -> Money:
    """Return all that may still be given back: held, and received on valid receipts (I-59)."""
    left = cashier.received(order) - given_back(order)
    return max(min(cashier.held(order), left), NOTHING)


def receipt_of(order: Order, number: str | None) -> Receipt | None:
    """Return the receipt that somebody holds in the hand; None where none is named.

    :raises DoesNotExist: when it is not a receipt of this order.
    """
    return Receipt.objects.get(order=order, number=number) if number else None


def people_of(refund: Refund) -> list[tuple[str, str]]:
    """Return who has done what about a refund, in the order of the procedure."""
    done = (
        (_("申请"), refund.requested_by),
        (_("复核"), refund.reviewed_by),
        (_("批准"), refund.approved_by),
        (_("会签"), refund.cosigned_by),
        (_("更正账户"), refund.corrected_by),
        (_("付款"), refund.paid_by),
    )
    ids = [who for _label, who in done if who is not None]
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [(label, names.get(who, _("系统"))) for label, who in done if who is not None]


def exposure(order: Order, payee: int, *, at: datetime) -> Money:
    """Return the sum to which limits apply: of the order or of the payee, whichever is more.

    Counts what is not rejected and was asked for or paid within refund.limit.window_d, or is
    still under way.
    """
    counted = _Counted.of({order.pk}, {payee})
    return counted.weigh(order.pk, payee, since=_window(order.office_id, at))


def exposures(refunds: Sequence[Refund], *, at: datetime) -> dict[int, Money]:
    """Return the exposure of many refunds by their ids, in one statement."""
    counted = _Counted.of(
        {refund.order_id for refund in refunds}, {refund.payee_id for refund in refunds}
    )
    since = {office: _window(office, at) for office in {refund.office_id for refund in refunds}}
    return {
        refund.pk: counted.weigh(refund.order_id, refund.payee_id, since=since[refund.office_id])
        for refund in refunds
    }


def limit_of(actor: Actor, *, office: int, at: datetime) -> Money | None:
    """Return up to which sum somebody may approve refunds; None for without limit."""
    if actor.holds(Role.GM, office):
        return None
    if actor.holds(Role.OM, office):
        return parameters.amount("refund.limit.om_fen", office=office, at=at)
    if actor.holds(Role.CS, office):
        return parameters.amount("refund.limit.cs_fen", office=office, at=at)
    return NOTHING


def who_approves(exposed: Money, *, office: int, at: datetime) -> Role:
    """Return the lowest post whose limit suffices for a sum."""
    if exposed <= parameters.amount("refund.limit.cs_fen", office=office, at=at):
        return Role.CS
    if exposed <= parameters.amount("refund.limit.om_fen", office=office, at=at):
        return Role.OM
    return Role.GM


def needs_cosign(exposed: Money, *, office: int, at: datetime) -> bool:
    """Tell whether finance must sign as well (refund.cosign)."""
    return exposed >= parameters.amount("refund.cosign_fen", office=office, at=at)


def needs_three(exposed: Money, *, office: int, at: datetime) -> bool:
    """Tell whether three different persons must act (I-36)."""
    return exposed > parameters.amount("refund.three_persons_fen", office=office, at=at)


def within_audit(order: Order, amount: Money, *, at: datetime) -> bool:
    """Tell whether the audit itself may approve a further excess of this amount."""
    exposed = exposure(order, order.payer_id, at=at) + amount
    return exposed <= parameters.amount("refund.by_audit_fen", office=order.office_id, at=at)


def due(refund: Refund) -> datetime | None:
    """Return until when the next step of a refund must be taken (refund.pay).

    Payment: 5 working days from the approval, at most 15 days from the request, which also
    bounds what comes before. Reconciliation: the next working day. None when it has ended.
    """
    if refund.state in (State.CLOSED, State.REJECTED) or refund.created_at is None:
        return None
    calendar, office = calendar_of(refund.office_id), refund.office_id
    if refund.state == State.PAID and refund.paid_at is not None:
        return calendar.add_working_days(refund.paid_at, 1)
    at = refund.created_at
    latest = calendar.legal_end(
        at, parameters.value("refund.pay_max.other_d", office=office, at=at)
    )
    if refund.state not in (State.APPROVED, State.FAILED) or refund.state_since is None:
        return latest
    days = parameters.value("refund.pay_wd", office=office, at=at)
    return min(latest, calendar.add_working_days(refund.state_since, days))


def unclaimed(office: int, *, at: datetime) -> KeptQuerySet[Refund]:
    """Return the approved refunds that nobody fetched (refund.unclaimed, E-50): liabilities."""
    before = at - timedelta(days=parameters.value("refund.unclaimed_d", office=office, at=at))
    states = (State.APPROVED, State.FAILED)
    old = Refund.objects.filter(office=office, state__in=states, state_since__lte=before)
    return old.select_related(*RELATED).order_by("state_since", "pk")


def _left(order: Order) -> dict[str, Money]:
    """Return what each channel received for an order and has not got back."""
    left: dict[str, Money] = dict.fromkeys(Method.values, NOTHING)
    for receipt in valid_receipts(order):
        left[receipt.method] += receipt.amount - receipt.transferred
    valid = Refund.objects.filter(order=order).exclude(state=State.REJECTED)
    for refund in valid.only("method", "amount"):
        left[refund.method] -= refund.amount
    return left


def _window(office: int, at: datetime) -> datetime:
    return at - timedelta(days=parameters.value("refund.limit.window_d", office=office, at=at))


def _recent(refund: Refund, since: datetime) -> bool:
    times = (refund.created_at, refund.paid_at)
    return refund.state in Refund.PENDING or any(time and time >= since for time in times)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Refunds that are not rejected, by order and by payee."""

    by_order: Mapping[int, list[Refund]]
    by_payee: Mapping[int, list[Refund]]

    @classmethod
    def of(cls, orders: Collection[int], payees: Collection[int]) -> _Counted:
        concerned = Refund.objects.filter(Q(order__in=orders) | Q(payee__in=payees))
        found = cls(defaultdict(list), defaultdict(list))
        for refund in concerned.exclude(state=State.REJECTED).only(*WEIGHED):
            found.by_order[refund.order_id].append(refund)
            found.by_payee[refund.payee_id].append(refund)
        return found

    def weigh(self, order: int, payee: int, *, since: datetime) -> Money:
        sums = (
            total(refund.amount for refund in refunds if _recent(refund, since))
            for refunds in (self.by_order[order], self.by_payee[payee])
        )
        return max(sums)
