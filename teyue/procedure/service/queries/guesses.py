"""Five wrong codes close a record for a quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused
from teyue.procedure.service.models import Record

MOST = 5
WAIT = timedelta(minutes=15)


@contextmanager
def counted(record: Record) -> Iterator[None]:
    """Let a code be tried on a locked record, and remember for a quarter of an hour if it is wrong.

    While the record is locked nobody else reads or writes its count, so tries at the same instant
    are counted one after the other. The count lies outside of the database: the refusal that
    undoes everything else leaves it.

    :raises Refused: ``too_many``.
    """
    name = f"confirmation-guesses:{record.pk}"
    wrong = int(cache.get(name, 0))
    if wrong >= MOST:
        text = _("确认码已输错 %(most)d 次，请您 %(wait)d 分钟后再试，或改用手写签名。")
        words = {"most": MOST, "wait": WAIT // timedelta(minutes=1)}
        raise Refused("too_many", text % words, field="code", clause="4.3.1")
    try:
        yield
    except Refused as refusal:
        if refusal.code == "wrong_code":
            cache.set(name, wrong + 1, WAIT.total_seconds())
        raise
