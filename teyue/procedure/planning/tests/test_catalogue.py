from __future__ import annotations

import pytest

from teyue.procedure.planning.catalogue import (
    BY_CODE,
    CATALOGUE,
    CATEGORIES,
    COMMON_POINTS,
    UNIT_NAMES,
)
from teyue.register.calendar.quiet import Disturbance

every = pytest.mark.parametrize("item", CATALOGUE, ids=lambda item: item.code)


def codes(wanted):
    return {item.code for item in CATALOGUE if wanted(item)}


def test_there_are_thirty_items_in_eleven_categories():
    assert len(BY_CODE) == len(CATALOGUE) == 30
    assert {item.category_code for item in CATALOGUE} == {c.code for c in CATEGORIES}
    assert len(COMMON_POINTS) == 8


@every
def test_an_item_is_named_in_both_languages_and_fits_its_column(item):
    assert 0 < len(item.name_zh) <= 40
    assert item.name_en.isascii()
    assert all(point.text_zh and point.text_en.isascii() for point in item.points)
    assert len(item.points) == 3


@every
def test_a_price_lies_in_the_range_of_the_market(item):
    low, high = item.charge.market_fen

    assert all(low <= variant.price_fen <= high for variant in item.variants)
    assert len({variant.code for variant in item.variants}) == len(item.variants)
    assert item.charge.unit in UNIT_NAMES


@every
def test_the_price_ladder_ascends_through_the_planned_price(item):
    ladder = item.price_ladder_fen

    assert list(ladder) == sorted(set(ladder))
    assert not ladder or ladder[1] == item.variants[0].price_fen


@every
def test_own_staff_work_for_a_department_and_firms_for_none(item):
    assert (item.department is None) == (item.provider == "sub")


@every
def test_only_a_free_item_is_served_without_prepayment(item):
    free = all(variant.price_fen == 0 for variant in item.variants)

    assert (item.charge.prepay == "none") == free
    assert (item.charge.prepay == "deposit") == (item.charge.deposit_fen > 0)


@every
def test_an_item_by_the_month_is_sold_by_agreement(item):
    assert item.agreement_allowed or item.charge.unit != "month"


@every
def test_the_night_surcharge_is_for_urgent_items_only(item):
    assert (item.charge.night_bp == 5_000) == item.gates.urgent_allowed


@every
def test_the_cancellation_fee_stays_under_its_cap(item):
    charge = item.charge

    assert charge.callout_fee_fen <= charge.cancel_fee_cap_fen <= 2_000
    assert charge.cancel_fee_bp <= 2_000


def test_air_conditioners_come_in_two_sizes():
    prices = {variant.name_zh: variant.price_fen for variant in BY_CODE["QX-01"].variants}

    assert prices == {"挂机": 8_000, "柜机": 12_000}


def test_hourly_cleaning_is_billed_by_half_hours_from_two_hours_up():
    charge = BY_CODE["BJ-01"].charge

    assert (charge.least_qty_x100, charge.increment_min, charge.grace_min) == (200, 30, 10)


def test_utility_collection_costs_the_household_nothing():
    item = BY_CODE["DB-01"]

    assert item.gates.pass_through
    assert item.price_ladder_fen == ()
    assert item.charge.callout_fee_fen == item.charge.cancel_fee_cap_fen == 0


def test_the_gates_stand_where_the_law_and_the_trade_want_them():
    assert codes(lambda i: "low_voltage" in i.gates.certificates) == {"WX-02", "WX-03", "WX-04"}
    assert codes(lambda i: i.gates.identity_check and i.gates.witness) == {"AQ-01"}
    assert codes(lambda i: i.needs_neighbor_notice) == {"BJ-05", "XS-01"}
    assert codes(lambda i: i.disturbance is Disturbance.D3) == {"AZ-01", "AZ-02"}
    assert codes(lambda i: "minor" in i.gates.consents) == {"SH-01"}
    assert codes(lambda i: i.gates.key_custody) == {"SH-03", "DB-03"}


def test_prices_below_ten_yuan_climb_in_tenths():
    assert BY_CODE["BJ-02"].price_ladder_fen == (300, 380, 480)
    assert BY_CODE["WX-01"].price_ladder_fen == (2_400, 3_000, 3_800)
