"""A refusal, said in the language of the door: page, fragment of a page, or problem."""

from __future__ import annotations

import logging
import re
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused
from teyue.web.people import API, came_from, to_sign_in
from teyue.web.problems import busy, not_found, problem, refusal_problem, status_of

log = logging.getLogger("teyue.fault")

# No text that people type holds the character zero; PostgreSQL would not store it.
_ZERO = re.compile(rb"%00|\\u0000|\x00")
# Lock not available, deadlock, serialization failure.
_WAITED = frozenset({"55P03", "40P01", "40001"})
PAGES = {
    HTTPStatus.FORBIDDEN: "403.html",
    HTTPStatus.NOT_FOUND: "404.html",
    HTTPStatus.CONFLICT: "409.html",
}


class Refusals:
    """Turn what was refused inside a page into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _holds_zero(request):
            text = _("提交的内容里有看不见的控制字符，请您删去后再提交。")
            return refused(request, Refused("unreadable", text))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a fault and goes on."""
        refusal = refusal_of(error)
        return refused(request, refusal) if refusal else None


def refusal_of(error: Exception) -> Refused | None:
    """Return the refusal that an exception means, or None for a fault of ours."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, ObjectDoesNotExist | Http404):
        return not_found()
    return busy() if isinstance(error, OperationalError) and _waited(error) else None


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Say no: as a problem, as an alert at the top of the page, or as a page of its own."""
    if request.path.startswith(API):
        return refusal_problem(refusal)
    status = status_of(refusal.code)
    facts = {"refusal": refusal}
    if not getattr(request, "htmx", False):
        page = PAGES.get(HTTPStatus(status), "web/refused.html")
        return render(request, page, facts, status=status)
    answer = render(request, "web/refusal.html", facts, status=_swapped(status))
    answer.headers["HX-Retarget"] = "#main"
    answer.headers["HX-Reswap"] = "afterbegin show:top"
    return answer


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that does not exist."""
    return refused(request, not_found())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where a page may not be opened."""
    return refused(
        request, Refused("no_power", _("这一页不在您的岗位权限内，请您联系管理处经理。"))
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for a form that did not come from our own page, or came too late.

    Whose session ended signs in again; the page keeps what was typed in both cases.
    """
    known = getattr(request, "actor", None)
    if known is None and getattr(resolve(request.path_info).func, "login_required", True):
        return to_sign_in(request)
    text = _("这一页打开得太久，或登录已换人，这次没有记入。请您刷新这一页，核对后再提交。")
    refusal = Refused("forged", text)
    if getattr(request, "htmx", False):
        answer = refused(request, refusal)
        answer.headers["Ty-Session"] = "changed"
        return answer
    facts = {"refusal": refusal, "back": came_from(request) or "/"}
    return render(request, "web/forged.html", facts, status=status_of(refusal.code))


def fault(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours: it is logged under an id, and only the id is shown."""
    mark = secrets.token_hex(4)
    log.error("fault %s at %s %s", mark, request.method, request.path, exc_info=sys.exc_info())
    if request.path.startswith(API):
        text = _("刚才的办理没有记入，请您稍后再试；仍不行时请把编号 %(mark)s 告诉管理员。")
        return problem("fault", text % {"mark": mark}, status=500, fault=mark)
    return render(request, "500.html", {"fault": mark}, status=500)


def _waited(error: OperationalError) -> bool:
    """Tell whether the database gave up waiting for somebody else, rather than broke."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _WAITED or "database is locked" in str(error)


def _swapped(status: int) -> int:
    """Return a status whose answer htmx puts into the page."""
    return status if status in PAGES else HTTPStatus.UNPROCESSABLE_ENTITY


def _holds_zero(request: HttpRequest) -> bool:
    address = request.get_full_path().encode()
    return bool(_ZERO.search(address) or (_is_json(request) and _ZERO.search(request.body)))


def _is_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"
