"""The orders of an office as a list: what narrows it, how it is sorted, what a workbook holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.desks.casefile.wording import how_much, item_name, standing_of
from teyue.foundation.actors import Actor
from teyue.procedure.booking import forms
from teyue.procedure.booking.models import ENDED, Order, Standing
from teyue.register.estate.models import Household
from teyue.register.estate.naming import QueryKind, plain, query_kind
from teyue.register.estate.queries import CONDITIONS
from teyue.web.exports import Column
from teyue.web.paging import Listing

OPEN, ALL = "open", "all"
STANDINGS = (
    Standing.REGISTERED,
    Standing.QUOTED,
    Standing.AWAITING_PAYMENT,
    Standing.READY,
    Standing.DISPATCHED,
    Standing.IN_SERVICE,
    Standing.TO_CONFIRM,
    Standing.TO_AUDIT,
    Standing.TO_SETTLE,
    Standing.SETTLED,
    Standing.DISPUTED,
)
COLUMNS: tuple[Column[Order], ...] = (
    Column(_("单号"), lambda order: order.number, 26),
    Column(_("房号"), lambda order: order.household.label, 12),
    Column(_("项目"), lambda order: item_name(order.item), 18),
    Column(_("数量"), how_much, 10),
    Column(_("进度"), lambda order: standing_of(order), 12),
    Column(_("期限"), lambda order: order.due_at, 16),
    Column(_("紧急程度"), lambda order: order.get_urgency_display(), 10),
    Column(_("登记时间"), lambda order: order.registered_at, 16),
    Column(_("申请人"), lambda order: order.requester.name, 12),
    Column(_("已接受金额"), lambda order: order.agreed, 12),
    Column(_("应预交"), lambda order: order.required, 12),
)


def listing(*, actor: Actor, at: datetime) -> Listing:
    """Return how orders are listed: those of the reception desk, open ones first of all."""
    listed = forms.listing(actor=actor, at=at)
    more = {
        "standing": _standing,
        "urgency": lambda word: Q(urgency=_one_of(word, Order.Urgency.values)),
    }
    return replace(listed, filters={**listed.filters, **more}, search=_search)


def words_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of an address: without any, what is still open; a search looks at all."""
    words = dict(given)
    if not words.get("standing"):
        words["standing"] = ALL if words.get("q") else OPEN
    if words["standing"] == ALL and not words.get("sort"):
        words["sort"] = "newest"
    return words


def _search(typed: str) -> Q:
    """Look for an order as the reception looks for a household, or for the end of its number."""
    word = plain(typed).upper()
    kind = query_kind(typed)
    by_number = Q(number__endswith=word)
    if kind == QueryKind.ORDER_NUMBER:
        return by_number
    households = Household.objects.filter(CONDITIONS[kind](word)).order_by()
    return by_number | Q(household__in=households.values("pk"))


def _standing(word: str) -> Q:
    if word == ALL:
        return Q()
    if word == OPEN:
        return ~Q(standing__in=(*ENDED, Standing.SETTLED))
    return Q(standing=_one_of(word, Standing.values))


def _one_of(word: str, words: list[str]) -> str:
    if word not in words:
        raise ValueError(word)
    return word
