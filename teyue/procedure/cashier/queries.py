"""What the till can tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    When,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.clock import HOUSE, local_day
from teyue.foundation.ledger import queries as ledger
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.lifecycle import Document
from teyue.foundation.money import NOTHING, Money, MoneyField
from teyue.foundation.pen import Kept, KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier.facts import Issued, Part
from teyue.procedure.cashier.models import Drawer, Printing, Receipt, Shift, Transfer
from teyue.register.company.models import Office
from teyue.register.estate.models import Person
from teyue.register.people.models import Staff

K = TypeVar("K", bound=Kept)
READ = Power("till.read", gettext_lazy("看收银"))
LIVE = (Shift.State.OPEN, Shift.State.COUNTING)
FROM_HOUSEHOLD = (Account.PREPAYMENT, Account.DEPOSIT)
VOID_ASKED = Q(
    state=Receipt.State.ISSUED, void_requested_by__isnull=False, shift__state=Shift.State.OPEN
)
# What a receipt stands for, less what was moved to another order.
REMAINS = ExpressionWrapper(F("amount") - F("transferred"), output_field=MoneyField())


def shifts_seen_by(actor: Actor) -> KeptQuerySet[Shift]:
    """Return the shifts of the offices whose till somebody may look at."""
    shifts = Shift.objects.select_related("office", "drawer", "cashier", "verified_by", "witness")
    return _of_till(actor, shifts)


def receipts_seen_by(actor: Actor) -> KeptQuerySet[Receipt]:
    """Return the receipts of the till, and those of the own household."""
    receipts = Receipt.objects.select_related(
        "office", "order__item", "payer", "household", "shift", "issued_by", "replaces"
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
    return _left_in(FROM_HOUSEHOLD, order, +1)


def with_held(orders: KeptQuerySet[Order]) -> KeptQuerySet[Order]:
    """Return orders that know, as ``held_now`` and ``owed_now``, what is held and what is owed."""
    owed = _left_in((Account.RECEIVABLE,), "pk", -1)
    annotated: Any = orders.annotate(held_now=holding("pk"), owed_now=owed)
    found: KeptQuerySet[Order] = annotated
    return found


def due_now(order: Order) -> Money:
    """Return what an order that was read by :func:`with_held` has still to pay."""
    read: Any = order
    if order.state != Order.State.OPEN:
        return read.owed_now or NOTHING
    return max(order.required - (read.held_now or NOTHING), NOTHING)


def still_due(order: Order, purpose: str) -> Money:
    """Return how much may still be received for an order: before the work, or as arrears.

    An order that ended owes what it is charged with as receivable (ADR 0013).
    """
    if purpose != Receipt.Purpose.ARREARS:
        return max(order.required - held(order), NOTHING)
    if order.state != Order.State.OPEN:
        return ledger.balance(Account.RECEIVABLE, case_kind=order.kind, case_id=order.pk)
    return max(order.required - received(order), NOTHING)


def received(order: Order) -> Money:
    """Return what valid receipts say was received for an order."""
    valid = Receipt.objects.filter(order=order, state=Receipt.State.ISSUED)
    return valid.aggregate(total=Sum(REMAINS))["total"] or NOTHING


def awaiting(actor: Actor) -> KeptQuerySet[Order]:
    """Return the orders that wait for money, the soonest to lapse first."""
    waiting = Order.along_with().filter(standing=Standing.AWAITING_PAYMENT)
    return with_held(_of_till(actor, waiting)).order_by("due_at", "pk")


def in_arrears(actor: Actor) -> KeptQuerySet[Order]:
    """Return the orders that owe: emergencies priced but not paid (E-18), and fees (C-05b)."""
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
        raise Refused(
            "office_missing", _("请您写明是哪个管理处的收银点。"), field="office", clause="3.5"
        )
    return found[0]


def left_open(actor: Actor, *, before: date) -> KeptQuerySet[Shift]:
    """Return the shifts of earlier days that nobody has closed (E-31), oldest first."""
    begins = datetime.combine(before, time(), HOUSE)
    old = shifts_seen_by(actor).filter(state__in=LIVE, opened_at__lt=begins)
    return old.order_by("opened_at", "pk")


def transfers_seen_by(actor: Actor) -> KeptQuerySet[Transfer]:
    """Return the transfers of the offices whose till somebody may look at."""
    transfers = Transfer.objects.select_related(
        "office",
        "order__household",
        "order__item",
        "target__household",
        "target__item",
        "receipt",
        "requested_by",
        "decided_by",
    )
    return _of_till(actor, transfers)


def transfers_of(order: Order) -> KeptQuerySet[Transfer]:
    """Return the transfers out of an order and into it, first to last."""
    either = Transfer.objects.filter(Q(order=order) | Q(target=order))
    related = ("office", "order", "target", "requested_by", "decided_by")
    return either.select_related(*related).order_by("pk")


def requested(order: Order) -> KeptQuerySet[Transfer]:
    """Return the transfer out of an order that finance has not decided yet: none or one."""
    return Transfer.objects.filter(order=order, state=Transfer.State.REQUESTED)


def transfer_requests(actor: Actor) -> KeptQuerySet[Transfer]:
    """Return the transfers that finance has not decided yet, first asked first."""
    return transfers_seen_by(actor).filter(state=Transfer.State.REQUESTED).order_by("pk")


def movable(order: Order) -> KeptQuerySet[Receipt]:
    """Return the receipts of an order that still stand for money of it, newest first."""
    valid = Receipt.objects.filter(order=order, state=Receipt.State.ISSUED)
    return valid.filter(transferred__lt=F("amount")).order_by("-pk")


def replacements(receipt: Receipt) -> KeptQuerySet[Receipt]:
    """Return the receipts that were issued in place of one when its money was moved."""
    return Receipt.objects.filter(replaces=receipt).order_by("pk")


def parts(transfer: Transfer) -> list[Part]:
    """Return how a transfer is taken out of the receipts of its order, locked, newest first."""
    receipts = movable(transfer.order).locked()
    if transfer.receipt_id is not None:
        receipts = receipts.filter(pk=transfer.receipt_id)
    found, left = [], transfer.amount
    for receipt in receipts:
        amount = min(receipt.amount - receipt.transferred, left)
        if amount > NOTHING:
            found.append(Part(receipt=receipt, amount=amount))
            left -= amount
    return found if left == NOTHING else []


def void_requests(actor: Actor, *, at: datetime) -> KeptQuerySet[Receipt]:
    """Return the receipts whose voiding waits for finance, first asked first.

    What was not decided on its day, before the drawer was counted, has lapsed (E-29).
    """
    today = datetime.combine(local_day(at), time(), HOUSE)
    asked = receipts_seen_by(actor).filter(VOID_ASKED, issued_at__gte=today)
    return asked.order_by("pk")


def undecided_voids(shift: Shift) -> KeptQuerySet[Receipt]:
    """Return the receipts of a shift whose voiding was asked for, and which still stand."""
    asked = Receipt.objects.filter(shift=shift, state=Receipt.State.ISSUED)
    return asked.filter(void_requested_by__isnull=False).order_by("pk")


def colleagues(shift: Shift) -> KeptQuerySet[Person]:
    """Return who may stand by when a shift is counted for its cashier: the staff of the office."""
    there = Staff.objects.filter(office=shift.office_id, state=Staff.State.ACTIVE)
    others = Person.objects.filter(pk__in=there.values("person")).exclude(pk=shift.cashier_id)
    return others.order_by("pinyin", "pk")


def issued(shift: Shift) -> Issued:
    """Return how many receipts a shift issued, and what became of them."""
    states, valid = Receipt.State, Q(state=Receipt.State.ISSUED)
    counted = Receipt.objects.filter(shift=shift).aggregate(
        received=Count("pk", filter=valid & Q(replaces=None)),
        reissued=Count("pk", filter=valid & Q(replaces__isnull=False)),
        voided=Count("pk", filter=Q(state=states.VOIDED)),
        reversed=Count("pk", filter=Q(state=states.REVERSED)),
    )
    return Issued(**counted)


def cash_in_drawer(shift: Shift) -> Money:
    """Return what the drawer must hold: float, cash in, less refunds and bankings (C-22).

    A difference at the opening was moved in the ledger and is in the float already.
    """
    moved = ledger.balance(Account.CASH, till=shift.pk)
    return shift.float_amount - shift.opening_variance + moved


def left_in(drawer: Drawer) -> Money | None:
    """Return what the last closed shift left in a drawer, None where there was none."""
    closed = Shift.objects.filter(drawer=drawer).exclude(state__in=LIVE)
    last = closed.order_by("-pk").first()
    return None if last is None else (last.counted or NOTHING) - last.banked


def takings(shift: Shift) -> dict[str, tuple[int, Money]]:
    """Return how many receipts of each method a shift issued for new money, and their sum."""
    valid = Receipt.objects.filter(shift=shift, state=Receipt.State.ISSUED, replaces=None)
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


def _left_in(accounts: Iterable[Account], order: str, sign: int) -> Subquery:
    """Return what left some accounts less what entered them (or with -1 the reverse), by order."""
    signed = Case(
        When(source__in=accounts, then=sign * F("amount")),
        When(target__in=accounts, then=-sign * F("amount")),
    )
    moved = Movement.objects.filter(case_kind=Order._meta.label_lower, case_id=OuterRef(order))
    return Subquery(moved.order_by().values("case_id").annotate(left=Sum(signed)).values("left"))


def _of_till(actor: Actor, rows: KeptQuerySet[K]) -> KeptQuerySet[K]:
    """Narrow rows that have an office to those whose till somebody may look at."""
    scopes = actor.scopes(READ)
    return rows if EVERYWHERE in scopes else rows.filter(office__in=scopes)
