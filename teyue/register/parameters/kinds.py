"""What a business value may be: its kind, its bounds, and how people write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teyue.foundation.refusal import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


Typed = int | str | tuple[int, ...]


class Kind(TextChoices):
    """The unit in which a value is stored; the ending of its key says the same."""

    MINUTES = "minutes", _("分钟")
    HOURS = "hours", _("小时")
    DAYS = "days", _("日历天")
    WORKING_DAYS = "working_days", _("工作日")
    MONTHS = "months", _("个月")
    YEARS = "years", _("年")
    BP = "bp", _("百分比（万分之一为单位）")
    FEN = "fen", _("金额（分）")
    INT = "int", _("整数")
    CLOCK = "clock", _("时刻")
    CHOICE = "choice", _("选项")
    HOURS_LIST = "hours_list", _("小时序列")
    DAYS_LIST = "days_list", _("天数序列")


LISTS = frozenset({Kind.HOURS_LIST, Kind.DAYS_LIST})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One business value: its default, the clause it serves and what the default rests on.

    ``minimum`` and ``maximum`` are in the stored unit and hold for each member of a list.
    """

    key: str
    kind: Kind
    default: Typed
    clause: str
    basis: StrOrPromise
    label: StrOrPromise
    minimum: int = 0
    maximum: int | None = None
    choices: tuple[tuple[str, StrOrPromise], ...] = ()


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a kind is read, shown, bounded and exemplified."""

    read: Callable[[str], Typed]
    show: Callable[[Typed], str]
    maximum: int
    example: str


def parse(kind: Kind, text: str) -> Typed:
    """Read a value as people write it: yuan for money, percent for shares, 08:00 for a clock.

    :raises Refused: ``parameter_unreadable``.
    """
    manner = MANNERS[kind]
    try:
        return manner.read(unicodedata.normalize("NFKC", text).strip())
    except (ValueError, InvalidOperation):
        raise _unreadable(kind, text) from None


def show(kind: Kind, value: Typed) -> str:
    """Write a value so that ``parse`` reads the same value again."""
    return MANNERS[kind].show(value)


def check(parameter: Parameter, value: Typed) -> Typed:
    """Return the value if the parameter may have it.

    :raises Refused: ``parameter_kind`` for a value of another kind, ``parameter_choice`` for an
        option that is not offered, ``parameter_range`` for a number out of bounds.
    """
    if not _fits(parameter.kind, value):
        raise _refused(parameter, "parameter_kind", _sentence_of_kind(parameter.kind))
    if parameter.kind is Kind.CHOICE:
        _check_choice(parameter, str(value))
        return value
    low, high = bounds(parameter)
    members = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(member, int) and low <= member <= high for member in members):
        raise _refused(parameter, "parameter_range", _sentence_of_range(parameter))
    return value


def bounds(parameter: Parameter) -> tuple[int, int]:
    """Return the smallest and the largest number that the parameter may be, in stored units."""
    maximum = parameter.maximum
    return parameter.minimum, MANNERS[parameter.kind].maximum if maximum is None else maximum


def _fits(kind: Kind, value: object) -> bool:
    if kind is Kind.CHOICE:
        return isinstance(value, str)
    if kind in LISTS:
        return isinstance(value, tuple) and bool(value) and all(type(n) is int for n in value)
    return type(value) is int


def _check_choice(parameter: Parameter, value: str) -> None:
    if value not in dict(parameter.choices):
        offered = _("、").join(str(label) for _code, label in parameter.choices)
        sentence = gettext("只能选择：%(offered)s") % {"offered": offered}
        raise _refused(parameter, "parameter_choice", sentence)


def _sentence_of_kind(kind: Kind) -> str:
    return gettext("应填写%(kind)s，例如 %(example)s") % {
        "kind": kind.label,
        "example": MANNERS[kind].example,
    }


def _sentence_of_range(parameter: Parameter) -> str:
    low, high = (_shown_bound(parameter.kind, bound) for bound in bounds(parameter))
    return gettext("应在 %(low)s 至 %(high)s 之间（依据：%(basis)s）") % {
        "low": low,
        "high": high,
        "basis": parameter.basis,
    }


def _shown_bound(kind: Kind, bound: int) -> str:
    return show(kind, (bound,) if kind in LISTS else bound)


def _refused(parameter: Parameter, code: str, sentence: str) -> Refused:
    text = gettext("“%(label)s”%(sentence)s，请您修改后再保存。")
    message = text % {"label": parameter.label, "sentence": sentence}
    return Refused(code, message, clause=parameter.clause, field=parameter.key)


def _unreadable(kind: Kind, text: str) -> Refused:
    sentence = gettext("无法识别“%(text)s”：%(hint)s，请您修改后再保存。")
    hint = _sentence_of_kind(kind)
    return Refused("parameter_unreadable", sentence % {"text": text, "hint": hint})


def _whole(units: str) -> Callable[[str], int]:
    """Return a reader of whole numbers that forgives one of the units behind the number."""
    pattern = re.compile(rf"(\d[\d,]*)\s*(?:{units})?", re.IGNORECASE)

    def read(text: str) -> int:
        found = pattern.fullmatch(text)
        if not found:
            raise ValueError(text)
        return int(found[1].replace(",", ""))

    return read


def _hundredths(marks: str) -> Callable[[str], int]:
    """Return a reader of decimals that are stored as whole hundredths."""

    def read(text: str) -> int:
        amount = Decimal(text.strip(marks + " ").replace(",", "")) * 100
        if not amount.is_finite() or amount != int(amount):
            raise ValueError(text)
        return int(amount)

    return read


def _series(units: str) -> Callable[[str], tuple[int, ...]]:
    one = _whole(units)

    def read(text: str) -> tuple[int, ...]:
        return tuple(one(part.strip()) for part in re.split(r"[、,;/]", text))

    return read


def _clock(text: str) -> int:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if not found or int(found[2]) > 59:
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])


def _option(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _show_hundredths(value: Typed) -> str:
    return f"{Decimal(str(value)) / 100:.2f}"


def _show_clock(value: Typed) -> str:
    hours, minutes = divmod(int(str(value)), 60)
    return f"{hours:02}:{minutes:02}"


def _show_series(value: Typed) -> str:
    return "、".join(str(n) for n in value) if isinstance(value, tuple) else str(value)


MANNERS: Mapping[Kind, _Manner] = {
    Kind.MINUTES: _Manner(_whole("分钟|分|min"), str, 7 * 24 * 60, "15"),
    Kind.HOURS: _Manner(_whole("小时|时|h"), str, 90 * 24, "24"),
    Kind.DAYS: _Manner(_whole("日历天|天|日|d"), str, 3660, "7"),
    Kind.WORKING_DAYS: _Manner(_whole("个工作日|工作日|wd"), str, 250, "5"),
    Kind.MONTHS: _Manner(_whole("个月|月"), str, 120, "3"),
    Kind.YEARS: _Manner(_whole("年"), str, 100, "3"),
    Kind.BP: _Manner(_hundredths("%"), _show_hundredths, 10_000, "30%"),
    Kind.FEN: _Manner(_hundredths("¥元"), _show_hundredths, 10**10, "200.00"),
    Kind.INT: _Manner(_whole("个|次|户|人|分|家|单"), str, 10**6, "3"),
    Kind.CLOCK: _Manner(_clock, _show_clock, 24 * 60, "08:00"),
    Kind.CHOICE: _Manner(_option, str, 0, "列表中的一项"),
    Kind.HOURS_LIST: _Manner(_series("小时|时|h"), _show_series, 90 * 24, "24、48、72"),
    Kind.DAYS_LIST: _Manner(_series("天|日|d"), _show_series, 3660, "60、30、7"),
}
