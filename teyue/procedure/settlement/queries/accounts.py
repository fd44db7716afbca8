"""What the settlement can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.audit import queries as audited
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.pricing import formulas
from teyue.procedure.service.models import Record
from teyue.procedure.settlement.models import Settlement


@dataclass(frozen=True, slots=True)
class Account:
    """What an order comes to: its lines, what was paid, and who owes whom (C-04).

    ``audits`` are those that count, one a record, in the order of the visits.
    """

    records: tuple[Record, ...]
    audits: tuple[Audit, ...]
    lines: tuple[dict[str, Any], ...]
    actual: Money
    prepaid: Money

    @property
    def difference(self) -> Money:
        """Return actual less prepaid: positive is to be paid, negative to be given back."""
        return self.actual - self.prepaid

    @property
    def auditors(self) -> frozenset[int]:
        """Return who audited the records."""
        return frozenset(audit.auditor_id for audit in self.audits)

    @property
    def performers(self) -> frozenset[int]:
        """Return who did the work and who wrote it down."""
        hands = ((one.visit.performer_id, one.recorded_by_id) for one in self.records)
        return frozenset(person for pair in hands for person in pair if person is not None)

    @property
    def audit(self) -> Audit:
        """Return the audit that came last: since then the order may be settled."""
        return max(self.audits, key=lambda audit: audit.pk)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits for the cashier, and who owes whom how much.

    ``audited`` and ``performed`` tell whether the actor audited or did any visit of it (I-30).
    """

    order: Order
    difference: Money
    audited: bool
    performed: bool


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
    to_settle = orders.seen_by(actor).filter(standing=Standing.TO_SETTLE)
    return to_settle.order_by("due_at", "pk")


def queue(actor: Actor) -> list[Waiting]:
    """Return the audited orders with what each comes to, in one statement."""
    passed = audited.passed().filter(order=OuterRef("pk")).order_by()
    mine = Q(recorded_by=actor.id) | Q(visit__performer=actor.id)
    sums = passed.values("order").annotate(total=Sum("record__amount")).values("total")
    rows: Any = waiting(actor).annotate(
        held_now=cashier.holding("pk"),
        done=Subquery(sums),
        audited_by_me=Exists(passed.filter(auditor=actor.id)),
        done_by_me=Exists(Record.objects.filter(mine, order=OuterRef("pk"))),
    )
    return [_weighed(order) for order in rows]


def _weighed(order: Any) -> Waiting:
    held = order.held_now or NOTHING
    due = formulas.difference(order.done or NOTHING, prepaid=held, accepted=(order.agreed,))
    return Waiting(order, due.payable - due.prepaid, order.audited_by_me, order.done_by_me)


def account(order: Order) -> Account | None:
    """Return what an order comes to, in two statements; None until all its records passed."""
    written = Record.objects.filter(order=OuterRef("order")).order_by().values("order")
    passed: Any = audited.passed().filter(order=order).select_related("record__visit")
    passed = passed.annotate(of=Subquery(written.annotate(n=Count("pk")).values("n")))
    audits = tuple(passed.order_by("record__visit__no"))
    if not audits or audits[0].of > len(audits):
        return None
    records = tuple(audit.record for audit in audits)
    actual = total(record.amount for record in records)
    due = formulas.difference(actual, prepaid=cashier.held(order), accepted=(order.agreed,))
    return Account(records, audits, _lines(records), due.payable, due.prepaid)


def _lines(records: Sequence[Record]) -> tuple[dict[str, Any], ...]:
    """Return all lines; those of several visits say of which visit they are (I-74)."""
    if len(records) == 1:
        return tuple(records[0].lines)
    return tuple(
        {**line, "text": f"第 {record.visit.no} 次上门：{line['text']}"}
        for record in records
        for line in record.lines
    )


def kept_order(actor: Actor, number: str | None) -> Order | None:
    """Return the order that stays where another one is its duplicate; None where none is named.

    :raises DoesNotExist: when it may not be seen.
    """
    return orders.seen_by(actor).get(number=number) if number else None
