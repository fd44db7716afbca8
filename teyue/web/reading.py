"""How every endpoint reads a request: no word is passed over, and nothing sent is nothing said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.operation import Operation
from ninja.params.models import ParamModel

from teyue.foundation.refusal import Refused
from teyue.web.acts import key_of
from teyue.web.people import SAFE
from teyue.web.problems import problem, refusal_problem

Run = Callable[..., HttpResponse]


def strictly(run: Run) -> Run:
    """Let an endpoint refuse words and keys that it does not know, and read nothing as ``{}``."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    operation.models = [_whole(model) for model in operation.models]
    known = _words(operation.models)

    def asked(request: HttpRequest, **places: Any) -> HttpResponse:
        # Strangers hear first that they are strangers.
        if operation.auth_callbacks and not getattr(request, "actor", None):
            return run(request, **places)
        return _strange(request, known) or _misnumbered(request) or run(request, **places)

    return asked


def _words(models: Iterable[type[ParamModel]]) -> list[str]:
    """Return the words that an endpoint understands in its address."""
    asked = (model for model in models if _source(model) == "query")
    return [word for model in asked for word in vars(model)["__ninja_flatten_map__"]]


def _strange(request: HttpRequest, known: list[str]) -> HttpResponse | None:
    strange = [word for word in request.GET if word not in known]
    if not strange:
        return None
    some = _("接口没有这个参数，可用的有 %(words)s，请您改正。") % {"words": _("、").join(known)}
    message = some if known else _("接口没有这个参数，这个地址不带参数，请您去掉。")
    text = _("有内容需要改正，请您按每一项的提示修改后再提交。")
    errors = [{"field": word, "message": message} for word in strange]
    return problem("invalid", text, errors=errors)


def _misnumbered(request: HttpRequest) -> HttpResponse | None:
    if request.method in SAFE:
        return None
    try:
        key_of(request)
    except Refused as refusal:
        return refusal_problem(refusal)
    return None


def _whole(model: type[ParamModel]) -> type[ParamModel]:
    """Return what reads a body, so that an empty one lacks fields rather than everything."""
    name = getattr(model, "__read_from_single_attr__", None)
    if _source(model) != "body" or not name:
        return model

    class Whole(model):  # type: ignore[misc, valid-type]
        @classmethod
        def get_request_data(cls, request: HttpRequest, api: Any, path_params: Any) -> Any:
            given = super().get_request_data(request, api, path_params)
            return {name: {}} if given is None else given

    return Whole


def _source(model: type[ParamModel]) -> str:
    return str(vars(model).get("__ninja_param_source__", ""))
