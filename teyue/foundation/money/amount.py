"""The amount itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

_DECIMAL = re.compile(r"(-?)([0-9]{1,16})(?:\.([0-9]{1,2}))?")
_TYPED = re.compile(r"¥? ?([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.([0-9]+))? ?元?")
_KEYBOARD = str.maketrans("０１２３４５６７８９，．。￥\u3000\u00a0\t", "0123456789,..¥   ")
_LONGEST_TYPED = 10


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole fen."""

    fen: int

    def __post_init__(self) -> None:
        if not isinstance(self.fen, int) or isinstance(self.fen, bool):
            raise TypeError(f"{self.fen!r} is not a whole number of fen")

    @classmethod
    def yuan(cls, amount: str) -> Money:
        """Read yuan as the API writes them: -1234.56; :raises ValueError: finer than a fen."""
        found = _DECIMAL.fullmatch(amount)
        if found is None:
            raise ValueError(f"{amount!r} is not yuan with at most two decimals")
        fen = _fen(found[2], found[3])
        return cls(-fen if found[1] else fen)

    @classmethod
    def typed(cls, text: str) -> Money:
        """Read what a person typed, never negative; :raises ValueError: with a polite sentence."""
        clean = text.translate(_KEYBOARD).strip()
        if not clean:
            raise ValueError(_("请您填写金额，例如 12.50。"))
        found = _TYPED.fullmatch(clean)
        if found is None:
            raise ValueError(_("金额没有看懂，请您只填写不带正负号的数字，例如 1234.50。"))
        if len(found[2] or "") > 2:
            raise ValueError(_("金额最多精确到分，请您保留两位小数，例如 12.50。"))
        whole = re.sub("[, ]", "", found[1])
        if len(whole.lstrip("0")) > _LONGEST_TYPED:
            raise ValueError(_("金额太大，请您核对后重新填写。"))
        return cls(_fen(whole, found[2]))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __abs__(self) -> Money:
        return Money(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return f"{'-' * (self.fen < 0)}{abs(self.fen) // 100}.{abs(self.fen) % 100:02d}"

    @property
    def plain(self) -> str:
        """Write it for people without a currency sign: 1,234.56."""
        return f"{_minus(self)}{abs(self.fen) // 100:,}.{abs(self.fen) % 100:02d}"

    @property
    def shown(self) -> str:
        """Write it for people: ¥1,234.56."""
        return f"{_minus(self)}¥{abs(self).plain}"

    @property
    def signed(self) -> str:
        """Write a difference with its sign: +40.00, −45.00, 0.00."""
        return f"+{self.plain}" if self.fen > 0 else self.plain

    def share(self, rate: Fraction | Decimal) -> Money:
        """Return ``rate`` of this amount, rounded half up away from zero to the fen (§0.4 R)."""
        return self.times(rate)

    def times(self, factor: Fraction | Decimal | int) -> Money:
        """Return this amount ``factor`` times, rounded half up away from zero once (§0.4 R)."""
        if not isinstance(factor, Fraction | Decimal | int):
            raise TypeError(f"money is multiplied by exact numbers, not by {factor!r}")
        exact = self.fen * Fraction(factor)
        size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
        return Money(size if exact >= 0 else -size)

    def up_to(self, unit: Money) -> Money:
        """Return the next multiple of ``unit`` that is not less (§0.4 CEIL)."""
        if unit.fen <= 0:
            raise ValueError(f"{unit} is no unit to round up to")
        return Money(-(-self.fen // unit.fen) * unit.fen)

    def deconstruct(self) -> tuple[str, tuple[int], dict[str, Any]]:
        """Say to migrations how to write a default or a constraint that holds money."""
        return "teyue.foundation.money.Money", (self.fen,), {}


NOTHING = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """Add up amounts; nothing at all is zero."""
    return Money(sum(amount.fen for amount in amounts))


def basis_points(points: int) -> Fraction:
    """Return the share that ``points`` ten-thousandths are."""
    return Fraction(points, 10_000)


def _fen(whole: str, decimals: str | None) -> int:
    return int(whole) * 100 + int((decimals or "").ljust(2, "0"))


def _minus(amount: Money) -> str:
    return "\N{MINUS SIGN}" if amount.fen < 0 else ""
