"""How what was ordered is said on pages and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.planning.models import Item
from teyue.procedure.pricing.formulas import worded
from teyue.procedure.pricing.models import PriceLine
from teyue.web import formats

if TYPE_CHECKING:
    from teyue.procedure.subcontracting.models import Firm

Unit = PriceLine.Unit
COUNTED = (Unit.PIECE, Unit.VISIT, Unit.PACKAGE)


def item_name(item: Item) -> str:
    """Return the name of an item in the language of the reader."""
    return item.name


def quantity(x100: int) -> str:
    """Write hundredths as people do: ``2``, ``1.5``, ``87.37``."""
    whole, parts = divmod(x100, 100)
    return f"{whole:,}.{parts:02d}".rstrip("0") if parts else f"{whole:,}"


def how_much(order: Order) -> str:
    """Write how much was ordered: ``×2``, ``87.37 ㎡``, nothing for one."""
    if order.line.unit in COUNTED:
        return f"×{quantity(order.qty_x100)}" if order.qty_x100 != 100 else ""
    return f"{quantity(order.qty_x100)} {order.line.get_unit_display()}"


def what(order: Order) -> str:
    """Write what was ordered: ``水龙头更换 ×2``."""
    return " ".join(filter(None, (item_name(order.item), order.line.variant, how_much(order))))


def listed(lines: Iterable[dict[str, Any]], *, of: Item | None = None) -> str:
    """Write priced lines in one sentence: ``水龙头更换 2 × ¥30.00 = ¥60.00；…``.

    The item ``of`` which they are is named in the language of the reader.
    """
    return _("；").join(_line(line, in_words(line["text"], of)) for line in lines)


def in_words(text: str, item: Item | None) -> str:
    """Return the text of a priced line, which was kept in Chinese, for the reader."""
    said = worded(text)
    return said.replace(item.name_zh, item_name(item)) if item else said


def window(starts: datetime, ends: datetime, at: datetime) -> str:
    """Write when somebody is expected: ``今日 14:00–16:00``."""
    begin = formats.stamp(starts, at)
    return begin if starts == ends else f"{begin}–{formats.clock(ends)}"


def who_comes(name: str, firm: Firm | None) -> str:
    """Write who was sent, with the firm if it is not our own."""
    return _("%(firm)s的%(name)s") % {"firm": firm.name, "name": name} if firm else name


def state_of(paper: Any) -> str:
    """Say in what state a paper is."""
    return str(type(paper).State(paper.state).label)


def standing_of(order: Order) -> str:
    """Say where an order stands."""
    return str(Standing(order.standing).label)


def _line(line: dict[str, Any], text: str) -> str:
    amount = Money(line["amount"])
    if line["qty_x100"] == 100 or amount.fen < 0:
        return f"{text} {amount.shown}"
    facts = (text, quantity(line["qty_x100"]), Money(line["unit_price"]).shown)
    return "{} {} × {} = {}".format(*facts, amount.shown)
