"""Understand one cell: text, dates, areas, money, counts, and words that stand for a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from teyue.foundation import clock
from teyue.register.estate.naming import plain
from teyue.register.importing.faults import UnreadableError
from teyue.register.importing.names import NOTHING

Raw = int | float | str | bool | time | date | datetime | timedelta

_EPOCH = date(1899, 12, 30)
_DAY = re.compile(
    r"(\d{4})[-./年。](\d{1,2})[-./月。](\d{1,2})[日号]?(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
_TIGHT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"\d{4}[-./年](\d{1,2})月?")
_AREA = re.compile(r"(-?[\d,]*\.?\d+)(?:m2|平方米|平米|平方|平|m)?", re.IGNORECASE)
_MONEY = re.compile(r"[¥]?(-?[\d,]*\.?\d+)元?(?:/?(?:每)?(?:小时|时|h|次|工时))?", re.IGNORECASE)
_COUNT = re.compile(r"(-?\d+)(?:人|口|名|位)?")
_UNTIDY = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u200b-\u200d\ufeff]|^\s|\s$")


@dataclass(slots=True)
class Cell:
    """A cell with the name of its column; remembers what was mended while it was read."""

    caption: str
    raw: Raw
    mended: str = ""

    @property
    def text(self) -> str:
        """Return the cell as tidy text: half-width, no outer blanks, '-' and 无 as nothing."""
        if isinstance(self.raw, str):
            return self._tidy(self.raw)
        if isinstance(self.raw, float) and self.raw.is_integer():
            return str(int(self.raw))
        return str(self.raw)

    def required(self, example: str) -> str:
        """Return the text of a cell that must not be empty.

        :raises UnreadableError: it is; the sentence shows ``example``.
        """
        if text := self.text:
            return text
        told = {"caption": self.caption, "example": example}
        raise UnreadableError(_("%(caption)s为空，请填写，例如“%(example)s”。") % told)

    def wrong(self, sentence: str) -> UnreadableError:
        """Return the complaint about this cell; ``sentence`` names %(caption)s and %(text)s."""
        shown = self.text if len(self.text) <= 20 else self.text[:20] + "…"
        return UnreadableError(sentence % {"caption": self.caption, "text": shown})

    def mend(self, sentence: str) -> None:
        """Remember what was mended; ``sentence`` names %(caption)s."""
        self.mended = sentence % {"caption": self.caption}

    def _tidy(self, raw: str) -> str:
        if not self.mended and _UNTIDY.search(raw):
            self.mend(_("%(caption)s中的全角字符或多余空格已整理。"))
        text = re.sub(r"\s*[\r\n]+\s*", "\n", plain(raw))
        text = re.sub(r"[ \t\xa0]+", " ", text)
        return "" if text in NOTHING else text


def words(cell: Cell) -> str:
    """Return the text without any blanks; it may be empty."""
    return re.sub(r"\s+", "", cell.text)


def filled(example: str) -> Callable[[Cell], str]:
    """Return a reader of text, at most 100 characters, that must not be empty."""

    def read(cell: Cell) -> str:
        text = re.sub(r"\s+", "", cell.required(example))
        if len(text) > 100:
            raise cell.wrong(_("%(caption)s太长，请缩短到100个字以内。"))
        return text

    return read


def named(place: Callable[[str], str], example: str) -> Callable[[Cell], str]:
    """Return a reader of a part of an address by its canonical form."""

    def read(cell: Cell) -> str:
        if not (canonical := place(cell.required(example))):
            advice = _("%(caption)s“%(text)s”看不懂，请写成“{example}”这样的形式。")
            raise cell.wrong(advice.replace("{example}", example))
        return canonical

    return read


def one_of(codes: Mapping[str, str], examples: str) -> Callable[[Cell], str]:
    """Return a reader of a word that stands for a code; ``examples`` are the usual words."""

    def read(cell: Cell) -> str:
        word = re.sub(r"\s+", "", cell.required(examples.split("、")[0]))
        if word not in codes:
            advice = _("%(caption)s“%(text)s”不认识，请填写：{examples}。")
            raise cell.wrong(advice.replace("{examples}", examples))
        return codes[word]

    return read


def day(cell: Cell) -> date | None:
    """Return the day of ``2021.3.8``, ``2021年3月8日``, ``20210308``, a date or its serial number.

    :raises UnreadableError: the day does not exist, is out of reach or cannot be understood.
    """
    found = _day_of(cell)
    if found and not clock.is_in_reach(found):
        raise cell.wrong(_("%(caption)s“%(text)s”的年份不合理，请核对后重填。"))
    return found


def _day_of(cell: Cell) -> date | None:
    raw = cell.raw
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, (time, timedelta, bool)):
        raise cell.wrong(_("%(caption)s“%(text)s”不是日期，请写成“2021-03-08”这样的形式。"))
    return _typed_day(cell)


def _typed_day(cell: Cell) -> date | None:
    text = re.sub(r"\s*([-./年月日号。])\s*", r"\1", cell.text)
    if not text:
        return None
    if match := _DAY.fullmatch(text) or _TIGHT_DAY.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
        if not re.match(r"\d{4}-\d{2}-\d{2}", text):
            cell.mend(_("%(caption)s已按年月日识别。"))
        return _existing(cell, year, month, number)
    if re.fullmatch(r"\d{5}", text):
        cell.mend(_("%(caption)s是表格软件的日期序号，已换算成日期。"))
        return _EPOCH + timedelta(days=int(text))
    if _MONTH.fullmatch(text):
        raise cell.wrong(_("%(caption)s“%(text)s”缺少日，请写成“2021-03-08”这样的形式。"))
    raise cell.wrong(_("%(caption)s“%(text)s”看不懂，请写成“2021-03-08”这样的形式。"))


def _existing(cell: Cell, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        sentence = _("%(caption)s“%(text)s”不存在，没有这一天，请核对后重填。")
        raise cell.wrong(sentence) from None


def area_x100(cell: Cell) -> int:
    """Return a floor area in hundredths of a square metre, rounded half up.

    :raises UnreadableError: it is empty, no number, not above 0, or beyond 100 000 m².
    """
    text = re.sub(r"\s+", "", cell.required("89.37"))
    number = _number(cell, _AREA, text)
    if number <= 0:
        raise cell.wrong(_("%(caption)s“%(text)s”不能是零或负数，请按产权证填写，例如“89.37”。"))
    if number > 100_000:
        raise cell.wrong(_("%(caption)s“%(text)s”大得不合理，请核对后重填。"))
    if isinstance(cell.raw, str):
        cell.mend(_("%(caption)s已按数字识别，单位平方米。"))
    return int((number * 100).quantize(Decimal(1), ROUND_HALF_UP))


def fen(cell: Cell) -> int | None:
    """Return an amount of yuan in whole fen, None if the cell is empty.

    :raises UnreadableError: it is no number, negative, or finer than a fen.
    """
    if not (text := words(cell)):
        return None
    amount = _number(cell, _MONEY, text) * 100
    if amount < 0 or amount != int(amount) or amount > 10**11:
        raise cell.wrong(_("%(caption)s“%(text)s”应是不小于零、最多两位小数的金额，请重填。"))
    return int(amount)


def count(cell: Cell) -> int | None:
    """Return a number of people, None if the cell is empty.

    :raises UnreadableError: it is not a whole number from 0 to 50.
    """
    if not (text := words(cell)):
        return None
    match = _COUNT.fullmatch(text)
    if match is None or not 0 <= int(match[1]) <= 50:
        raise cell.wrong(_("%(caption)s“%(text)s”应是0到50的整数，请重填。"))
    return int(match[1])


def _number(cell: Cell, shape: re.Pattern[str], text: str) -> Decimal:
    match = shape.fullmatch(text)
    if match is None or isinstance(cell.raw, bool) or not _grouped(match[1]):
        raise cell.wrong(_("%(caption)s“%(text)s”不是数字，请填写数字，例如“89.37”。"))
    return Decimal(match[1].replace(",", "")).quantize(Decimal("0.000001"))


def _grouped(number: str) -> bool:
    return "," not in number or bool(re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", number))
