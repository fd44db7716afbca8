"""Five wrong codes close a record for a quarter of an hour."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused
from teyue.procedure.service.models import Record

MOST = 5
WAIT = timedelta(minutes=15)


def refuse_guessing(record: Record) -> None:
    """Let nobody try another code after too many wrong ones.

    :raises Refused: ``too_many``.
    """
    if int(cache.get(_name(record), 0)) >= MOST:
        text = _("确认码已输错 %(most)d 次，请您 %(wait)d 分钟后再试，或改用手写签名。")
        words = {"most": MOST, "wait": WAIT // timedelta(minutes=1)}
        raise Refused("too_many", text % words, field="code", clause="4.3.1")


def count_guess(record: Record) -> None:
    """Remember one wrong code for a quarter of an hour."""
    name = _name(record)
    wrong = int(cache.get(name, 0)) + 1
    # Whoever is locked out already does not wait longer for trying on.
    if wrong <= MOST:
        cache.set(name, wrong, WAIT.total_seconds())


def _name(record: Record) -> str:
    return f"confirmation-guesses:{record.pk}"
