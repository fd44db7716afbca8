"""The addresses under which a household answers without signing in."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.service.models import Change, Record
from teyue.procedure.service.queries.records import CHANGE_RELATED, RELATED
from teyue.register.company.models import OfficePaper
from teyue.register.parameters.queries import value

# The paper, who showed the link (0: nobody), and until when it holds.
TOLD = struct.Struct(">QII")
SEAL = 16
NOBODY = 0
CONFIRMATION, CHANGE = b"confirmation", b"change"


def token_of(record: Record, *, at: datetime, shown_by: int = NOBODY) -> str:
    """Return a token that names a record until the time for a remote confirmation is over.

    ``shown_by`` is the person of the staff who shows the link to the household (I-19, I-30).
    Nothing is stored; the seal cannot be made without the key of this installation.
    """
    return _token(CONFIRMATION, record, shown_by, at)


def token_of_change(change: Change, *, at: datetime, shown_by: int = NOBODY) -> str:
    """Return a token that names extra work as :func:`token_of` names a record."""
    return _token(CHANGE, change, shown_by, at)


def named_by(token: str, *, at: datetime) -> KeptQuerySet[Record]:
    """Return the record that a token names, as rows to be read or sought.

    :raises Record.DoesNotExist: when the token was not made here.
    :raises Refused: ``link_expired``.
    """
    told = _told(CONFIRMATION, token)
    if told is None:
        raise Record.DoesNotExist("no such link")
    if at > told[1]:
        text = _("这个确认链接已过期。请您联系服务中心，或用收据上的确认码在前台确认。")
        raise Refused("link_expired", text, clause="4.3.1")
    return Record.objects.filter(pk=told[0]).select_related(*RELATED, "order__payer")


def change_named_by(token: str, *, at: datetime) -> KeptQuerySet[Change]:
    """Return the extra work that a token names, as rows to be read or sought.

    :raises Change.DoesNotExist: when the token was not made here.
    :raises Refused: ``link_expired``.
    """
    told = _told(CHANGE, token)
    if told is None:
        raise Change.DoesNotExist("no such link")
    if at > told[1]:
        text = _("这个增项链接已过期。请您联系服务中心，或在服务人员的手机上签字答复。")
        raise Refused("link_expired", text, clause="4.3.1")
    return Change.objects.filter(pk=told[0]).select_related(*CHANGE_RELATED, "order__payer")


def shower_of(token: str) -> int | None:
    """Return the person of the staff who showed a link, None when the household fetched it."""
    told = _told(CONFIRMATION, token) or _told(CHANGE, token)
    return told[2] or None if told else None


def _token(about: bytes, paper: OfficePaper, shower: int, at: datetime) -> str:
    wait = timedelta(hours=value("confirm.remote_h", office=paper.office_id, at=at))
    told = TOLD.pack(paper.pk or 0, shower, int((at + wait).timestamp()))
    seal = _keyed(about, b"seal", told)
    return base64.urlsafe_b64encode(seal + _veiled(about, told, seal)).decode().rstrip("=")


def _told(about: bytes, token: str) -> tuple[int, datetime, int] | None:
    """Return a paper, until when the token holds, and who showed it; None if not made here."""
    try:
        given = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        given = b""
    seal, veiled = given[:SEAL], given[SEAL:]
    told = _veiled(about, veiled, seal)
    if len(veiled) != TOLD.size or not hmac.compare_digest(seal, _keyed(about, b"seal", told)):
        return None
    number, shower, until = TOLD.unpack(told)
    return number, datetime.fromtimestamp(until, UTC), shower


def _veiled(about: bytes, told: bytes, seal: bytes) -> bytes:
    """Hide what is told, or show it again: the veil is drawn from the seal."""
    veil = _keyed(about, b"veil", seal)
    return bytes(one ^ other for one, other in zip(told, veil, strict=False))


def _keyed(about: bytes, purpose: bytes, told: bytes) -> bytes:
    key = settings.INDEX_KEY.encode()
    return hmac.new(key, b"%s-%s:" % (about, purpose) + told, hashlib.sha256).digest()[:SEAL]
