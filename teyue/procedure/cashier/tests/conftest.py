from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import MORNING
from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.register.estate.models import Household

__all__ = ["calling", "morning", "signed_in"]

EVENING = MORNING.replace(hour=17, minute=30)


@pytest.fixture
def receipt(paid) -> Receipt:
    """¥30.00 in cash for a tap, received this morning by ``ca``."""
    issued: Receipt = paid().receipts.select_related("issued_by").get()
    return issued


@pytest.fixture
def neighbor_of_himself(ca, household) -> Actor:
    """The cashier, who lives in 3-2-1102."""
    home: Household = household
    me: Actor = replace(ca, ties=ca.ties | {("home", home.pk), ("household", home.pk)})
    return me


@pytest.fixture
def second_shift(second_drawer, ca2) -> Shift:
    """The shift of ``ca2`` at the other drawer."""
    return operations.open_shift(second_drawer, float_amount=Money(20_000), actor=ca2, at=MORNING)
