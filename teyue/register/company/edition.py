"""Keep stable facts in memory, under the mark that every change of the register replaces."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from teyue.foundation import pen
from teyue.register.company.models import Edition

P = ParamSpec("P")
R = TypeVar("R")

_known: ContextVar[str] = ContextVar("edition", default="")


@contextmanager
def known(value: str) -> Iterator[None]:
    """Rely on an edition that was just read, for the length of one request."""
    token = _known.set(value)
    try:
        yield
    finally:
        _known.reset(token)


def current() -> str:
    """Return the edition in force."""
    return _known.get() or Edition.objects.values_list("value", flat=True).first() or ""


def replace() -> None:
    """Begin a new edition; called by every operation that changes a stable fact."""
    value = secrets.token_hex(8)
    with pen.held(Edition):
        if not Edition.objects.update(value=value):
            Edition.objects.create(value=value)
    if _known.get():
        _known.set(value)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a query of the register returned for as long as its edition lasts."""

    @lru_cache(maxsize=4096)
    def recall(edition: str, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        edition = current()
        if not edition:
            return function(*args, **kwargs)
        return recall(edition, *args, **kwargs)  # type: ignore[arg-type]

    return ask
