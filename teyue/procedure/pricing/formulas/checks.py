"""What the formulas refuse."""

from __future__ import annotations

from django.utils.translation import gettext as _

from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused


def not_negative(value: object, name: str) -> None:
    """Let money and numbers pass from zero up; :raises Refused: negative_amount."""
    below = value < NOTHING if isinstance(value, Money) else isinstance(value, int) and value < 0
    if below:
        message = _("金额和数量不能为负数，请您核对后重新填写。")
        raise Refused("negative_amount", message, field=name)


def no_quantity(field: str) -> Refused:
    """Return the refusal of a quantity that is missing or not the one the unit asks for."""
    message = _("请您填写大于零的数量；按小时计费的项目请填写分钟数。")
    return Refused("no_quantity", message, field=field)
