"""Who is at the door: the actor of a request, from the session or from a bearer token."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from teyue.foundation import clock, transactions
from teyue.foundation.actors import Actor
from teyue.register.company import edition
from teyue.register.company import queries as company
from teyue.register.people import queries as people
from teyue.register.people.credentials import digest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

V = TypeVar("V", bound=Callable[..., Any])

API = "/api/"
# Here nobody is asked who they are, so nothing is looked up either.
OPEN = ("/static/", "/api/v1/public/", "/api/v1/openapi.json", "/api/v1/docs")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SECOND_FACTOR = "second_factor"
# Who approves or pays, proves it with a second factor.
PROVING_ROLES = frozenset({"GM", "OM", "FN", "CA", "CS"})


class ActedRequest(HttpRequest):
    """A request whose actor and instant are known; behind the sign-in ``actor`` is never None."""

    actor: Actor
    at: datetime
    htmx: HtmxDetails


def still_arriving(view: V) -> V:
    """Let somebody in who still has to change the first password or set up a second factor."""
    view.still_arriving = True  # type: ignore[attr-defined]
    return view


def bearer_digest(request: HttpRequest) -> str:
    """Return what is kept of the bearer token that came with a request, '' for none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return digest(token.strip()) if kind.lower() == "bearer" and token.strip() else ""


class People:
    """Give each request its instant and its actor, and send strangers to the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acted = cast(ActedRequest, request)
        acted.at = clock.now()
        actor: Actor | None = None
        with ExitStack() as until_answered:
            if not request.path.startswith(OPEN):
                if _may_write(acted):
                    until_answered.enter_context(transactions.awaited())
                find = _bearer if request.path.startswith(API) else _session
                actor, mark = find(acted)
                until_answered.enter_context(edition.known(mark))
            acted.actor = cast(Actor, actor)
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away who may not enter: every page needs a sign-in unless it says otherwise."""
        if request.path.startswith(API) or not getattr(view, "login_required", True):
            return None
        if cast(ActedRequest, request).actor is None:
            return to_sign_in(request)
        if getattr(view, "still_arriving", False):
            return None
        page = _still_to_do(cast(ActedRequest, request))
        return HttpResponseRedirect(reverse(page)) if page else None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the sign-in page, and from there back to where they wanted to go."""
    address = reverse("login")
    if getattr(request, "htmx", False):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"Ty-Session": "ended"})
    wanted = request.get_full_path() if request.method in SAFE else came_from(request)
    if wanted not in ("", "/"):
        address += "?" + urlencode({"next": wanted})
    return HttpResponseRedirect(address)


def came_from(request: HttpRequest) -> str:
    """Return on which of our own pages a form was filled in, '' where nothing tells."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return urlunsplit(("", "", page.path, page.query, ""))


def needs_second_factor(actor: Actor) -> bool:
    """Tell whether this person approves or pays in a company that is not only for show."""
    return bool(actor.roles & PROVING_ROLES) and not company.is_demo()


def _may_write(request: ActedRequest) -> bool:
    """Tell whether somebody with a token asks for a change, once all of it has arrived."""
    if not request.path.startswith(API) or request.method in SAFE or not bearer_digest(request):
        return False
    # Nobody may keep a transaction open by sending slowly.
    return request.content_type == "application/json" and bool(request.body)


def _bearer(request: ActedRequest) -> tuple[Actor | None, str]:
    mark = bearer_digest(request)
    return (mark and people.actor_of_token(mark, at=request.at)) or (None, "")


def _session(request: ActedRequest) -> tuple[Actor | None, str]:
    if not request.user.is_authenticated:
        return None, ""
    return people.actor_with_edition(request.user.pk, at=request.at) or (None, "")


def _still_to_do(request: ActedRequest) -> str:
    """Return the page on which this person must do something first, '' for none."""
    if request.user.must_change:  # type: ignore[union-attr]
        return "password"
    if not request.session.get(SECOND_FACTOR) and needs_second_factor(request.actor):
        return "second-factor"
    return ""
