"""What the table of parameters shows: the value in force beside the default, clause by clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.register.parameters import queries
from teyue.register.parameters.defaults import BY_KEY, DEFAULTS, bounds, parse, show
from teyue.register.parameters.kinds import LISTS, Kind, Parameter, Typed
from teyue.register.parameters.models import Value

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNITS: dict[Kind, StrOrPromise] = {
    Kind.MINUTES: gettext_lazy("分钟"),
    Kind.HOURS: gettext_lazy("小时"),
    Kind.DAYS: gettext_lazy("天"),
    Kind.WORKING_DAYS: gettext_lazy("个工作日"),
    Kind.MONTHS: gettext_lazy("个月"),
    Kind.YEARS: gettext_lazy("年"),
    Kind.BP: "%",
    Kind.FEN: gettext_lazy("元"),
    Kind.HOURS_LIST: gettext_lazy("小时"),
    Kind.DAYS_LIST: gettext_lazy("天"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter: its default, what holds now and since when (None: by the procedure)."""

    parameter: Parameter
    default: str
    value: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Clause:
    """The parameters that serve one clause."""

    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A proposed or decided value as it is shown: what it is about, and in which words."""

    value: Value
    parameter: Parameter
    words: str


def table(*, office: int | None, text: str, at: datetime) -> list[Clause]:
    """Return the parameters that a word leaves, clause by clause."""
    changed = queries.in_force(office=office, at=at)
    found = (parameter for parameter in DEFAULTS if _fits(parameter, text))
    ordered = sorted(found, key=lambda one: [int(part) for part in one.clause.split(".")])
    return [
        Clause(number, tuple(_line(one, changed.get(one.key)) for one in group))
        for number, group in groupby(ordered, key=lambda one: one.clause)
    ]


def line_of(parameter: Parameter, *, office: int | None, at: datetime) -> Line:
    """Return how one parameter stands."""
    return _line(parameter, queries.in_force(office=office, at=at).get(parameter.key))


def wishes(values: Iterable[Value]) -> list[Wish]:
    """Return proposed and decided values with their words."""
    return [
        Wish(value, BY_KEY[value.key], _written(value)) for value in values if value.key in BY_KEY
    ]


def in_words(parameter: Parameter, value: Typed) -> str:
    """Write a value with its unit, an option by its name."""
    if parameter.kind is Kind.CHOICE:
        return str(dict(parameter.choices).get(str(value), value))
    unit = str(UNITS.get(parameter.kind, ""))
    space = "" if unit in ("", "%") else " "
    shown = show(parameter.kind, value).replace("、", _("、"))
    return f"{shown}{space}{unit}"


def limits(parameter: Parameter) -> str:
    """Say between which values a parameter may be, '' for an option."""
    if parameter.kind is Kind.CHOICE:
        return ""
    low, high = bounds(parameter)
    words = [
        in_words(parameter, (bound,) if parameter.kind in LISTS else bound) for bound in (low, high)
    ]
    return _("可在 %(low)s 至 %(high)s 之间") % {"low": words[0], "high": words[1]}


def _written(value: Value) -> str:
    parameter = BY_KEY[value.key]
    return in_words(parameter, parse(parameter.kind, value.value))


def _line(parameter: Parameter, changed: tuple[Typed, datetime] | None) -> Line:
    default = in_words(parameter, parameter.default)
    if changed is None:
        return Line(parameter, default, default, None)
    return Line(parameter, default, in_words(parameter, changed[0]), changed[1])


def _fits(parameter: Parameter, text: str) -> bool:
    return not text or text in str(parameter.label) or parameter.clause.startswith(text)
