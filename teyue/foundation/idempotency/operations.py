"""Remember successes only; a refusal may be tried again with the same key.

Nothing is asked before the work: a repeated request fails on the unique key, or is refused
because the first one moved the paper; then it is undone whole and answered from memory. So a
fresh request costs one statement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.utils.translation import gettext as _

from teyue.foundation import pen, sitting
from teyue.foundation.idempotency.models import Answer
from teyue.foundation.refusal import Refused

T = TypeVar("T")

REMEMBERED = timedelta(days=7)


class Reused(Refused):
    """A key came again with another request; ``answer`` is what the first one was told."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("key_reused", _("这个防重号已用于另一次提交，请您换一个新的防重号。"))
        self.answer = answer


FORGOTTEN = 0


def digest(method: str, path: str, body: bytes) -> str:
    """Return what two requests must share to count as the same."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


def once(
    work: Callable[[], T],
    *,
    tell: Callable[[T], tuple[int, str]],
    actor: int,
    key: str,
    request: str,
    at: datetime,
) -> tuple[int, str, bool]:
    """Do the work in one sitting and return status and body, or return those of the first time.

    ``tell`` makes them of the outcome when numbers are drawn and rows are written, still inside
    the transaction. The third value tells whether this is a repetition. Without a key nothing is
    remembered.

    :raises Refused: what the work refuses, when it was never done under this key;
        ``key_reused`` and ``answer_forgotten`` as :func:`recall`.
    """
    told: list[tuple[int, str]] = []
    try:
        with sitting.opened() as room:
            outcome = work()

            def conclude() -> None:
                sitting.flush()
                told.append(tell(outcome))
                if key:
                    remember(actor=actor, key=key, request=request, told=told[0], at=at)

            room.closing["answer"] = conclude
    except (Refused, IntegrityError, ObjectDoesNotExist):
        answer = recall(actor=actor, key=key, request=request) if key else None
        if answer is None:
            raise
        return answer.status, answer.body, True
    return *told[0], False


def remember(*, actor: int, key: str, request: str, told: tuple[int, str], at: datetime) -> None:
    """Write the answer in the transaction of the work itself."""
    room = sitting.current()
    if room is None:
        raise RuntimeError("an answer is remembered only in the sitting of its work")
    status, body = told
    room.append(Answer(actor=actor, key=key, request=request, status=status, body=body, at=at))


def recall(*, actor: int, key: str, request: str) -> Answer | None:
    """Return the answer that was given under this key.

    :raises Reused: when the key came with another request.
    :raises Refused: ``answer_forgotten`` when the answer is older than a week.
    """
    answer = Answer.objects.filter(actor=actor, key=key).first()
    if answer is None:
        return None
    if answer.request != request:
        raise Reused(answer)
    if answer.status == FORGOTTEN:
        text = _("这次提交早已办结，系统不再保留当时的回执。请您刷新后查看办理结果。")
        raise Refused("answer_forgotten", text)
    return answer


def forget(at: datetime) -> int:
    """Empty answers older than a week; that the key was used stays known."""
    old = Answer.objects.filter(at__lt=at - REMEMBERED, status__gt=FORGOTTEN)
    with pen.held(Answer):
        return old.update(status=FORGOTTEN, body="") if old.exists() else 0
