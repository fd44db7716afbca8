"""What the settlement can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.pricing import formulas
from teyue.procedure.service.models import Record
from teyue.procedure.settlement.models import Settlement


@dataclass(frozen=True, slots=True)
class Account:
    """What an order comes to: its lines, what was paid, and who owes whom (C-04)."""

    records: tuple[Record, ...]
    audit: Audit
    lines: tuple[dict[str, Any], ...]
    actual: Money
    prepaid: Money

    @property
    def difference(self) -> Money:
        """Return actual less prepaid: positive is to be paid, negative to be given back."""
        return self.actual - self.prepaid


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits for the cashier, and who owes whom how much."""

    order: Order
    difference: Money
    auditor: int | None


def seen_by(actor: Actor) -> KeptQuerySet[Settlement]:
    """Return the settlements of the office and of the own household."""
    settlements = Settlement.objects.select_related(
        "office",
        "order__household",
        "order__item",
        "order__line",
        "order__payer",
        "audited_by",
        "settled_by",
        "receipt",
        "refund",
    )
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return settlements
    own = Q(order__household__in=actor.tied("household"))
    return settlements.filter(own | Q(office__in=scopes))


def waiting(actor: Actor) -> KeptQuerySet[Order]:
    """Return the audited orders that wait for the cashier, the soonest due first."""
    audited = orders.seen_by(actor).filter(standing=Standing.TO_SETTLE)
    return audited.order_by("due_at", "pk")


def queue(actor: Actor) -> list[Waiting]:
    """Return the audited orders with what each comes to, in one statement."""
    passed = Audit.objects.filter(order=OuterRef("pk"), state=Audit.State.PASSED).order_by()
    sums = passed.values("order").annotate(total=Sum("record__amount")).values("total")
    rows: Any = waiting(actor).annotate(
        held_now=cashier.holding("pk"),
        done=Subquery(sums),
        auditor=Subquery(passed.order_by("-pk").values("auditor")[:1]),
    )
    return [_weighed(order) for order in rows]


def _weighed(order: Any) -> Waiting:
    held = order.held_now or NOTHING
    due = formulas.difference(order.done or NOTHING, prepaid=held, accepted=(order.agreed,))
    return Waiting(order, due.payable - due.prepaid, order.auditor)


def account(order: Order) -> Account | None:
    """Return what an audited order comes to, in two statements; None while it is not audited."""
    passed = Audit.objects.filter(order=order, state=Audit.State.PASSED)
    audits = list(passed.select_related("record").order_by("-pk"))
    if not audits:
        return None
    records = tuple(audit.record for audit in reversed(audits))
    actual = total(record.amount for record in records)
    due = formulas.difference(actual, prepaid=cashier.held(order), accepted=(order.agreed,))
    lines = tuple(line for record in records for line in record.lines)
    return Account(records, audits[0], lines, due.payable, due.prepaid)


def kept_order(actor: Actor, number: str | None) -> Order | None:
    """Return the order that stays where another one is its duplicate; None where none is named.

    :raises DoesNotExist: when it may not be seen.
    """
    return orders.seen_by(actor).get(number=number) if number else None
