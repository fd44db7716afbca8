"""What the ledger can tell."""

from __future__ import annotations

from typing import Any

from django.db.models import Case as When_
from django.db.models import F, Q, Sum, When

from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.lifecycle import Case
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.pen import KeptQuerySet


def movements_of(case: Case) -> KeptQuerySet[Movement]:
    """Return the movements of one order or agreement."""
    return Movement.objects.filter(case_kind=case.kind, case_id=case.pk)


def balances(movements: KeptQuerySet[Movement]) -> dict[str, Money]:
    """Return what each account gained (debit) less what it lost (credit), in one statement."""
    totals = movements.order_by().values("source", "target").annotate(total=Sum("amount"))
    found: dict[str, Money] = {}
    for row in totals:
        found[row["target"]] = found.get(row["target"], NOTHING) + row["total"]
        found[row["source"]] = found.get(row["source"], NOTHING) - row["total"]
    return found


def balance(account: Account, **only: Any) -> Money:
    """Return what an account gained less what it lost, of the movements that are asked for."""
    touching = Movement.objects.filter(Q(source=account) | Q(target=account), **only)
    signed = When_(When(target=account, then=F("amount")), default=-F("amount"))
    total = touching.aggregate(total=Sum(signed))["total"]
    if total is None:
        return NOTHING
    return total if isinstance(total, Money) else Money(total)


def owed(account: Account, case: Case) -> Money:
    """Return what a liability account owes for one order or agreement."""
    return -balance(account, case_kind=case.kind, case_id=case.pk)
