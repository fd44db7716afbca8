"""Lists by keyset: a page begins after a row, not after a count; filters are words."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from teyue.foundation.clock import is_in_reach
from teyue.foundation.refusal import Refused
from teyue.web.shapes import ListWords

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

M = TypeVar("M", bound=Model)

PAGE, MOST = 50, 200
BEYOND = 2**63


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a list: by ``column`` if there is one, rows without it last, then by id.

    ``column`` is a field of the rows themselves, with an index that leads with it.
    """

    label: StrOrPromise
    column: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows, and the cursors of the pages around them ('' where there is none)."""

    rows: list[M]
    next: str
    previous: str

    @property
    def shown(self) -> int:
        """Return how many rows stand on this page."""
        return len(self.rows)

    def answer(self, line: Callable[[M], object] | None = None) -> dict[str, object]:
        """Return the page as ``ListOut`` shows it, each row as it is or made by ``line``."""
        items = [line(row) for row in self.rows] if line else self.rows
        return {"items": items, "next": self.next or None, "previous": self.previous or None}


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """How a list is called, ordered, narrowed and searched.

    The first order is the default. A filter turns its word into a condition and raises
    ``ValueError`` for a word it does not know; ``search`` does the same for what was typed.
    """

    title: StrOrPromise
    orders: Mapping[str, Order]
    filters: Mapping[str, Callable[[str], Q]] = field(default_factory=dict)
    search: Callable[[str], Q] | None = None

    def narrow(self, rows: QuerySet[M], words: Mapping[str, Any]) -> QuerySet[M]:
        """Return the rows that the words of the address leave.

        :raises Refused: ``filter_unknown``.
        """
        for word, condition in self.filters.items():
            if words.get(word):
                rows = rows.filter(_asked(word, condition, str(words[word])))
        if self.search and (typed := str(words.get("q") or "").strip()):
            rows = rows.filter(_asked("q", self.search, typed))
        return rows

    def sorted(self, rows: QuerySet[M], words: Mapping[str, Any]) -> QuerySet[M]:
        """Return the rows in the order that the words ask for."""
        return rows.order_by(*_ordering(self._order(words), back=False))

    def page(self, rows: QuerySet[M], words: Mapping[str, Any]) -> Page[M]:
        """Return one page, in one statement, without counting.

        :raises Refused: ``filter_unknown``, ``sort_unknown``, ``limit_unknown``,
            ``cursor_unknown``.
        """
        order, size = self._order(words), _size(words.get("limit") or PAGE)
        cursor = str(words.get("after") or words.get("before") or "")
        back = bool(words.get("before")) and not words.get("after")
        rows = self.narrow(rows, words)
        if cursor:
            rows = rows.filter(_beyond(order, _opened(rows.model, order, cursor), back=back))
        found = list(rows.order_by(*_ordering(order, back=back))[: size + 1])
        more, found = len(found) > size, found[:size]
        ahead, behind = (bool(cursor), more) if back else (more, bool(cursor))
        found = found[::-1] if back else found
        return Page(
            rows=found,
            next=_closed(order, found[-1]) if found and ahead else "",
            previous=_closed(order, found[0]) if found and behind else "",
        )

    def answer(
        self, rows: QuerySet[M], words: ListWords, line: Callable[[M], object] | None = None
    ) -> dict[str, object]:
        """Return one page as ``ListOut`` shows it, as the words of an endpoint ask for."""
        return self.page(rows, words.model_dump()).answer(line)

    def _order(self, words: Mapping[str, Any]) -> Order:
        name = str(words.get("sort") or next(iter(self.orders)))
        if name not in self.orders:
            text = _("不能按“%(word)s”排序，请您另选一种。")
            raise Refused("sort_unknown", text % {"word": name}, field="sort")
        return self.orders[name]


def one_of(word: str, words: Iterable[str]) -> str:
    """Return a word that a filter knows.

    :raises ValueError: for any other.
    """
    if word not in words:
        raise ValueError(word)
    return word


def _size(limit: str | int) -> int:
    """Return how many rows a page shows; an address may say anything."""
    try:
        size = int(limit)
    except ValueError:
        size = 0
    if 1 <= size <= MOST:
        return size
    text = _("每页行数要在 1 到 %(most)s 之间，请您改正。")
    raise Refused("limit_unknown", text % {"most": MOST}, field="limit")


def _kept(value: Any) -> Any:
    """Return what a column could hold; :raises ValueError: for what no database can compare."""
    beyond = isinstance(value, int) and abs(value) >= BEYOND
    if beyond or (isinstance(value, date) and not is_in_reach(value)):
        raise ValueError(value)
    return value


def _asked(word: str, condition: Callable[[str], Q], value: str) -> Q:
    try:
        return condition(value)
    except ValueError as error:
        text = _("筛选条件“%(word)s”没有看懂，请您重新选择。")
        raise Refused("filter_unknown", text % {"word": value}, field=word) from error


def _ordering(order: Order, *, back: bool) -> list[Any]:
    falls = order.descending != back
    by_id = "-pk" if falls else "pk"
    if not order.column:
        return [by_id]
    column = F(order.column)
    # Read backwards, the rows without a value come first.
    ends: dict[str, Any] = {"nulls_first": True} if back else {"nulls_last": True}
    return [column.desc(**ends) if falls else column.asc(**ends), by_id]


def _beyond(order: Order, place: list[Any], *, back: bool) -> Q:
    value, pk = place
    way = "lt" if order.descending != back else "gt"
    later_id = Q(**{f"pk__{way}": pk})
    if not order.column:
        return later_id
    empty = Q(**{f"{order.column}__isnull": True})
    if value is None:
        return (empty & later_id) | ~empty if back else empty & later_id
    beyond = Q(**{f"{order.column}__{way}": value}) | (Q(**{order.column: value}) & later_id)
    return beyond if back else beyond | empty


def _closed(order: Order, row: Model) -> str:
    value = getattr(row, order.column) if order.column else None
    packed = orjson.dumps([value, row.pk], default=str)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _opened(model: type[Model], order: Order, cursor: str) -> list[Any]:
    try:
        value, pk = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if order.column:
            value = model._meta.get_field(order.column).to_python(value)  # type: ignore[union-attr]
        return [_kept(value), _kept(int(pk))]
    except (ValueError, TypeError, ValidationError) as error:
        text = _("翻页的位置没有看懂，请您从第一页重新打开。")
        raise Refused("cursor_unknown", text, field="after") from error
