"""What the shell of every page shows: who, where, when, and what may be opened."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest

from teyue.foundation import clock
from teyue.web import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the facts of the shell.

    Reads from the request, each only where the doors have put it: ``actor``, ``office``, ``at``,
    ``waiting`` (url name to count of waiting work), ``quiet_line`` and ``foot_lines``.
    """
    actor = getattr(request, "actor", None)
    roles: frozenset[str] = getattr(actor, "roles", frozenset())
    waiting: dict[str, int] = getattr(request, "waiting", {})
    return {
        "at": getattr(request, "at", None) or clock.now(),
        "actor": actor,
        "office": getattr(request, "office", None),
        "role_label": partial(navigation.role_label, roles),
        "navigation": partial(navigation.menu, roles, waiting, request.path),
        "tabs": partial(navigation.tabs, roles, waiting, request.path),
        "waiting_total": sum(waiting.values()),
        "quiet_line": getattr(request, "quiet_line", ""),
        "foot_lines": getattr(request, "foot_lines", ()),
    }
