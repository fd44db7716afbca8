from __future__ import annotations

import re

import pytest

from teyue.register.parameters.defaults import BY_KEY, DEFAULTS, Kind, check, parse, show

ENDINGS = {
    "_min": Kind.MINUTES,
    "_h": Kind.HOURS,
    "_d": Kind.DAYS,
    "_wd": Kind.WORKING_DAYS,
    "_months": Kind.MONTHS,
    "_years": Kind.YEARS,
    "_bp": Kind.BP,
    "_fen": Kind.FEN,
}
SERIES = {Kind.HOURS_LIST: "_h", Kind.DAYS_LIST: "_d"}


def ending_of(kind):
    return SERIES.get(kind) or next((end for end, one in ENDINGS.items() if one is kind), "")


def test_no_key_stands_twice():
    assert len(BY_KEY) == len(DEFAULTS)


def test_every_default_is_a_value_that_could_be_set():
    assert [check(parameter, parameter.default) for parameter in DEFAULTS] == [
        parameter.default for parameter in DEFAULTS
    ]


def test_every_default_is_read_back_as_it_is_shown():
    read = [parse(p.kind, show(p.kind, p.default)) for p in DEFAULTS]

    assert read == [parameter.default for parameter in DEFAULTS]


def test_every_key_ends_in_its_unit_and_no_other():
    for parameter in DEFAULTS:
        ending = ending_of(parameter.kind)
        assert parameter.key.endswith(ending), parameter.key
        assert ending or not parameter.key.endswith(tuple(ENDINGS)), parameter.key


def test_every_value_names_its_clause_its_label_and_its_basis():
    for parameter in DEFAULTS:
        assert re.fullmatch(r"[34]\.\d(\.\d)?", parameter.clause), parameter.key
        assert str(parameter.label) and str(parameter.basis), parameter.key


@pytest.mark.parametrize(
    ("key", "default"),
    [
        ("order.lapse.normal_h", 24),
        ("order.dispatch.normal_min", 15),
        ("refund.limit.cs_fen", 200_00),
        ("cash.max_overnight_fen", 1_000_00),
        ("emergency.cap_fen", 500_00),
        ("prepay.full_below_fen", 200_00),
        ("prepay.ratio_bp", 5_000),
        ("visit.tolerance_min", 10),
        ("cancel.free.inhouse_h", 4),
        ("late.credit_bp", 1_000),
        ("confirm.remind_h", (24, 48, 72)),
        ("service.opens", 8 * 60),
    ],
)
def test_the_well_known_values_are_those_of_the_procedure(key, default):
    assert BY_KEY[key].default == default
