"""The writing door: one sitting, one answer, the same answer for the same key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from teyue.foundation.idempotency import operations as idempotency
from teyue.foundation.refusal import Refused
from teyue.web.people import API, ActedRequest

T = TypeVar("T")
Show = Callable[[ActedRequest, T], HttpResponse | BaseModel]

FIELD = "idempotency_key"


class SentBefore(Refused):
    """A form was sent, changed and sent again; ``way_on`` leads to what it had made, if anywhere.

    The page that says so carries a fresh key, so what was typed may be sent anew.
    """

    def __init__(self, reused: idempotency.Reused) -> None:
        text = _(
            "这张表刚才已经提交并办成，您这次改动的内容没有记入。"
            "请您先看办成的结果；确要再办一次，请核对本页内容后重新提交。"
        )
        super().__init__(reused.code, text)
        told = reused.answer
        kept = orjson.loads(told.body)["headers"] if told.body else {}
        self.way_on: str = kept.get("Location", "")


# What a page must say again besides its text: where to go, and what htmx should do with it.
_SAID_AGAIN = ("Content-Type", "Location")
_KEY = re.compile(r"[\x21-\x7e]{1,80}")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def act(
    request: ActedRequest, work: Callable[[], T], *, show: Show[T], status: int = 201
) -> HttpResponse:
    """Do ``work`` in one sitting and answer with what ``show`` makes of its outcome.

    ``show`` runs when numbers are drawn and rows are written, still inside the transaction.
    A repeated request is undone whole and gets the answer of the first.

    :raises Refused: what the work refuses, ``key_reused``, ``key_malformed``.
    """
    key = key_of(request)
    answers: list[HttpResponse] = []

    def tell(outcome: T) -> tuple[int, str]:
        answer = _answer(show(request, outcome), status)
        answers.append(answer)
        return answer.status_code, _packed(answer) if key else ""

    try:
        code, body, again = idempotency.once(
            work, tell=tell, actor=_who(request), key=key, request=_digest(request), at=request.at
        )
    except idempotency.Reused as reused:
        raise reused if request.path.startswith(API) else SentBefore(reused) from reused
    return _unpacked(body, code) if again else answers[0]


def _answer(shown: HttpResponse | BaseModel, status: int) -> HttpResponse:
    if isinstance(shown, HttpResponse):
        return shown
    return HttpResponse(shown.model_dump_json(), status=status, content_type="application/json")


def _packed(answer: HttpResponse) -> str:
    said = {
        name: value
        for name, value in answer.items()
        if name in _SAID_AGAIN or name.startswith("HX-")
    }
    return orjson.dumps({"headers": said, "text": answer.content.decode()}).decode()


def _unpacked(body: str, status: int) -> HttpResponse:
    kept = orjson.loads(body)
    answer = HttpResponse(kept["text"], status=status, headers=kept["headers"])
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _who(request: ActedRequest) -> int:
    return request.actor.id if request.actor else 0


def key_of(request: HttpRequest) -> str:
    """Return the key that came with a request, '' for none; a blank one is none that works.

    :raises Refused: ``key_malformed``.
    """
    given = request.headers.get("Idempotency-Key")
    key = _form_value(request) if given is None else given
    if key is None:
        return ""
    if not _KEY.fullmatch(key):
        text = _("防重号只能是 1 到 80 个英文字母、数字或符号，请换一个。")
        raise Refused("key_malformed", text, field="Idempotency-Key")
    return key


def _form_value(request: HttpRequest) -> str | None:
    return request.POST.get(FIELD) if request.content_type in _FORMS else None


def _digest(request: ActedRequest) -> str:
    path = request.get_full_path()
    return idempotency.digest(request.method or "", path, _body(request))


def _body(request: ActedRequest) -> bytes:
    """Return what was sent; of a form its fields, because browsers draw new borders each time."""
    if request.content_type not in _FORMS:
        return request.body
    return orjson.dumps([*_fields(request), *_files(request)])


def _fields(request: ActedRequest) -> Iterator[tuple[str, list[str]]]:
    for name in sorted(request.POST):
        if name not in (FIELD, "csrfmiddlewaretoken"):
            yield name, [str(value) for value in request.POST.getlist(name)]


def _files(request: ActedRequest) -> Iterator[tuple[str, list[str]]]:
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest = hashlib.sha256()
            file.seek(0)
            for chunk in iter(partial(file.read, 1 << 16), b""):
                digest.update(chunk)
            file.seek(0)
            yield name, [file.name or "", digest.hexdigest()]
