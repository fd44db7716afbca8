"""The fixed cast of all tests: 云栖苑 on Tuesday 24 November 2026, 10:42.

Everybody and everything is a fixture of the name used in the office: ``gm`` to ``au`` are actors
with their powers, ``household`` is 3-2-1102, ``tap`` and ``cleaning`` are offers of the price
list. The register is written with the pen in a few statements a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.register import APPROVED, FOUNDED, MORNING, PASSWORD, TOMORROW, Register, let_in, write
from teyue.desks.demo import operations as demo
from teyue.desks.demo.people import FIRM_LOGIN
from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.procedure.approval.models import Proposal
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.models import Drawer, Shift
from teyue.procedure.pricing import queries as pricing
from teyue.procedure.pricing.queries import Offer
from teyue.procedure.subcontracting.models import Firm, Worker
from teyue.register.company import edition
from teyue.register.company import operations as company
from teyue.register.company.models import Office
from teyue.register.estate.models import Household, Member
from teyue.register.people.models import Staff
from teyue.register.people.queries import system

__all__ = ["APPROVED", "FOUNDED", "MORNING", "PASSWORD", "TOMORROW", "Register"]


@pytest.fixture
def register(db) -> Iterator[Register]:
    """Write the register: a company of kind demo, one office, two households, the staff.

    The edition is known for the length of the test, as it is for the length of a request.
    """
    known = write()
    with edition.known(edition.current()):
        yield known


@pytest.fixture
def office(register: Register) -> Office:
    return register.office


@pytest.fixture
def second_office(register: Register) -> Office:
    """兰亭, another office of the company."""
    known = register.office.company
    return company.open_office(known, code="LT02", name="兰亭管理处", actor=system(), at=FOUNDED)


@pytest.fixture
def household(register: Register) -> Household:
    """3-2-1102, where 刘文博 lives."""
    return register.households["3-2-1102"]


@pytest.fixture
def neighbors(register: Register) -> Household:
    """5-1-803, another household."""
    return register.households["5-1-803"]


@pytest.fixture
def members(household: Household) -> dict[str, Member]:
    """The members of 3-2-1102 by their relation."""
    rows = Member.objects.filter(household=household).select_related(
        "person", "household__office", "household__unit__building"
    )
    return {row.relation: row for row in rows}


def _actor(login: str):
    @pytest.fixture(name=login)
    def somebody(register: Register) -> Actor:
        return register.actor(login)

    return somebody


gm, om, ds, cs = _actor("gm"), _actor("om"), _actor("ds"), _actor("cs")
rc, rc2, ca, ca2 = _actor("rc"), _actor("rc2"), _actor("ca"), _actor("ca2")
fn, ad, au, rs = _actor("fn"), _actor("ad"), _actor("au"), _actor("rs")
st, st2, st3, st4 = _actor("st"), _actor("st2"), _actor("st3"), _actor("st4")
neighbor = _actor("neighbor")


@pytest.fixture
def technician(register: Register) -> Staff:
    """王磊, who is ``st``: low voltage, on duty from Monday to Friday, 8 to 18."""
    return register.staff["st"]


@pytest.fixture
def cleaner(register: Register) -> Staff:
    """吴秀英, who is ``st4``: health certificate."""
    return register.staff["st4"]


@pytest.fixture
def small_set(register: Register, gm: Actor) -> Proposal:
    """Approve and publish the thirty items, and list the firms."""
    return demo.approve_small_set(actor=gm, at=APPROVED)


@pytest.fixture
def firm(small_set: Proposal) -> Firm:
    """The first firm of the list, which cleans appliances."""
    return Firm.objects.select_related("office").earliest("pk")


@pytest.fixture
def worker(firm: Firm) -> Worker:
    """段文杰 of the first firm, who is ``su``."""
    return Worker.objects.filter(firm=firm).select_related("person", "firm").earliest("pk")


@pytest.fixture
def su(register: Register, firm: Firm, worker: Worker) -> Actor:
    """The account of the firm that cleans appliances."""
    let_in(register, FIRM_LOGIN, worker.person, firm=firm.pk)
    return register.actor(FIRM_LOGIN)


@pytest.fixture
def tap(small_set: Proposal) -> Offer:
    """WX-01, a new tap: ¥30.00 a piece, 30 minutes, by the engineers."""
    return offer(small_set.office_id, "WX-01")


@pytest.fixture
def cleaning(small_set: Proposal) -> Offer:
    """BJ-02, deep cleaning: ¥3.80 a square meter, 240 minutes, by cleaners with certificate."""
    return offer(small_set.office_id, "BJ-02")


@pytest.fixture
def drawer(register: Register) -> Drawer:
    return register.drawers[0]


@pytest.fixture
def second_drawer(register: Register) -> Drawer:
    return register.drawers[1]


@pytest.fixture
def open_shift(drawer: Drawer, ca: Actor) -> Shift:
    """The shift of ``ca``, open since 8:25 with a float of ¥500.00."""
    opened = MORNING.replace(hour=8, minute=25)
    return cashier.open_shift(drawer, float_amount=Money(50_000), actor=ca, at=opened)


def offer(office: int, code: str, variant: str = "", *, at: datetime = MORNING) -> Offer:
    """Return what the price list offers under a code."""
    found = pricing.offer(office, code, variant, at=at)
    assert found is not None, f"{code} {variant} is not offered"
    return found
