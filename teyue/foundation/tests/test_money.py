from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.db.models import Case, F, Q, Sum, When
from hypothesis import given
from hypothesis import strategies as st

from teyue.foundation.money import NOTHING, Money, MoneyField, MoneyInput, basis_points, total

amounts = st.integers(-(10**12), 10**12).map(Money)
typed_amounts = st.integers(0, 10**12 - 1).map(Money)
rates = st.fractions(-3, 3)


class Purse(models.Model):
    held = MoneyField(default=NOTHING)
    owed = MoneyField(null=True)

    objects: ClassVar[models.Manager[Purse]] = models.Manager()

    class Meta:
        app_label = "money_tests"


@pytest.fixture
def purses(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE money_tests_purse"
            " (id integer PRIMARY KEY, held bigint NOT NULL, owed bigint)"
        )
    rows = ((1, 1230, 230), (2, 5, None), (3, -45, 0))
    for key, held, owed in rows:
        owing = None if owed is None else Money(owed)
        Purse.objects.create(id=key, held=Money(held), owed=owing)
    return Purse.objects.order_by("id")


@pytest.mark.parametrize(("text", "fen"), [("12.30", 1230), ("300", 30000), ("-0.05", -5)])
def test_reads_yuan_of_the_api(text, fen):
    assert Money.yuan(text) == Money(fen)


@pytest.mark.parametrize("text", ["12.345", "12.300", "1e3", "NaN", "", "1,234", "+1", "１２"])
def test_refuses_yuan_finer_or_other_than_fen(text):
    with pytest.raises(ValueError, match="two decimals"):
        Money.yuan(text)


@pytest.mark.parametrize("fen", [1.5, 2.0, "3", Decimal(4), True, None])
def test_is_never_anything_but_whole_fen(fen):
    with pytest.raises(TypeError):
        Money(fen)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12.5", 1250),
        (" １２．３０ ", 1230),
        ("¥1,234.56", 123456),
        ("￥ 1，234，567 元", 123456700),
        ("1 234.50", 123450),
        ("12。5", 1250),
        ("0", 0),
        ("007元", 700),
        ("9999999999.99", 999999999999),
    ],
)
def test_understands_what_people_type(text, fen):
    assert Money.typed(text) == Money(fen)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请您填写金额"),
        ("\u3000", "请您填写金额"),
        ("12.345", "精确到分"),
        ("12.300", "精确到分"),
        ("1,23", "没有看懂"),
        ("-5", "没有看懂"),
        ("十二", "没有看懂"),
        ("12.", "没有看懂"),
        ("1²", "没有看懂"),
        ("10000000000", "太大"),
    ],
)
def test_says_politely_what_is_wrong_with_typing(text, words):
    with pytest.raises(ValueError, match=words):
        Money.typed(text)


@pytest.mark.parametrize(
    ("fen", "api", "plain", "shown", "signed"),
    [
        (123456, "1234.56", "1,234.56", "¥1,234.56", "+1,234.56"),
        (-4500, "-45.00", "−45.00", "−¥45.00", "−45.00"),
        (-5, "-0.05", "−0.05", "−¥0.05", "−0.05"),
        (0, "0.00", "0.00", "¥0.00", "0.00"),
    ],
)
def test_is_written_for_machines_and_people(fen, api, plain, shown, signed):
    money = Money(fen)

    assert (str(money), money.plain, money.shown, money.signed) == (api, plain, shown, signed)


@given(amounts)
def test_survives_the_way_through_the_api(money):
    assert Money.yuan(str(money)) == money


@given(typed_amounts)
def test_survives_being_shown_and_typed_again(money):
    assert Money.typed(money.shown) == Money.typed(money.plain) == money


@given(amounts, amounts)
def test_adds_and_subtracts_like_numbers(one, other):
    assert one + other - other == one
    assert one - other == -(other - one)
    assert total([one, other]) == one + other
    assert bool(one) is (abs(one) > NOTHING)


@pytest.mark.parametrize("other", [0, 1.5, Decimal(1), "1"])
def test_never_mixes_with_plain_numbers(other):
    for mix in (Money.__add__, Money.__sub__, Money.__lt__):
        assert mix(Money(1), other) is NotImplemented
    assert Money(0) != other


@pytest.mark.parametrize(
    ("fen", "rate", "expected"),
    [
        (1, Fraction(1, 2), 1),
        (-1, Fraction(1, 2), -1),
        (3, Decimal("0.5"), 2),
        (13500, basis_points(1000), 1350),
        (380, Fraction(8937, 100), 33961),
    ],
)
def test_takes_a_share_rounded_half_away_from_zero(fen, rate, expected):
    assert Money(fen).share(rate) == Money(expected)


@pytest.mark.parametrize("rate", [0.5, "0.5", None])
def test_refuses_shares_that_are_not_exact(rate):
    with pytest.raises(TypeError):
        Money(100).share(rate)


@given(amounts, rates)
def test_rounds_once_and_by_half_a_fen_at_most(money, rate):
    exact = money.fen * rate

    rounded = money.times(rate).fen

    assert abs(rounded - exact) <= Fraction(1, 2)
    assert money.times(-rate) == -money.times(rate)


@given(amounts, st.integers(1, 10**6).map(Money))
def test_rounds_up_to_the_next_multiple(money, unit):
    up = money.up_to(unit)

    assert up.fen % unit.fen == 0
    assert money <= up < money + unit


@pytest.mark.parametrize("unit", [NOTHING, Money(-100)])
def test_rounds_up_to_positive_units_only(unit):
    with pytest.raises(ValueError, match="no unit"):
        Money(5).up_to(unit)


def test_comes_back_from_the_database_as_money(purses):
    held = [purse.held for purse in purses]
    owed = list(purses.values_list("owed", flat=True))

    assert held == [Money(1230), Money(5), Money(-45)]
    assert owed == [Money(230), None, NOTHING]


def test_sums_are_money(purses):
    sums = purses.aggregate(
        all=Sum("held"), left=Sum(F("held") - F("owed")), back=Sum(-F("held"), default=NOTHING)
    )

    assert sums == {"all": Money(1190), "left": Money(955), "back": Money(-1190)}


def test_sums_of_cases_are_money(purses):
    signed = Case(When(owed__isnull=True, then=-F("held")), default=F("held"))

    assert purses.aggregate(net=Sum(signed))["net"] == Money(1180)


def test_sum_of_no_rows_is_the_money_asked_for(purses):
    assert purses.none().aggregate(held=Sum("held", default=NOTHING))["held"] == NOTHING


def test_an_average_that_breaks_a_fen_is_an_error(purses):
    with pytest.raises(ValueError, match="whole number of fen"):
        purses.aggregate(mean=models.Avg("held"))


def test_queries_ask_with_money_or_zero(purses):
    assert purses.filter(held__gte=Money(5)).count() == 2
    assert purses.filter(Q(held__lt=0) | Q(owed__isnull=True)).count() == 2


@pytest.mark.parametrize("plain", [5, "5", 1.0, Decimal(5)])
def test_a_column_takes_no_plain_number(plain):
    with pytest.raises(TypeError, match="takes Money"):
        Purse._meta.get_field("held").get_prep_value(plain)


@pytest.mark.parametrize("plain", [5, "5.001", "abc", 1.0])
def test_cleaning_takes_no_plain_number(plain):
    with pytest.raises(ValidationError):
        Purse._meta.get_field("held").clean(plain, None)


def test_cleaning_takes_what_serializing_wrote():
    field = Purse._meta.get_field("held")

    written = field.value_to_string(Purse(held=Money(1230)))

    assert field.clean(written, None) == Money(1230)


def test_stands_in_migrations():
    text, imports = MigrationWriter.serialize(MoneyField(default=Money(5)))

    assert "default=teyue.foundation.money.Money(5)" in text
    assert "import teyue.foundation.money" in imports


def test_is_typed_into_forms():
    field = Purse._meta.get_field("held").formfield(required=False)

    assert isinstance(field, MoneyInput)
    assert field.clean("￥1,234.5 元") == Money(123450)
    assert field.clean("") is None
    assert field.prepare_value(Money(123450)) == "1,234.50"
    assert not field.has_changed(Money(123450), "1,234.50")


def test_a_form_says_what_is_wrong_with_an_amount():
    with pytest.raises(ValidationError, match="精确到分"):
        MoneyInput().clean("1.234")
