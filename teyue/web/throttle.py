"""Slow down whoever guesses: failures from one address are counted, successes never."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused

MOST_FAILURES = 60
SECONDS = 600


def client_address(request: HttpRequest) -> str:
    """Return where a request comes from; behind our proxy that is what the proxy saw."""
    seen = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and seen:
        return seen.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def refuse_guessing(request: HttpRequest) -> None:
    """Let nobody try again from an address with too many failures.

    :raises Refused: ``too_many``.
    """
    if int(cache.get(_name(request), 0)) >= MOST_FAILURES:
        raise Refused("too_many", _("从这里试错的次数太多，请您十分钟后再试，或联系系统管理员。"))


def count_failure(request: HttpRequest) -> None:
    """Remember one failure for ten minutes."""
    name = _name(request)
    cache.set(name, int(cache.get(name, 0)) + 1, SECONDS)


def _name(request: HttpRequest) -> str:
    return f"failures:{client_address(request)}"
