"""How times, amounts, rooms and phones are written on a page; nothing here reads the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

NEAR = 0.8
MIDNIGHT = "00:00"
_MINUS = "−"
_SHORT_ROOM = re.compile(r"^(\w+?)-(?:(\w+)-)?(\w+)$")
_LONG_ROOM = re.compile(r"^(\w+?)\s*[栋幢]\s*(?:(\w+?)\s*单元\s*)?(\w+)\s*室?$")
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True, slots=True)
class Chip:
    """A deadline: ``tone`` is empty, near or late; ``title`` is the exact time."""

    text: str
    title: str
    tone: str
    icon: str


def amount(fen: int) -> str:
    """Write whole fen as yuan: ``1,234.56``, with a real minus."""
    yuan = f"{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
    return _MINUS + yuan if fen < 0 else yuan


def yuan(fen: int) -> str:
    """Write whole fen as a total: ``¥1,234.56``."""
    return f"{_MINUS if fen < 0 else ''}¥{amount(abs(fen))}"


def difference(fen: int) -> str:
    """Write whole fen as a difference: ``+40.00``, ``−45.00``, ``0.00``."""
    return f"+{amount(fen)}" if fen > 0 else amount(fen)


def room_long(room: str) -> str:
    """Write ``3-2-1102`` as ``3 栋 2 单元 1102``; other names stay as they are."""
    found = _SHORT_ROOM.match(room)
    if not found:
        return room
    building, unit, number = found.groups()
    words = {"building": building, "unit": unit, "number": number}
    if unit:
        return _("%(building)s 栋 %(unit)s 单元 %(number)s") % words
    return _("%(building)s 栋 %(number)s") % words


def room_short(room: str) -> str:
    """Write ``3 栋 2 单元 1102`` as ``3-2-1102``; other names stay as they are."""
    found = _LONG_ROOM.match(room.strip())
    return "-".join(filter(None, found.groups())) if found else room


def in_brackets(name: object, more: object) -> str:
    """Write what is said beside a name: ``周敏（客服中心主管）``."""
    return _("%(name)s（%(more)s）") % {"name": name, "more": more}


def masked(phone: str) -> str:
    """Hide the middle of a telephone number: ``138 **** 5207``."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) < 7:
        return "****" if digits else ""
    return f"{digits[:3]} **** {digits[-4:]}" if len(digits) == 11 else f"**** {digits[-4:]}"


def local(moment: datetime) -> datetime:
    """Return an aware time in the zone in which pages are read."""
    return timezone.localtime(moment)


def clock(moment: datetime) -> str:
    """Write the local time of day: ``09:40``."""
    return f"{local(moment):%H:%M}"


def exact(moment: datetime) -> str:
    """Write the whole local time, for a title: ``2026-11-24 12:00``."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def moment(when: datetime, at: datetime) -> str:
    """Write a time as near as needed: ``今日 12:00``, ``11-24``, ``2027-06``."""
    here, now = local(when), local(at)
    clock = f"{here:%H:%M}"
    if clock == MIDNIGHT:
        # The end of a day is said of that day, as periods are counted (民法典 201).
        here, clock = here - timedelta(minutes=1), "24:00"
    if near := _near_day(here, now):
        return f"{near} {clock}"
    return f"{here:%m-%d}" if here.year == now.year else f"{here:%Y-%m}"


def stamp(when: datetime, at: datetime) -> str:
    """Write when something happened, always with its minute: ``11-22 09:12``."""
    here, now = local(when), local(at)
    near = _near_day(here, now)
    day = near or (f"{here:%m-%d}" if here.year == now.year else f"{here:%Y-%m-%d}")
    return f"{day} {here:%H:%M}"


def until(when: datetime, at: datetime) -> str:
    """Write a deadline like :func:`stamp`; the end of a day is said of that day: ``今日 24:00``."""
    if clock(when) != MIDNIGHT:
        return stamp(when, at)
    return stamp(when - timedelta(minutes=1), at).removesuffix("23:59") + "24:00"


def day(when: date, at: datetime) -> str:
    """Write a date with its weekday: ``今日``, ``11-27 周五``, ``2027-01-04 周一``."""
    today = local(at).date()
    if isinstance(when, datetime):
        when = local(when).date()
    if near := _day_word((when - today).days):
        return near
    form = "%m-%d" if when.year == today.year else "%Y-%m-%d"
    return f"{when.strftime(form)} {_(_WEEKDAYS[when.weekday()])}"


def heading(at: datetime) -> str:
    """Write a day as the top bar does: ``11 月 24 日 周二``."""
    here = local(at)
    words = {"month": here.month, "day": here.day, "weekday": _(_WEEKDAYS[here.weekday()])}
    return _("%(month)d 月 %(day)d 日 %(weekday)s") % words


def span(length: timedelta) -> str:
    """Write a length of time in two units at most: ``1 天 3 小时``, ``1 小时 20 分``."""
    minutes = int(abs(length).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return _joined(_("%d 天") % days, hours and _("%d 小时") % hours)
    if hours:
        return _joined(_("%d 小时") % hours, left and _("%d 分") % left)
    return _("%d 分钟") % left if left else _("不到 1 分钟")


def due_chip(
    until: datetime, since: datetime | None, at: datetime, label: str = "", form: str = "moment"
) -> Chip:
    """Say how a deadline stands: plain, near from 80 % of its time, late after it.

    ``form`` is moment (今日 12:00), before (今日 12:00 前) or countdown (剩 1 小时 20 分).
    """
    title = exact(until)
    if at >= until:
        late = _("%(what)s逾期 %(span)s") % {"what": label, "span": span(at - until)}
        return Chip(late, title, "late", "alarm-fill")
    text = _left(until, at, label, form)
    if since and at - since >= NEAR * (until - since):
        return Chip(text, title, "near", "hourglass-split")
    return Chip(text, title, "", "clock")


def used(until: datetime, since: datetime, at: datetime) -> int:
    """Return how much of a deadline is used, in whole percent from 0 to 100."""
    if until <= since:
        return 100
    return max(0, min(100, round(100 * ((at - since) / (until - since)))))


def _left(until: datetime, at: datetime, label: str, form: str) -> str:
    words = {"what": label, "time": moment(until, at), "span": span(until - at)}
    if form == "countdown":
        return _("%(what)s剩 %(span)s") % words
    if form == "before":
        return _("%(time)s 前%(what)s") % words
    return (_("%(what)s %(time)s") % words).strip()


def _near_day(here: datetime, now: datetime) -> str:
    return _day_word((here.date() - now.date()).days)


def _day_word(days: int) -> str:
    return {-1: _("昨日"), 0: _("今日"), 1: _("明日")}.get(days, "")


def _joined(first: str, second: str | int) -> str:
    return f"{first} {second}" if second else first
