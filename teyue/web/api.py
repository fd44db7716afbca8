"""The API as one thing: who may call it, how it reads and writes, how it says no."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Router, Swagger
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.web.description import Description
from teyue.web.faults import listed
from teyue.web.problems import CONTENT_TYPE, not_signed_in, problem, refusal_problem
from teyue.web.reading import strictly
from teyue.web.refusals import refusal_of

ABOUT = gettext_noop(
    "程序的每一步是一个端点。金额是以元为单位的十进制字符串，币种见 currency；"
    "时间是带时区的 ISO 8601；列表用 after、before 两个游标翻页；"
    "办理类请求可带 Idempotency-Key；不予办理时答复 application/problem+json。"
)


class Bearer(HttpBearer):
    """Let in whom the token named; the token itself was looked up before."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return getattr(request, "actor", None)


class Orjson(BaseRenderer):
    """Write answers."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


class StrictParser(Parser):
    """Read requests; half a character or a number past all bounds is not JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


class House(NinjaAPI):
    """The API of the house; what it says no with is not described as plain JSON."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        root = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        schema = Description(self, root)
        for path in schema["paths"].values():
            for endpoint in path.values():
                _describe_problems(endpoint["responses"])
        return schema


def _describe_problems(answers: dict[Any, Any]) -> None:
    for status, answer in answers.items():
        if int(status) >= HTTPStatus.BAD_REQUEST and "content" in answer:
            answer["content"] = {CONTENT_TYPE: answer["content"][Orjson.media_type]}


def build(routers: Iterable[Router], *, version: str) -> NinjaAPI:
    """Put the API together from the routers of the stages, whose paths are complete."""
    api = House(
        title="Teyue 特约",
        version=version,
        description=ABOUT,
        urls_namespace="api",
        auth=Bearer(),
        docs=Swagger({"persistAuthorization": False}),
        renderer=Orjson(),
        parser=StrictParser(),
    )
    api.add_decorator(strictly, mode="view")
    for router in routers:
        api.add_router("", router)
    for kind in (Refused, ObjectDoesNotExist, Http404, OperationalError):
        api.add_exception_handler(kind, _refusal)
    api.add_exception_handler(ValidationError, _unreadable)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _other)
    api.add_exception_handler(Exception, _fault)
    return api


def _refusal(request: HttpRequest, error: Any) -> HttpResponse:
    refusal = refusal_of(error)
    return refusal_problem(refusal) if refusal else _fault(request, error)


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    text = _("有内容需要改正，请您按每一项的提示修改后再提交。")
    return problem("invalid", text, errors=listed(error.errors))


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal_problem(not_signed_in())


def _other(request: HttpRequest, error: Any) -> HttpResponse:
    text = _("请求没有看懂，请您对照接口文档核对后再提交。")
    return problem("malformed", text, status=error.status_code)


def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    """Leave a fault of ours to the house, which logs it under an id."""
    raise error
