"""The house's filters and tags: ``{% load teyue %}``."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from teyue.foundation.capitals import capitals as in_capitals
from teyue.foundation.money import Money
from teyue.web import formats, states

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.template.context import Context
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

register = template.Library()

CONTROLS = {
    "select": "form-select",
    "selectmultiple": "form-select",
    "nullbooleanselect": "form-select",
    "checkbox": "form-check-input",
    "radioselect": "",
    "checkboxselectmultiple": "",
}


@register.filter
def plain(money: Money | None) -> str:
    """Write an amount in a column: ``1,234.56``; nothing for no amount."""
    return "" if not isinstance(money, Money) else formats.amount(money.fen)


@register.filter
def shown(money: Money | None) -> str:
    """Write a total: ``¥1,234.56``."""
    return "" if not isinstance(money, Money) else formats.yuan(money.fen)


@register.filter
def signed(money: Money | None) -> str:
    """Write a difference, with its sign: ``+40.00``."""
    return "" if not isinstance(money, Money) else formats.difference(money.fen)


@register.filter
def capitals(money: Money | None) -> str:
    """Write an amount in Chinese capitals, as receipts do."""
    return "" if not isinstance(money, Money) else in_capitals(money)


@register.filter
def room_short(room: object) -> str:
    """Write a room as lists do: ``3-2-1102``."""
    return formats.room_short(str(room))


@register.filter
def room_long(room: object) -> str:
    """Write a room as titles and paper do: ``3 栋 2 单元 1102``."""
    return formats.room_long(str(room))


@register.filter
def masked(phone: object) -> str:
    """Hide the middle of a telephone number: ``138 **** 5207``."""
    return formats.masked(str(phone or ""))


@register.filter
def moment(when: datetime | None, at: datetime) -> str:
    """Write a time as near as needed: ``今日 12:00``, ``11-24``, ``2027-06``."""
    return formats.moment(when, at) if when else ""


@register.filter
def stamp(when: datetime | None, at: datetime) -> str:
    """Write when something happened: ``今日 10:40``, ``11-22 09:12``."""
    return formats.stamp(when, at) if when else ""


@register.filter
def day(when: date | None, at: datetime) -> str:
    """Write a date with its weekday: ``11-27 周五``."""
    return formats.day(when, at) if when else ""


@register.filter
def exact(when: datetime | None) -> str:
    """Write the whole local time: ``2026-11-24 12:00``."""
    return formats.exact(when) if when else ""


@register.filter
def clock(when: datetime | None) -> str:
    """Write the local time of day: ``09:40``."""
    return formats.clock(when) if when else ""


@register.filter
def heading(at: datetime) -> str:
    """Write a day as the top bar does: ``11 月 24 日 周二``."""
    return formats.heading(at)


@register.filter
def countdown(until: datetime | None, at: datetime) -> str:
    """Write the time to or since a moment in two units: ``1 小时 20 分``."""
    return formats.span(until - at) if until else ""


@register.filter
def badge(code: str, kind: str = "order") -> states.Badge:
    """Return word, icon and tone of a state of a kind of paper."""
    return states.badge_of(str(code), kind)


@register.filter
def reason(refusal: Any) -> StrOrPromise:
    """Return the sentence of a refusal, or the given text itself."""
    message: StrOrPromise = getattr(refusal, "message", refusal or "")
    return message


@register.filter
def initial(name: object) -> str:
    """Return the first character of a name, for the round face."""
    return str(name or "?").strip()[:1]


@register.simple_tag
def due(
    until: datetime | None, since: datetime | None, at: datetime, label: str, form: str
) -> formats.Chip | None:
    """Return the chip of a deadline, or None when there is none."""
    return formats.due_chip(until, since or None, at, label, form) if until else None


@register.simple_tag
def used(until: datetime, since: datetime, at: datetime) -> int:
    """Return how much of a deadline is used, in percent."""
    return formats.used(until, since, at)


@register.simple_tag
def fresh_key() -> str:
    """Return a new key, for an Idempotency-Key or an id within a page."""
    return uuid.uuid4().hex


@register.simple_tag
def times(count: object) -> range:
    """Return the numbers from one to ``count``, to repeat something."""
    return range(1, int(str(count)) + 1)


@register.simple_tag
def number(text: object) -> int:
    """Return what stands in an attribute as a whole number, zero for nothing."""
    return int(str(text or 0))


@register.simple_tag
def url_or_nothing(name: str, *args: object) -> str:
    """Return the address of a named page, or an empty string when this house has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def control(field: BoundField, classes: str = "", hint: str = "") -> SafeString:
    """Render the control of a form field in our clothes, described by its hint and its error."""
    look = CONTROLS.get(field.widget_type, "form-control")
    attrs: dict[str, str | bool] = {
        "class": f"{look} {classes}{' is-invalid' if field.errors else ''}".strip()
    }
    described = [f"{field.auto_id}-error"] if field.errors else []
    if hint or field.help_text:
        described.append(f"{field.auto_id}_helptext")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


@register.simple_tag(takes_context=True)
def query_with(context: Context, name: str, value: object = "") -> str:
    """Return this page's query with one word set, or taken out when the value is empty."""
    query = _query(context)
    for word in ("after", "before", name):
        query.pop(word, None)
    if value not in (None, ""):
        query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query_says(context: Context, name: str, value: object = "") -> bool:
    """Tell whether this page's query holds a word with this value."""
    return bool(_query(context).get(name, "") == str(value))


@register.simple_tag(takes_context=True)
def query_rest(context: Context, *without: str) -> list[tuple[str, str]]:
    """Return the words of this page's query without some, to repeat as hidden fields.

    What is left out may come as several names in one text, parted by spaces.
    """
    gone = {name for names in without for name in names.split()}
    words = _query(context).lists()
    return [(key, item) for key, items in words for item in items if key not in gone]


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)
