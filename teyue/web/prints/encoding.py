"""Turn a sheet into JSON text, so that no value is ever read as markup."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import singledispatch
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from teyue.foundation.money import Money

if TYPE_CHECKING:
    from teyue.web.prints.sheets import Sheet

PLACE = ZoneInfo("Asia/Shanghai")


@singledispatch
def plain(value: Any) -> Any:
    """Return ``value`` as JSON knows it.

    :raises TypeError: a kind of value that no sheet may hold.
    """
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be printed")


@plain.register(str)
@plain.register(int)
@plain.register(type(None))
def _same(value: str | int | None) -> str | int | None:
    return value


@plain.register
def _money(value: Money) -> dict[str, str]:
    return {"plain": value.plain, "shown": value.shown, "signed": value.signed}


@plain.register
def _moment(value: datetime) -> dict[str, str]:
    if value.tzinfo is None:
        raise TypeError("a printed time must be aware")
    local = value.astimezone(PLACE)
    return {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}


@plain.register
def _day(value: date) -> str:
    return value.isoformat()


@plain.register
def _picture(value: bytes) -> list[int]:
    return list(value)


@plain.register
def _several(value: tuple) -> list[Any]:  # type: ignore[type-arg]
    return [plain(each) for each in value]


def encode(sheet: Sheet, **extra: Any) -> str:
    """Return the JSON that a template reads: the sheet, what it derives, and ``extra``."""
    return json.dumps({**plain(sheet), **sheet.derived(), **extra}, ensure_ascii=False)
