"""Money as whole fen: exact on every database, impossible to mix with plain numbers."""

from teyue.foundation.money.amount import NOTHING, Money, basis_points, total
from teyue.foundation.money.fields import MoneyField, MoneyInput

__all__ = ["NOTHING", "Money", "MoneyField", "MoneyInput", "basis_points", "total"]
