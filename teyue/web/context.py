"""What the shell of every page shows: who, where, when, and what may be opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from teyue.foundation import clock
from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.refusal import Refused
from teyue.register.calendar.days import ONE_DAY
from teyue.register.calendar.queries import calendar_of, preset_of
from teyue.register.calendar.quiet import Disturbance, Window, quiet_windows
from teyue.register.company import edition
from teyue.register.company import queries as company
from teyue.register.company.models import Office
from teyue.web import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the facts of the shell.

    Reads from the request, each only where the doors have put it: ``actor``, ``office``, ``at``,
    ``waiting`` (url name to count of waiting work) and ``foot_lines``.
    """
    actor = getattr(request, "actor", None)
    roles: frozenset[str] = getattr(actor, "roles", frozenset())
    waiting: Mapping[str, int] = getattr(request, "waiting", {})
    at = getattr(request, "at", None) or clock.now()
    office = getattr(request, "office", None)
    return {
        "at": at,
        "actor": actor,
        "office": office,
        "role_label": partial(navigation.role_label, roles),
        "navigation": partial(navigation.menu, roles, waiting, request.path),
        "tabs": partial(navigation.tabs, roles, waiting, request.path),
        "waiting_total": partial(_total, waiting),
        "quiet_line": partial(_quiet_line, office, clock.local_day(at)),
        "foot_lines": getattr(request, "foot_lines", ()),
    }


def office_of(actor: Actor | None) -> Office | None:
    """Return where somebody works or lives: the first office of the posts, else the only one."""
    if actor is None:
        return None
    scopes = sorted(scope for _role, scope in actor.posts if scope != EVERYWHERE)
    known = scopes or company.office_ids()[:1]
    return _office(known[0]) if known else None


@edition.remembered
def _office(pk: int) -> Office | None:
    return Office.objects.filter(pk=pk).first()


def _total(waiting: Mapping[str, int]) -> int:
    """Return all that waits: what the workbench counts, or the sum of the queues."""
    return waiting.get("workbench") or sum(waiting.values())


def _quiet_line(office: Office | None, on: date) -> str:
    return _quiet_words(office.pk, on, get_language() or "") if office else ""


@edition.remembered
def _quiet_words(office: int, on: date, language: str) -> str:
    """Say when noisy work must rest today (4.4.3); nothing where the calendar ends."""
    calendar, preset = calendar_of(office), preset_of(office)
    try:
        today = quiet_windows(preset, Disturbance.D3, on, calendar)
        tomorrow = quiet_windows(preset, Disturbance.D3, on + ONE_DAY, calendar)
    except Refused:
        return ""
    stretches = [_stretch(window, tomorrow) for window in today if not _before_dawn(window)]
    return _("静音时段 %(hours)s") % {"hours": _("、").join(stretches)} if stretches else ""


def _before_dawn(window: Window) -> bool:
    """Tell whether it is the end of last night, which nobody needs to be told."""
    local = clock.local(window.starts)
    return (local.hour, local.minute) == (0, 0) and window.ends - window.starts < ONE_DAY / 2


def _stretch(window: Window, tomorrow: Iterable[Window]) -> str:
    starts, ends = clock.local(window.starts), clock.local(window.ends)
    if window.ends - window.starts >= ONE_DAY:
        return _("全天")
    if (ends.hour, ends.minute) != (0, 0):
        return f"{starts:%H:%M}–{ends:%H:%M}"
    rest = next((after.ends for after in tomorrow if after.starts == window.ends), None)
    if rest is None:
        return f"{starts:%H:%M}–24:00"
    over = {"from": f"{starts:%H:%M}", "to": f"{clock.local(rest):%H:%M}"}
    return _("%(from)s–次日 %(to)s") % over
