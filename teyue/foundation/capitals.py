"""Amounts as they stand on receipts: in Chinese capitals."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from teyue.foundation.money import NOTHING, Money

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("元", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾")
_LARGEST = Money.yuan("9999999999.99")


def capitals(amount: Money) -> str:
    """Write an amount in Chinese capitals (C-16).

    :raises ValueError: below zero or above 9 999 999 999.99 yuan.
    """
    if not NOTHING <= amount <= _LARGEST:
        raise ValueError(_("金额超出可以大写的范围，请您核对金额。"))
    yuan, cents = divmod(amount.fen, 100)
    return _whole(yuan, cents) + _decimals(yuan, cents)


def _whole(yuan: int, cents: int) -> str:
    if yuan == 0:
        return "" if cents else "零元"
    places = reversed(list(enumerate(reversed(str(yuan)))))
    text = "".join(_place(int(digit), position) for position, digit in places)
    text = re.sub("零+([亿万元])", r"\1", text).replace("亿万", "亿零")
    return re.sub("零+(元?)", lambda gap: gap[1] or "零", text)


def _place(digit: int, position: int) -> str:
    if digit:
        return _DIGITS[digit] + _PLACES[position]
    return "零" + _PLACES[position] * (position % 4 == 0)


def _decimals(yuan: int, cents: int) -> str:
    jiao, fen = divmod(cents, 10)
    gap = "零" if yuan and cents and (yuan % 10 == 0 or jiao == 0) else ""
    dime = f"{_DIGITS[jiao]}角" if jiao else ""
    return gap + dime + (f"{_DIGITS[fen]}分" if fen else "整")
