"""What a business value is, at an instant and in an office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.foundation.pen import KeptQuerySet
from teyue.register.company import edition
from teyue.register.company.queries import READ, within
from teyue.register.parameters.defaults import BY_KEY, Typed, parse
from teyue.register.parameters.models import Value

History = Mapping[tuple[str, int | None], tuple[tuple[datetime, Typed], ...]]


def value(key: str, *, office: int | None, at: datetime) -> int:
    """Return a value that is a number, in the unit that its key ends with.

    :raises KeyError: for a key that is not a parameter.
    :raises TypeError: for an option or a series.
    """
    found = typed(key, office=office, at=at)
    if isinstance(found, int):
        return found
    raise TypeError(f"{key} is no number")


def amount(key: str, *, office: int | None, at: datetime) -> Money:
    """Return a value that is a sum of money."""
    return Money(value(key, office=office, at=at))


def option(key: str, *, office: int | None, at: datetime) -> str:
    """Return which option is chosen."""
    found = typed(key, office=office, at=at)
    if isinstance(found, str):
        return found
    raise TypeError(f"{key} is no option")


def series(key: str, *, office: int | None, at: datetime) -> tuple[int, ...]:
    """Return a value that is several numbers."""
    found = typed(key, office=office, at=at)
    if isinstance(found, tuple):
        return found
    raise TypeError(f"{key} is no series")


def seen_by(actor: Actor) -> KeptQuerySet[Value]:
    """Return the proposed and decided values that somebody may see, the company's included."""
    values = Value.objects.order_by("-pk")
    if not actor.may_somewhere(READ):
        return values.none()
    return values.filter(within(actor, READ) | Q(office=None))


def in_force(*, office: int | None, at: datetime) -> Mapping[str, tuple[Typed, datetime]]:
    """Return the values that differ from the defaults in an office, and since when they hold."""
    found: dict[str, tuple[Typed, datetime]] = {}
    for (key, scope), values in _approved().items():
        if scope not in (office, None) or (key in found and scope is None):
            continue
        held = next(((value, since) for since, value in values if since <= at), None)
        if held:
            found[key] = held
    return found


def typed(key: str, *, office: int | None, at: datetime) -> Typed:
    """Return a value: the office's own, else the company's, else the default of the procedure."""
    history = _approved()
    for scope in dict.fromkeys((office, None)):
        for from_at, found in history.get((key, scope), ()):
            if from_at <= at:
                return found
    return BY_KEY[key].default


@edition.remembered
def _approved() -> History:
    """Return all approved values, the latest first."""
    rows = Value.objects.filter(state=Value.State.APPROVED).order_by("-from_at", "-pk")
    history: dict[tuple[str, int | None], tuple[tuple[datetime, Typed], ...]] = {}
    for key, office, text, from_at in rows.values_list("key", "office", "value", "from_at"):
        found = (from_at, parse(BY_KEY[key].kind, text))
        history[key, office] = (*history.get((key, office), ()), found)
    return history
