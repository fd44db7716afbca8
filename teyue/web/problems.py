"""How a no sounds over the API: ``application/problem+json`` with code, sentence, clause."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CONTENT_TYPE = "application/problem+json"

STATUS = {
    "not_signed_in": HTTPStatus.UNAUTHORIZED,
    "wrong_credentials": HTTPStatus.UNAUTHORIZED,
    "no_power": HTTPStatus.FORBIDDEN,
    "may_not_key": HTTPStatus.FORBIDDEN,
    "password_must_change": HTTPStatus.FORBIDDEN,
    "second_factor_needed": HTTPStatus.FORBIDDEN,
    "forged": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "wrong_state": HTTPStatus.CONFLICT,
    "moved_meanwhile": HTTPStatus.CONFLICT,
    "held": HTTPStatus.CONFLICT,
    "key_reused": HTTPStatus.CONFLICT,
    "slot_taken": HTTPStatus.CONFLICT,
    "locked_out": HTTPStatus.TOO_MANY_REQUESTS,
    "too_many": HTTPStatus.TOO_MANY_REQUESTS,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
}


def status_of(code: str) -> int:
    """Return the HTTP status that a refusal's code stands for."""
    if code.startswith("already_"):
        return HTTPStatus.CONFLICT
    return STATUS.get(code, HTTPStatus.UNPROCESSABLE_ENTITY)


def title_of(status: int) -> str:
    """Name a kind of problem in two or three words."""
    titles: dict[int, str] = {
        HTTPStatus.UNAUTHORIZED: _("需要登录"),
        HTTPStatus.FORBIDDEN: _("没有权限"),
        HTTPStatus.NOT_FOUND: _("没有找到"),
        HTTPStatus.CONFLICT: _("与现在的情况不符"),
        HTTPStatus.UNPROCESSABLE_ENTITY: _("不能这样办理"),
        HTTPStatus.TOO_MANY_REQUESTS: _("请稍后再试"),
        HTTPStatus.INTERNAL_SERVER_ERROR: _("系统没有办成"),
        HTTPStatus.SERVICE_UNAVAILABLE: _("系统正忙"),
    }
    return titles.get(status, _("没有办成"))


def problem(code: str, detail: StrOrPromise, *, status: int = 0, **more: Any) -> HttpResponse:
    """Answer with a problem; ``more`` are its further members, empty ones are left out."""
    status = status or status_of(code)
    members = {"type": f"urn:teyue:{code}", "title": title_of(status), "status": int(status)}
    members |= {"code": code, "detail": str(detail)}
    members |= {name: value for name, value in more.items() if value}
    answer = HttpResponse(orjson.dumps(members), status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="teyue"'
    return answer


def refusal_problem(refusal: Refused) -> HttpResponse:
    """Answer with a refusal of the procedure."""
    return problem(refusal.code, refusal.message, clause=refusal.clause, field=refusal.field)


def not_found() -> Refused:
    """Return what is said about a paper that does not exist or may not be seen."""
    return Refused("not_found", _("没有找到，可能编号有误或不在您能看的范围内，请您核对后再试。"))


def not_signed_in() -> Refused:
    """Return what is said to somebody unknown."""
    return Refused("not_signed_in", _("您还没有登录，或登录已过期。请您重新登录后再办理。"))


def busy() -> Refused:
    """Return what is said when somebody else keeps the rows for too long."""
    return Refused("busy", _("同一时间办理的人较多，这次没有记入。请您稍等几秒再提交一次。"))
