"""How the tests see that a refusal left everything as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from teyue.foundation.journal.models import Entry
from teyue.foundation.ledger.models import Movement
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier.models import Printing, Receipt, Shift
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement.models import Settlement

PAPERS = (Shift, Receipt, Printing, Order, Refund, Settlement)


def facts() -> list[object]:
    """Return whatever a step at the till could have changed."""
    papers = [row for kind in PAPERS for row in kind.objects.order_by("pk").values()]
    return [*papers, Entry.objects.count(), Movement.objects.count()]


@contextmanager
def refused(code: str, field: str = "") -> Iterator[None]:
    """Expect a refusal with a code, and nothing else to happen."""
    before = facts()
    with pytest.raises(Refused) as refusal:
        yield
    assert (refusal.value.code, refusal.value.field or "") == (code, field)
    assert facts() == before
