"""Invariants of money: what is held, earned and given back (clauses 3.5, 4.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, MoneyField
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Drawer, Receipt, Shift
from teyue.procedure.cashier.queries import REMAINS
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement.models import Settlement
from teyue.register.people.models import Post, Role

HELD = (Account.PREPAYMENT, Account.DEPOSIT)
OF_ORDERS = (*HELD, Account.REFUND_DUE)
NIL = Value(NOTHING, output_field=MoneyField())
MAY_LEAVE = {
    "refund.refund": (Account.REFUND_DUE,),
    "cashier.shift": (Account.BANK, Account.OVER_SHORT),
    "cashier.receipt": HELD,
}


def receipts_outside_a_shift() -> Iterator[str]:
    """Yield receipts that no cashier issued in an open shift of the own (I-16)."""
    cashiers = Post.objects.filter(person=OuterRef("issued_by"), role=Role.CA)
    drawers = Receipt.objects.filter(shift__drawer__kind_of_drawer=Drawer.Kind.DRAWER)
    outside = (
        ~Q(issued_by=F("shift__cashier"))
        | Q(issued_at__lt=F("shift__opened_at"))
        | Q(issued_at__gt=F("shift__closed_at"))
        | ~Exists(cashiers)
    )
    for number in drawers.filter(outside).values_list("number", flat=True):
        yield _("收据 %(number)s 不是当班收银员在班内开具") % {"number": number}


def held_below_nothing() -> Iterator[str]:
    """Yield orders that owe less than nothing, or that ended while money was still held (I-26)."""
    for account in OF_ORDERS:
        for row in _owed(account).filter(owed__lt=NOTHING):
            yield _("订单 %(order)s 的%(account)s余额为负") % {
                "order": row["case_id"],
                "account": account.label,
            }
    ended = Order.objects.exclude(state=Order.State.OPEN).values("pk")
    settled = Settlement.objects.filter(state=Settlement.State.SETTLED).values("order")
    over = Q(case_id__in=ended) | Q(case_id__in=settled)
    # What a rejected refund leaves waits for another one.
    waiting = Refund.objects.filter(state=Refund.State.REJECTED).values("order")
    for account in HELD:
        rows = _owed(account).filter(over).exclude(case_id__in=waiting)
        for row in rows.exclude(owed=NOTHING):
            yield _("订单 %(order)s 已结束，%(account)s却没有结清") % {
                "order": row["case_id"],
                "account": account.label,
            }
    yield from _astray()


def cash_spent() -> Iterator[str]:
    """Yield movements by which cash left a drawer otherwise than to a refund or the bank (I-29)."""
    allowed = Q()
    for kind, targets in MAY_LEAVE.items():
        allowed |= Q(document_kind=kind, target__in=targets)
    for pk in Movement.objects.filter(source=Account.CASH).exclude(allowed).values_list("pk"):
        yield _("流水 %(pk)s 从钱箱支出，既不是退款也不是交存银行") % {"pk": pk[0]}


def cash_lost_between_shifts() -> Iterator[str]:
    """Yield shifts that began with other cash than was left, and nobody booked why (C-22, I-29)."""
    before = Shift.objects.filter(drawer=OuterRef("drawer"), pk__lt=OuterRef("pk"))
    left = before.order_by("-pk").annotate(left=F("counted") - F("banked")).values("left")[:1]
    shifts = Shift.objects.annotate(left=Subquery(left, output_field=MoneyField()))
    begun = shifts.filter(left__isnull=False).exclude(
        float_amount=F("left") + F("opening_variance")
    )
    for number in begun.order_by("pk").values_list("number", flat=True):
        yield _("班次 %(number)s 的备用金与上一班留下的现金不符，差额没有登记") % {"number": number}


def liabilities_without_papers() -> Iterator[str]:
    """Yield orders whose refund due is not the sum of their open refunds (I-53)."""
    due = {row["case_id"]: row["owed"] for row in _owed(Account.REFUND_DUE)}
    pending = Refund.objects.filter(state__in=Refund.PENDING).order_by()
    rows = pending.values("order").annotate(sum=Sum("amount"))
    papers = {row["order"]: row["sum"] for row in rows}
    for order in sorted(set(due) | set(papers)):
        if due.get(order, NOTHING) != papers.get(order, NOTHING):
            yield _("订单 %(order)s 的应退款与未付退款单不符") % {"order": order}
    touching = Q(source__in=OF_ORDERS) | Q(target__in=OF_ORDERS)
    for pk in Movement.objects.filter(touching, case_id=None).values_list("pk", flat=True):
        yield _("流水 %(pk)s 动用住户的款项，却不属于任何订单") % {"pk": pk}


def refunded_above_received() -> Iterator[str]:
    """Yield orders for which more goes back than valid receipts say came in (I-59)."""
    refunds = Refund.objects.filter(order=OuterRef("pk")).exclude(state=Refund.State.REJECTED)
    receipts = Receipt.objects.filter(order=OuterRef("pk"), state=Receipt.State.ISSUED)
    orders = Order.objects.annotate(back=_sum(refunds), received=_sum(receipts, REMAINS))
    for number in orders.filter(back__gt=F("received")).values_list("number", flat=True):
        yield _("订单 %(number)s 的退款超过实收") % {"number": number}


def serials_with_gaps() -> Iterator[str]:
    """Yield offices whose receipt serials do not run from one without a gap (I-60)."""
    rows = Receipt.objects.order_by().values("office__code")
    runs = rows.annotate(n=Count("serial", distinct=True), low=Min("serial"), high=Max("serial"))
    for run in runs.exclude(low=1, n=F("high")):
        yield _("管理处 %(office)s 的收据号不连续") % {"office": run["office__code"]}


def topups_without_list() -> Iterator[str]:
    """Yield top-ups that were collected before the itemized list was shown (I-74)."""
    topups = Settlement.objects.filter(result=Settlement.Kind.TOPUP)
    unseen = Q(itemized_at__gt=F("receipt__issued_at")) | Q(lines=[]) | Q(receipt=None)
    for number in topups.filter(unseen).values_list("number", flat=True):
        yield _("结算单 %(number)s 补收前没有出示清单") % {"number": number}


def _astray() -> Iterator[str]:
    """Yield claims that nobody owes, and money left between two orders (ADR 0012, 0013)."""
    if left := balance(Account.CLEARING):
        yield _("%(account)s科目还留有 %(left)s") % {
            "account": Account.CLEARING.label,
            "left": left,
        }
    owing = Order.objects.filter(in_arrears=True).exclude(state=Order.State.OPEN).values("pk")
    for row in _owed(Account.RECEIVABLE).exclude(owed=NOTHING):
        if row["owed"] > NOTHING or not owing.filter(pk=row["case_id"]).exists():
            yield _("订单 %(order)s 的应收款与欠款不符") % {"order": row["case_id"]}


def _owed(account: Account) -> QuerySet[Any, Any]:
    rows = Movement.objects.filter(Q(source=account) | Q(target=account), case_id__gt=0)
    signed = Case(When(source=account, then=F("amount")), default=-F("amount"))
    return rows.order_by().values("case_id").annotate(owed=Sum(signed))


def _sum(papers: QuerySet[Any], what: str | Combinable = "amount") -> Coalesce:
    sums = papers.order_by().values("order").annotate(sum=Sum(what)).values("sum")
    return Coalesce(Subquery(sums), NIL)
