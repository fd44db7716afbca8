"""Money in tables and in forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, register_combinable_fields

from teyue.foundation.money.amount import Money

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

if TYPE_CHECKING:

    class _Field(models.Field[_ST, _GT]):
        _pyi_private_set_type: Money | Combinable
        _pyi_private_get_type: Money

else:

    class _Field(models.Field, Generic[_ST, _GT]):
        pass


class MoneyField(_Field[_ST, _GT]):
    """Store Money as a whole number of fen; sums, differences and queries speak Money too."""

    empty_strings_allowed = False

    # Django would cut an average of "BigIntegerField" to whole fen before we see it.
    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return models.BigIntegerField().db_type(connection) or "bigint"

    def from_db_value(self, value: Any, *_: Any) -> Money | None:
        """Turn fen into Money; :raises ValueError: when an average broke a fen."""
        if value is None:
            return None
        if value != int(value):
            raise ValueError(f"{value} is no whole number of fen")
        return Money(int(value))

    def to_python(self, value: Any) -> Money | None:
        if value is None or isinstance(value, Money):
            return value
        try:
            return Money.yuan(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> int | None:
        if isinstance(value, Money):
            return value.fen
        if value is None or value == 0:
            return None if value is None else 0
        raise TypeError(f"{self.name} takes Money, not {value!r}")

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": MoneyInput, **kwargs})


class MoneyInput(forms.Field):
    """Take an amount as people type it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return value.plain if isinstance(value, Money) else value

    def to_python(self, value: Any) -> Money | None:
        if isinstance(value, Money):
            return value
        if value in self.empty_values:
            return None
        try:
            return Money.typed(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


for _sign in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(MoneyField, _sign, MoneyField, MoneyField)
# Django writes -F("amount") as F("amount") * Value(-1).
register_combinable_fields(MoneyField, Combinable.MUL, models.IntegerField, MoneyField)
register_combinable_fields(models.IntegerField, Combinable.MUL, MoneyField, MoneyField)
