"""However the work is cut into visits, and corrected afterwards: nothing twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cast import MORNING
from teyue.foundation.money import NOTHING, Money, total
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import prices
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing import formulas
from teyue.procedure.pricing.formulas import LineKind, Material
from teyue.procedure.pricing.queries import rate_of
from teyue.procedure.service.facts import Cause
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries.amounts import charged, given_up

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
SOME = settings(max_examples=60)
SATURDAY = MORNING.replace(day=28)
PARTS = st.lists(st.integers(0, 400), min_size=1, max_size=5)
RATES = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(("visit", "hour")),
        "unit_price": st.integers(1, 9_999).map(Money),
        "min_charge": st.sampled_from((0, 5_000, 20_000)).map(Money),
        "min_qty_x100": st.sampled_from((0, 200)),
        "increment_min": st.sampled_from((0, 30)),
        "grace_min": st.sampled_from((0, 10)),
        "weekend_bp": st.sampled_from((0, 1_000)),
    }
)
PER_HOUR = {"unit": "hour", "unit_price": Money(4_500), "min_qty_x100": 200, "increment_min": 30}


@pytest.fixture
def work(started) -> Callable[..., Order]:
    """Return a builder of an order on a Saturday by another price, which is never written."""
    known = started()

    def build(rate: dict[str, object], **facts: object) -> Order:
        plain = {"min_charge": NOTHING, "min_qty_x100": 0, "increment_min": 0, "grace_min": 0}
        for name, value in {**plain, "weekend_bp": 0, **rate}.items():
            setattr(known.line, name, value)
        # Nobody accepted a price for another day, so that of the day is charged.
        asked = {"wish_from": SATURDAY, "agreed": Money(10**7), "accepted_at": None}
        for name, value in {**asked, **facts}.items():
            setattr(known, name, value)
        return known

    return build


def visited(order: Order, no: int, done: int, cause: str = "") -> Record:
    """Return a record of a visit on which so much was done, not priced yet."""
    visit = Visit(pk=no, order=order, no=no)
    facts = {"minutes": done, "qty_x100": done, "partial_cause": cause}
    return Record(pk=no, order=order, visit=visit, office=order.office, **facts)


def charge(record: Record, others: Sequence[Record], used: Sequence[Material] = ()) -> None:
    """Let a record say what it charges."""
    priced = charged(record, used, others)
    record.lines = prices.written(priced.lines, line=record.order.line_id)
    record.amount = priced.total


def told(order: Order, parts: Sequence[int]) -> list[Record]:
    """Record one visit after the other."""
    records: list[Record] = []
    for no, done in enumerate(parts, 1):
        record = visited(order, no, done)
        charge(record, records)
        records.append(record)
    return records


def in_one_visit(order: Order, done: int) -> Money:
    """Return what the same work costs when it is done at once."""
    if not done:
        return NOTHING
    asked = prices.work_of(order, Pricing(), qty_x100=done, minutes=done)
    return formulas.quotation(rate_of(order.line), asked).total


def sum_of(records: Sequence[Record]) -> Money:
    return total(record.amount for record in records)


@SOME
@given(rate=RATES, parts=PARTS, corrected=st.lists(st.integers(0, 400), max_size=4))
@example(rate={**PER_HOUR, "grace_min": 10}, parts=[60, 65], corrected=[])
@example(rate={"unit": "visit", "min_charge": Money(5_000)}, parts=[50, 50], corrected=[1])
def test_the_parts_come_to_the_whole(rate, parts, corrected, work):
    order = work(rate)
    records = told(order, parts)
    assert sum_of(records) == in_one_visit(order, sum(parts))

    for turn, done in enumerate(corrected):
        wrong = records[turn % len(records)]
        wrong.qty_x100 = wrong.minutes = done
        charge(wrong, [one for one in records if one is not wrong])

    assert sum_of(records) == in_one_visit(order, sum(one.minutes for one in records))


@SOME
@given(parts=PARTS, costs=st.lists(st.integers(1, 9_999), min_size=5, max_size=5))
def test_materials_are_charged_on_the_visit_that_used_them(parts, costs, work):
    order = work({"unit": "visit"})
    records: list[Record] = []
    for no, done in enumerate(parts, 1):
        records.append(visited(order, no, done))
        charge(records[-1], records[:-1], [Material("角阀", 100, Money(costs[no - 1]))])

    spent = [line["amount"] for one in records for line in one.lines if line["kind"] == "material"]
    assert spent == costs[: len(parts)]
    assert sum_of(records) == in_one_visit(order, sum(parts)) + Money(sum(spent))


@SOME
@given(rate=RATES.filter(lambda rate: rate["unit"] == "visit"), parts=PARTS)
@example(rate={"unit": "visit", "min_charge": Money(20_000)}, parts=[100, 100])
def test_a_company_that_stops_never_bills_more_than_its_part(rate, parts, work):
    order = work(rate, qty_x100=2_500)
    order.agreed = in_one_visit(order, order.qty_x100)
    records = told(order, parts[:-1])
    last = visited(order, len(parts), parts[-1], Cause.COMPANY)
    charge(last, records)

    share = order.agreed.times(Fraction(sum(parts), order.qty_x100))
    assert sum_of([*records, last]) == min(share, in_one_visit(order, sum(parts)))


@SOME
@given(rate=RATES, parts=PARTS, short=st.integers(0, 5_000))
def test_a_household_that_stops_never_pays_more_than_it_agreed(rate, parts, short, work):
    order = work(rate)
    records = told(order, parts[:-1])
    order.agreed = sum_of(records) + Money(short)
    last = visited(order, len(parts), parts[-1], Cause.HOUSEHOLD)
    charge(last, records, [Material("角阀", 100, Money(700))])

    assert sum_of(records) <= sum_of([*records, last]) <= order.agreed


@SOME
@given(parts=PARTS, price=st.integers(1, 9_999), least=st.sampled_from((0, 5_000)))
def test_what_is_given_up_is_taken_off_once(parts, price, least, work):
    rate = {"unit": "visit", "unit_price": Money(price), "min_charge": Money(least)}
    order = work(rate, qty_x100=2_500)
    order.agreed = in_one_visit(order, order.qty_x100)
    records = told(order, parts)
    last, others = records[-1], records[:-1]
    last.partial_cause = Cause.COMPANY

    off = given_up(last, others)
    last.lines = [*last.lines, *prices.written(off, line=order.line_id)]

    assert {line.kind for line in off} <= {LineKind.MERGED}
    assert total(line.amount for line in off) <= NOTHING
    assert given_up(last, others) == ()
