from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.pricing.formulas import (
    DifferenceKind,
    LateTerms,
    Notice,
    PrepayMode,
    PrepayTerms,
    Rate,
    Unit,
    Variance,
    cancellation_fee,
    close_day,
    difference,
    late_credit,
    partial_by_company,
    partial_by_household,
    prepayment,
)

pytestmark = pytest.mark.clause("4.3.1")

TERMS = PrepayTerms(full_below=Money.yuan("200"), ratio_bp=5000)
LATE = LateTerms(after_min=30, credit_bp=1000, cap=Money.yuan("20"))
TAP = Rate(
    unit=Unit.PIECE,
    unit_price=Money(3000),
    callout_fee=Money(2000),
    cancel_fee_bp=2000,
    cancel_fee_cap=Money(2000),
)
sums = st.integers(0, 10**9).map(Money)
shares = st.integers(0, 10_000)


def refusal_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


@pytest.mark.parametrize(
    ("mode", "bp", "quoted", "asked"),
    [
        (PrepayMode.STANDARD, 0, 33961, 17000),
        (PrepayMode.STANDARD, 0, 15160, 15160),
        (PrepayMode.STANDARD, 0, 20000, 20000),
        (PrepayMode.STANDARD, 0, 20001, 10100),
        (PrepayMode.RATIO, 5000, 33961, 17000),
        (PrepayMode.RATIO, 3000, 15160, 4600),
        (PrepayMode.RATIO, 10000, 15160, 15160),
        (PrepayMode.FULL, 0, 33961, 33961),
        (PrepayMode.DEPOSIT, 0, 33961, 50000),
    ],
)
def test_w08_asks_for_the_prepayment_of_its_mode(mode, bp, quoted, asked):
    rate = Rate(
        unit=Unit.SQM,
        unit_price=Money(380),
        prepay_mode=mode,
        prepay_bp=bp,
        deposit=Money(50000),
    )

    assert prepayment(rate, Money(quoted), terms=TERMS) == Money(asked)


def test_only_a_free_line_goes_without_prepayment():
    rate = Rate(unit=Unit.SQM, unit_price=Money(380), prepay_mode=PrepayMode.NONE)

    assert refusal_of(prepayment, rate, Money(100), terms=TERMS) == "prepay_required"


@pytest.mark.parametrize(
    ("actual", "prepaid", "accepted", "kind", "amount"),
    [
        pytest.param(33250, 17000, [33961], DifferenceKind.TOPUP, 16250, id="W-09"),
        pytest.param(13500, 18000, [18000], DifferenceKind.REFUND, -4500, id="W-10"),
        pytest.param(19160, 15160, [15160, 4000], DifferenceKind.TOPUP, 4000, id="W-11"),
        pytest.param(19160, 15160, [15160], DifferenceKind.EVEN, 0, id="W-11 unsigned"),
        pytest.param(18000, 18000, [18000, -2000], DifferenceKind.REFUND, -2000, id="less"),
    ],
)
def test_w09_to_w11_hold_actual_against_prepaid(actual, prepaid, accepted, kind, amount):
    found = difference(
        Money(actual), prepaid=Money(prepaid), accepted=[Money(fen) for fen in accepted]
    )

    assert (found.kind, found.amount) == (kind, Money(amount))


def test_w45_a_stop_by_the_company_is_billed_pro_rata():
    payable = partial_by_company(Money(36000), done_x100=100, planned_x100=400)

    assert payable == Money(9000)
    found = difference(payable, prepaid=Money(36000), accepted=[Money(36000)])
    assert found.amount == Money(-27000)


@pytest.mark.parametrize(("done", "payable"), [(1, 10000), (3, 30000), (4, 36000)])
def test_w45_a_stop_by_the_household_is_billed_at_list_price(done, payable):
    found = partial_by_household(Money(36000), done_at_list=[Money(10000)] * done)

    assert found == Money(payable)
    assert Money(36000) - found == Money(36000 - payable)


@pytest.mark.parametrize(
    ("done", "planned", "code"),
    [(500, 400, "done_beyond_plan"), (0, 0, "no_quantity"), (-1, 400, "negative_amount")],
)
def test_a_part_lies_between_nothing_and_all(done, planned, code):
    call = {"done_x100": done, "planned_x100": planned}

    assert refusal_of(partial_by_company, Money(36000), **call) == code


@pytest.mark.parametrize(
    ("notice", "quoted", "special", "fee"),
    [
        (Notice.IN_TIME, 15160, 500, 0),
        (Notice.BEFORE_DEPARTURE, 15160, 0, 0),
        (Notice.BEFORE_DEPARTURE, 15160, 500, 500),
        (Notice.AFTER_DEPARTURE, 15160, 0, 2000),
        (Notice.AFTER_DEPARTURE, 15160, 500, 2500),
        (Notice.AFTER_DEPARTURE, 3000, 0, 600),
    ],
)
def test_charges_a_late_cancellation_only_for_what_was_lost(notice, quoted, special, fee):
    found = cancellation_fee(
        TAP, quoted=Money(quoted), notice=notice, special_material=Money(special)
    )

    assert found == Money(fee)


@pytest.mark.parametrize(
    ("labour", "late_min", "credit"),
    [(9000, 45, 900), (9000, 30, 0), (9000, 31, 900), (30000, 45, 2000), (0, 45, 0)],
)
def test_w14_gives_back_for_coming_late(labour, late_min, credit):
    assert late_credit(Money(labour), late_min=late_min, terms=LATE) == Money(credit)


@pytest.mark.clause("3.5")
def test_w39_closes_the_day():
    day = close_day(
        opening=Money(50000),
        taken=total([Money(17000), Money(15160), Money(9000)]),
        refunded=Money(13160),
        banked=NOTHING,
        counted=Money(77980),
    )

    assert (day.expected, day.variance, day.kind) == (Money(78000), Money(-20), Variance.SHORT)
    assert day.to_bank(keep=Money(50000)) == Money(27980)


@pytest.mark.clause("3.5")
@pytest.mark.parametrize(("counted", "kind"), [(101, Variance.LONG), (100, Variance.EVEN)])
def test_a_drawer_may_be_long_or_even(counted, kind):
    day = close_day(
        opening=Money(100), taken=NOTHING, refunded=NOTHING, banked=NOTHING, counted=Money(counted)
    )

    assert day.kind == kind
    assert day.to_bank(keep=Money(500)) == NOTHING


@pytest.mark.parametrize(
    "call",
    [
        lambda: difference(Money(-1), prepaid=NOTHING, accepted=[Money(1)]),
        lambda: difference(Money(1), prepaid=Money(-1), accepted=[Money(1)]),
        lambda: difference(Money(1), prepaid=NOTHING, accepted=[Money(-1)]),
        lambda: prepayment(TAP, Money(-1), terms=TERMS),
        lambda: partial_by_household(Money(1), done_at_list=[Money(-1)]),
        lambda: cancellation_fee(TAP, quoted=Money(-1), notice=Notice.IN_TIME),
        lambda: late_credit(Money(-1), late_min=45, terms=LATE),
    ],
)
def test_negative_amounts_are_refused_everywhere(call):
    assert refusal_of(call) == "negative_amount"


@given(sums, shares, st.sampled_from([PrepayMode.STANDARD, PrepayMode.FULL, PrepayMode.RATIO]))
def test_never_asks_for_more_than_the_total(quoted, bp, mode):
    rate = Rate(unit=Unit.SQM, unit_price=Money(1), prepay_mode=mode, prepay_bp=bp)

    asked = prepayment(rate, quoted, terms=TERMS)

    assert NOTHING <= asked <= quoted
    assert asked == quoted or asked.fen % 100 == 0


@given(sums, sums, st.lists(sums))
def test_never_makes_more_payable_than_was_accepted(actual, prepaid, accepted):
    found = difference(actual, prepaid=prepaid, accepted=accepted)

    assert found.payable <= min(actual, total(accepted))
    assert prepaid + found.amount == found.payable


@given(sums, st.integers(1, 10**4), st.integers(0, 10**4))
def test_a_part_never_costs_more_than_the_whole(agreed, planned, done):
    assume(done <= planned)

    part = partial_by_company(agreed, done_x100=done, planned_x100=planned)

    assert NOTHING <= part <= agreed
    assert partial_by_household(agreed, done_at_list=[part, agreed]) <= agreed


@given(sums, st.integers(0, 300))
def test_fee_and_credit_stay_below_their_caps(amount, late_min):
    fee = cancellation_fee(TAP, quoted=amount, notice=Notice.AFTER_DEPARTURE)

    assert NOTHING <= fee <= min(TAP.callout_fee, TAP.cancel_fee_cap)
    assert NOTHING <= late_credit(amount, late_min=late_min, terms=LATE) <= LATE.cap
