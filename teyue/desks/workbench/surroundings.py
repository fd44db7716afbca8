"""What surrounds every page: office, counts in the menu, the lines below it; made when shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from django.core.cache import cache as remembered
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from teyue.desks.workbench import queues
from teyue.foundation.actors import Actor
from teyue.foundation.work import Work
from teyue.procedure.pricing.models import PriceList
from teyue.register.company import edition
from teyue.register.company.models import Office
from teyue.register.estate.models import Household
from teyue.register.people.models import Role
from teyue.web.context import office_of
from teyue.web.people import ActedRequest

OUTSIDE = frozenset({Role.RS, Role.SU})
SAFE = ("GET", "HEAD", "OPTIONS")
# The menu may be that much behind what colleagues do; the lists themselves never are.
FRESH_SECONDS = 20


class Surroundings:
    """Put office, waiting counts and foot lines on a request; nothing is read until it is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return self.get_response(request)
        self._surround(cast(ActedRequest, request), actor)
        answer = self.get_response(request)
        if request.method not in SAFE:
            remembered.delete(_key(actor))
        return answer

    def _surround(self, request: ActedRequest, actor: Actor) -> None:
        office = cast(Office | None, SimpleLazyObject(partial(office_of, actor)))
        request.office = office  # type: ignore[attr-defined]
        request.waiting = SimpleLazyObject(partial(_waiting, request))  # type: ignore[attr-defined]
        lines = partial(_foot_lines, actor, office)
        request.foot_lines = SimpleLazyObject(lines)  # type: ignore[attr-defined]


def works_of(request: ActedRequest) -> list[Work]:
    """Return the work of this person's queues, and remember how much of it waits for the menu."""
    works = queues.works_of(request.actor, at=request.at)
    told = queues.waiting(works)
    remembered.set(_key(request.actor), told, FRESH_SECONDS)
    request.waiting = told  # type: ignore[attr-defined]
    return works


def _waiting(request: ActedRequest) -> dict[str, int]:
    """Return how much waits: counted anew after every deed of one's own, else a moment old."""
    told: dict[str, int] | None = remembered.get(_key(request.actor))
    return queues.waiting(works_of(request)) if told is None else told


def _key(actor: Actor) -> str:
    posts = ",".join(f"{role}{scope}" for role, scope in sorted(actor.posts))
    return f"waiting:{actor.id}:{posts}"


def _foot_lines(actor: Actor, office: Office | None) -> tuple[str, ...]:
    if not office or actor.roles <= OUTSIDE:
        return ()
    return foot_lines(office.pk, get_language() or "")


@edition.remembered
def foot_lines(office: int, language: str) -> tuple[str, ...]:
    """Say which price list is in force in an office and how many households live there."""
    live = Household.objects.filter(office=office, state=Household.State.OPEN).count()
    lists = PriceList.objects.filter(office=office, state=PriceList.State.PUBLISHED)
    version = lists.order_by("-version").values_list("version", flat=True).first()
    lines = [_("价目表第 %(n)s 版 · 在用") % {"n": version}] if version else [_("还没有公布价目表")]
    return (*lines, _("已入住 %(n)s 户") % {"n": f"{live:,}"})
