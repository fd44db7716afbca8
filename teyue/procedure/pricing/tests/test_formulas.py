from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.pricing.formulas import (
    Discount,
    LateTerms,
    LineKind,
    Material,
    Occasion,
    PrepayMode,
    PrepayTerms,
    PriceMode,
    Rate,
    Unit,
    Work,
    at_night,
    billed_minutes,
    prepayment,
    quotation,
    worded,
)

pytestmark = pytest.mark.clause("4.1.4")

TERMS = PrepayTerms(full_below=Money.yuan("200"), ratio_bp=5000)
LATE = LateTerms(after_min=30, credit_bp=1000, cap=Money.yuan("20"))
HOURLY = Rate(
    unit=Unit.HOUR,
    unit_price=Money(4500),
    min_qty_x100=200,
    increment_min=30,
    grace_min=10,
    night_bp=2000,
    weekend_bp=1000,
    holiday_bp=3000,
)
TAP = Rate(
    unit=Unit.PIECE,
    unit_price=Money(3000),
    callout_fee=Money(2000),
    cancel_fee_bp=2000,
    cancel_fee_cap=Money(2000),
)
CLEANING = Rate(unit=Unit.SQM, unit_price=Money(380))
COLLECTING = Rate(unit=Unit.VISIT, unit_price=NOTHING, prepay_mode=PrepayMode.NONE)
LOCK = Rate(
    unit=Unit.VISIT,
    unit_price=Money(12000),
    price_mode=PriceMode.RANGE,
    range_min=Money(8000),
    range_max=Money(30000),
)

sums = st.integers(0, 10**9).map(Money)
shares = st.integers(0, 10_000)
worked = st.integers(1, 24 * 60)
hours = st.builds(
    Rate,
    unit=st.just(Unit.HOUR),
    unit_price=st.integers(0, 100_000).map(Money),
    min_qty_x100=st.integers(0, 500),
    min_charge=st.integers(0, 50_000).map(Money),
    increment_min=st.sampled_from([0, 10, 15, 30, 60]),
    grace_min=st.integers(0, 9),
)


def refusal_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


def test_w02_charges_pieces_and_material_at_cost():
    work = Work(text="水龙头更换", qty_x100=200, materials=(Material("龙头", 200, Money(4580)),))

    quote = quotation(TAP, work)

    assert [line.amount for line in quote.lines] == [Money(6000), Money(9160)]
    assert quote.total == Money(15160)


@pytest.mark.parametrize(
    ("minutes", "billed", "fen"),
    [
        (128, 120, 9000),
        (130, 120, 9000),
        (131, 150, 11250),
        (160, 150, 11250),
        (190, 180, 13500),
        (95, 120, 9000),
    ],
)
def test_w03_bills_increments_beyond_the_grace(minutes, billed, fen):
    quote = quotation(HOURLY, Work(text="保洁", minutes=minutes))

    assert billed_minutes(HOURLY, minutes) == billed
    assert quote.lines[0].qty_x100 * 60 == billed * 100
    assert quote.total == Money(fen)


def test_hours_without_increments_are_billed_by_the_minute():
    rate = Rate(unit=Unit.HOUR, unit_price=Money(4500))

    assert quotation(rate, Work(text="保洁", minutes=61)).total == Money(4575)


@pytest.mark.parametrize(("area", "fen"), [(8937, 33961), (8750, 33250)])
def test_w04_rounds_an_area_price_once(area, fen):
    assert quotation(CLEANING, Work(text="深度保洁", qty_x100=area)).total == Money(fen)


def test_w05_adds_the_weekend_surcharge():
    quote = quotation(
        HOURLY, Work(text="保洁", minutes=180, occasions=frozenset({Occasion.WEEKEND}))
    )

    assert quote.part(LineKind.SURCHARGE) == Money(1350)
    assert quote.total == Money(14850)


def test_surcharges_never_stack():
    quote = quotation(HOURLY, Work(text="保洁", minutes=180, occasions=frozenset(Occasion)))

    assert [line.text for line in quote.lines[1:]] == ["节假日加价 30%"]
    assert quote.total == Money(13500 + 4050)


@pytest.mark.parametrize(
    ("start", "night"),
    [
        (time(21, 59), False),
        (time(22), True),
        (time(0), True),
        (time(5, 59), True),
        (time(6), False),
    ],
)
def test_night_lasts_from_ten_to_six(start, night):
    assert at_night(start) is night


def test_w07_charges_a_package_as_one():
    rate = Rate(unit=Unit.PACKAGE, unit_price=Money(21600))

    assert quotation(rate, Work(text="空调清洗三台", qty_x100=100)).total == Money(21600)


@pytest.mark.parametrize(
    ("rate", "fen"),
    [
        (Rate(unit=Unit.SQM, unit_price=Money(100), min_charge=Money(10000)), 10000),
        (Rate(unit=Unit.SQM, unit_price=Money(100), min_qty_x100=6000), 6000),
    ],
)
def test_charges_the_minimum(rate, fen):
    assert quotation(rate, Work(text="消杀", qty_x100=4000)).total == Money(fen)


def test_marks_material_up_as_listed():
    rate = Rate(unit=Unit.PIECE, unit_price=Money(3000), material_markup_bp=500)
    work = Work(text="换阀", qty_x100=100, materials=(Material("软管", 150, Money(333)),))

    line = quotation(rate, work).lines[-1]

    assert (line.kind, line.unit_price, line.amount) == (
        LineKind.MATERIAL,
        Money(350),
        Money(524),
    )


def test_adds_call_out_fees_and_takes_the_discount_off():
    work = Work(text="换阀", qty_x100=100, callouts=1, discount=Discount("开业优惠", Money(500)))

    quote = quotation(TAP, work)

    assert [line.kind for line in quote.lines] == ["labour", "callout", "discount"]
    assert quote.total == Money(3000 + 2000 - 500)


def test_a_free_item_costs_nothing_and_asks_for_no_prepayment():
    quote = quotation(COLLECTING, Work(text="代收电费", qty_x100=100))

    assert len(quote.lines) == 1
    assert quote.total == NOTHING
    assert prepayment(COLLECTING, quote.total, terms=TERMS) == NOTHING


@pytest.mark.parametrize("fen", [8000, 15000, 30000])
def test_a_price_named_on_site_counts(fen):
    work = Work(text="开锁", qty_x100=100, on_site_price=Money(fen))

    assert quotation(LOCK, work).total == Money(fen)


@pytest.mark.parametrize("price", [None, NOTHING, Money(7999), Money(30001), Money(-8000)])
def test_a_price_outside_the_published_range_is_refused(price):
    work = Work(text="开锁", qty_x100=100, on_site_price=price)

    assert refusal_of(quotation, LOCK, work) == "outside_range"


@pytest.mark.parametrize(
    ("rate", "work", "code"),
    [
        (TAP, Work(text="换阀"), "no_quantity"),
        (TAP, Work(text="换阀", qty_x100=-100), "no_quantity"),
        (TAP, Work(text="换阀", minutes=60), "no_quantity"),
        (TAP, Work(text="换阀", qty_x100=100, minutes=60), "no_quantity"),
        (HOURLY, Work(text="保洁", qty_x100=200), "no_quantity"),
        (HOURLY, Work(text="保洁", minutes=-1), "no_quantity"),
        (
            TAP,
            Work(text="换阀", qty_x100=100, materials=(Material("阀", 0, Money(1)),)),
            "no_quantity",
        ),
        (
            TAP,
            Work(text="换阀", qty_x100=100, materials=(Material("阀", 100, Money(-1)),)),
            "negative_amount",
        ),
        (TAP, Work(text="换阀", qty_x100=100, callouts=-1), "negative_amount"),
        (
            TAP,
            Work(text="换阀", qty_x100=100, discount=Discount("优惠", Money(-1))),
            "negative_amount",
        ),
        (
            TAP,
            Work(text="换阀", qty_x100=100, discount=Discount("优惠", Money(3001))),
            "discount_too_large",
        ),
        (TAP, Work(text="换阀", qty_x100=100, on_site_price=Money(1)), "price_is_fixed"),
        (CLEANING, Work(text="保洁", qty_x100=100, callouts=1), "callout_not_listed"),
    ],
)
def test_what_the_price_list_does_not_allow_is_refused(rate, work, code):
    assert refusal_of(quotation, rate, work) == code


@pytest.mark.parametrize(
    "wrong", [{"unit_price": Money(-1)}, {"min_qty_x100": -1}, {"night_bp": -1}]
)
def test_a_rate_is_never_negative(wrong):
    given_rate = {"unit": Unit.PIECE, "unit_price": Money(1)} | wrong

    assert refusal_of(Rate, **given_rate) == "negative_amount"


@given(hours, worked, worked)
def test_more_minutes_never_cost_less(rate, one, other):
    less, more = sorted([one, other])

    costs = [quotation(rate, Work(text="保洁", minutes=time)).total for time in (less, more)]

    assert costs == sorted(costs)
    assert costs[0] >= rate.min_charge


@given(hours, worked)
def test_bills_whole_increments_and_never_less_than_the_minimum(rate, minutes):
    assume(rate.increment_min)

    billed = billed_minutes(rate, minutes)

    assert billed * 100 >= rate.min_qty_x100 * 60
    assert billed >= minutes - rate.grace_min
    assert billed % rate.increment_min == 0 or billed == billed_minutes(rate, 1)


@given(st.integers(1, 10**6), st.integers(0, 10**5), shares, st.integers(1, 10**4), st.data())
def test_lines_add_up_to_the_total(qty, price, bp, cost, data):
    rate = Rate(unit=Unit.SQM, unit_price=Money(price), holiday_bp=bp, material_markup_bp=bp)
    materials = (Material("料", qty, Money(cost)),)
    work = Work(text="养护", qty_x100=qty, materials=materials, occasions=frozenset(Occasion))
    full = quotation(rate, work)
    off = Money(data.draw(st.integers(0, full.total.fen)))

    quote = quotation(rate, replace(work, discount=Discount("优惠", off)))

    assert quote.total == total(line.amount for line in quote.lines) == full.total - off
    assert quote.total == total(quote.part(kind) for kind in LineKind)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("保洁（计费 120 分钟）", "保洁 (120 min charged)"),
        ("周末加价 50%", "Weekend surcharge 50%"),
        ("上门费", "Call-out fee"),
        ("换 DN15 阀门", "换 DN15 阀门"),
    ],
)
def test_what_papers_keep_in_chinese_is_said_in_the_words_of_the_reader(kept, said):
    with translation.override("en"):
        assert worded(kept) == said
    assert worded(kept) == kept


def test_papers_keep_chinese_whoever_asked():
    with translation.override("en"):
        quote = quotation(
            HOURLY, Work(text="保洁", minutes=120, occasions=frozenset({Occasion.WEEKEND}))
        )

    assert quote.lines[0].text == "保洁（计费 120 分钟）"
    assert quote.lines[1].text.startswith("周末加价 ")
