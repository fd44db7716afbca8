"""What must be true after every step, and what must not have moved after a refusal."""

from __future__ import annotations

import hashlib
from functools import cache

from django.apps import apps
from django.db import connection

from teyue.desks.casefile.standing import standing_of
from teyue.desks.checks.money import serials_with_gaps
from teyue.desks.checks.standing import computed_standings
from teyue.desks.checks.table import CHECKS
from teyue.foundation.journal.models import Entry
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import balances, movements_of
from teyue.foundation.money import NOTHING, total
from teyue.foundation.pen import Kept
from teyue.foundation.upkeep import invariants
from teyue.foundation.upkeep.checks import run
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order
from teyue.procedure.service.models import Record
from teyue.procedure.settlement.models import Settlement

STAGES = ("booking", "cashier", "refund", "dispatch", "service", "audit", "settlement", "dispute")
EARNED = (Account.REVENUE, Account.TAX)
KERNEL = ("journal", "ledger", "numbering", "holds", "outbox")


@cache
def tables() -> tuple[str, ...]:
    """Return the tables that a step may write."""
    models = [model for label in (*STAGES, *KERNEL) for model in _models(label)]
    return tuple(sorted(model._meta.db_table for model in models))


def digest() -> str:
    """Return one digest of every row that a step may write."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found.update(repr(cursor.fetchall()).encode())
    return found.hexdigest()


def assert_standing() -> None:
    """Hold every standing against the papers, and the ledger against itself."""
    assert total(balances(Movement.objects.all()).values()) == NOTHING
    for order in computed_standings():
        computed = order.computed
        assert order.standing == standing_of(order) == computed, (str(order), computed)


def assert_settled() -> None:
    """Hold what was earned against the records, each of which must have been audited as it is."""
    assert list(serials_with_gaps()) == []
    for slip in Settlement.objects.filter(state=Settlement.State.SETTLED).select_related("order"):
        records = list(slip.order.records.all())
        assert all(map(_audited, records)), (str(slip), "a record was not audited")
        earned = -total(balances(movements_of(slip.order)).get(one, NOTHING) for one in EARNED)
        assert earned == slip.actual == total(one.amount for one in records), str(slip)
    for order in Order.objects.filter(delivered=False):
        assert not order.records.exists(), (str(order), "was delivered")


def _audited(record: Record) -> bool:
    last = record.audits.order_by("pk").last()
    if last is None or last.state != Audit.State.PASSED:
        return False
    return bool(last.content_digest == record.content_digest)


def assert_sound() -> None:
    """Hold all papers against the invariants."""
    findings = [str(finding) for finding in run(CHECKS, lambda done: None)]
    assert findings == [], findings


def assert_journal(after: int) -> int:
    """See that the step left entries that agree with their digests; return the last of all."""
    entries = list(Entry.objects.filter(pk__gt=after).order_by("pk"))
    assert entries, "a step left no entry in the journal"
    for entry in entries:
        assert entry.digest == entry.computed_digest(), entry
    return entries[-1].pk


def assert_kernel() -> None:
    """Hold numbers and ledger against the kernel's own invariants."""
    named = ("ledger_out_of_balance", "numbers_with_gaps", "journal_broken")
    checks = [check for check in invariants.CHECKS if check.find.__name__ in named]
    findings = [str(finding) for finding in run(checks, lambda done: None)]
    assert findings == [], findings


def _models(label: str) -> list[type[Kept]]:
    return list(apps.get_app_config(label).get_models())  # type: ignore[arg-type]
