"""What the till can tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db.models import Case, Count, F, Max, Min, OuterRef, Q, Subquery, Sum, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.clock import HOUSE
from teyue.foundation.ledger import queries as ledger
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.lifecycle import Document
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.pen import Kept, KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier.models import Drawer, Printing, Receipt, Shift
from teyue.register.company.models import Office
from teyue.register.estate.models import Person
from teyue.register.people.models import Staff

K = TypeVar("K", bound=Kept)
READ = Power("till.read", gettext_lazy("看收银"))
LIVE = (Shift.State.OPEN, Shift.State.COUNTING)
FROM_HOUSEHOLD = (Account.PREPAYMENT, Account.DEPOSIT)


def shifts_seen_by(actor: Actor) -> KeptQuerySet[Shift]:
    """Return the shifts of the offices whose till somebody may look at."""
    shifts = Shift.objects.select_related("office", "drawer", "cashier", "verified_by", "witness")
    return _of_till(actor, shifts)


def receipts_seen_by(actor: Actor) -> KeptQuerySet[Receipt]:
    """Return the receipts of the till, and those of the own household."""
    receipts = Receipt.objects.select_related(
        "office", "order__item", "payer", "household", "shift", "issued_by"
    )
    scopes = actor.scopes(READ)
    if EVERYWHERE in scopes:
        return receipts
    return receipts.filter(Q(office__in=scopes) | Q(household__in=actor.tied("household")))


def live_shifts(actor: Actor) -> KeptQuerySet[Shift]:
    """Return the shift that this cashier has not closed yet: none or one."""
    return Shift.objects.filter(cashier=actor.id, state__in=LIVE).select_related("office", "drawer")


def held(order: Order) -> Money:
    """Return what the household has paid for an order and not got back or used."""
    sums = ledger.balances(ledger.movements_of(order))
    return -sums.get(Account.PREPAYMENT, NOTHING) - sums.get(Account.DEPOSIT, NOTHING)


def holding(order: str) -> Subquery:
    """Return what :func:`held` says as a column of rows that reach their order by ``order``."""
    signed = Case(
        When(source__in=FROM_HOUSEHOLD, then=F("amount")),
        When(target__in=FROM_HOUSEHOLD, then=-F("amount")),
    )
    moved = Movement.objects.filter(case_kind=Order._meta.label_lower, case_id=OuterRef(order))
    return Subquery(moved.order_by().values("case_id").annotate(held=Sum(signed)).values("held"))


def with_held(orders: KeptQuerySet[Order]) -> KeptQuerySet[Order]:
    """Return orders that know, as ``held_now``, what is held for them."""
    annotated: Any = orders.annotate(held_now=holding("pk"))
    found: KeptQuerySet[Order] = annotated
    return found


def due_now(order: Order) -> Money:
    """Return what an order that was read with its holding, as ``held_now``, has still to pay."""
    held_now: Money | None = order.held_now  # type: ignore[attr-defined]
    return max(order.required - (held_now or NOTHING), NOTHING)


def still_due(order: Order, purpose: str) -> Money:
    """Return how much may still be received for an order under a purpose.

    A top-up is computed by the settlement; nothing above what was agreed is ever received. Of
    arrears what was received counts, even if an order that ended has already earned it.
    """
    if purpose == Receipt.Purpose.TOPUP:
        return order.agreed
    if purpose == Receipt.Purpose.ARREARS:
        return max(order.required - received(order), NOTHING)
    return max(order.required - held(order), NOTHING)


def received(order: Order) -> Money:
    """Return what valid receipts say was received for an order."""
    valid = Receipt.objects.filter(order=order, state=Receipt.State.ISSUED)
    return valid.aggregate(total=Sum("amount"))["total"] or NOTHING


def awaiting(actor: Actor) -> KeptQuerySet[Order]:
    """Return the orders that wait for money, the soonest to lapse first."""
    waiting = Order.along_with().filter(standing=Standing.AWAITING_PAYMENT)
    return with_held(_of_till(actor, waiting)).order_by("due_at", "pk")


def in_arrears(actor: Actor) -> KeptQuerySet[Order]:
    """Return the emergencies that were served and priced before they were paid (E-18)."""
    owing = Order.along_with().filter(in_arrears=True, required__gt=0)
    return with_held(_of_till(actor, owing)).order_by("pk")


def handy_sums(due: Money) -> list[Money]:
    """Return the sums of cash that people hand over for an amount, the exact one first."""
    notes = (Money(1_000), Money(5_000), Money(10_000), Money(50_000))
    return list(dict.fromkeys([due, *(due.up_to(note) for note in notes)]))[:4]


def drawers(actor: Actor) -> KeptQuerySet[Drawer]:
    """Return the cash desks of the offices whose till somebody may look at, by name."""
    desks = Drawer.objects.filter(kind_of_drawer=Drawer.Kind.DRAWER).select_related("office")
    return _of_till(actor, desks).order_by("office_id", "name")


def office_of(actor: Actor, code: str | None) -> Office:
    """Return the office whose till is meant: the one that is named, or the only one.

    :raises Refused: ``office_missing`` where several are possible and none is named.
    """
    scopes = actor.scopes(READ)
    offices = Office.objects.all() if EVERYWHERE in scopes else Office.objects.filter(pk__in=scopes)
    if code is not None:
        return offices.get(code=code)
    found = list(offices[:2])
    if len(found) != 1:
        raise Refused("office_missing", _("请您写明是哪个管理处的收银点。"), field="office")
    return found[0]


def left_open(actor: Actor, *, before: date) -> KeptQuerySet[Shift]:
    """Return the shifts of earlier days that nobody has closed (E-31), oldest first."""
    begins = datetime.combine(before, time(), HOUSE)
    old = shifts_seen_by(actor).filter(state__in=LIVE, opened_at__lt=begins)
    return old.order_by("opened_at", "pk")


def void_requests(actor: Actor) -> KeptQuerySet[Receipt]:
    """Return the receipts whose voiding was asked for and not decided, first asked first."""
    asked = receipts_seen_by(actor).filter(
        state=Receipt.State.ISSUED, void_requested_by__isnull=False
    )
    return asked.order_by("pk")


def colleagues(shift: Shift) -> KeptQuerySet[Person]:
    """Return who may stand by when a shift is counted for its cashier: the staff of the office."""
    there = Staff.objects.filter(office=shift.office_id, state=Staff.State.ACTIVE)
    others = Person.objects.filter(pk__in=there.values("person")).exclude(pk=shift.cashier_id)
    return others.order_by("pinyin", "pk")


def issued(shift: Shift) -> dict[str, int]:
    """Return how many receipts of a shift stand in each state."""
    rows = Receipt.objects.filter(shift=shift).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def cash_in_drawer(shift: Shift) -> Money:
    """Return what the drawer must hold: float, cash in, less refunds and bankings (C-22)."""
    moved = ledger.balance(Account.CASH, till=shift.pk)
    return shift.float_amount + moved


def takings(shift: Shift) -> dict[str, tuple[int, Money]]:
    """Return how many receipts of each method a shift issued, and their sum."""
    valid = Receipt.objects.filter(shift=shift, state=Receipt.State.ISSUED)
    rows = valid.order_by().values("method").annotate(n=Count("pk"), total=Sum("amount"))
    return {row["method"]: (row["n"], row["total"]) for row in rows}


def serials(shift: Shift) -> tuple[int | None, int | None]:
    """Return the first and last receipt serial of a shift."""
    ends = Receipt.objects.filter(shift=shift).aggregate(first=Min("serial"), last=Max("serial"))
    return ends["first"], ends["last"]


def unverified(offices: Iterable[int]) -> KeptQuerySet[Shift]:
    """Return the closed shifts that finance has not verified, oldest first."""
    closed = Shift.objects.filter(state=Shift.State.CLOSED, office__in=offices)
    return closed.select_related("office", "drawer", "cashier").order_by("closed_at", "pk")


def printings_of(document: Document) -> KeptQuerySet[Printing]:
    """Return when and why a paper was printed, first print first."""
    printed = Printing.objects.filter(document_kind=document.kind, document_id=document.pk)
    return printed.order_by("n")


def reprints(actor: Actor) -> KeptQuerySet[Printing]:
    """Return the log of reprints of the receipts that somebody may see (E-28)."""
    seen = _of_till(actor, Receipt.objects.all())
    log = Printing.objects.filter(document_kind=Receipt._meta.label_lower)
    return log.filter(document_id__in=seen.values("pk")).exclude(reason="")


def _of_till(actor: Actor, rows: KeptQuerySet[K]) -> KeptQuerySet[K]:
    """Narrow rows that have an office to those whose till somebody may look at."""
    scopes = actor.scopes(READ)
    return rows if EVERYWHERE in scopes else rows.filter(office__in=scopes)
