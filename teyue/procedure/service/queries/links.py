"""The address under which an owner confirms without signing in."""

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
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries.records import RELATED
from teyue.register.parameters.queries import value

TOLD = struct.Struct(">QQ")
SEAL = 16


def token_of(record: Record, *, at: datetime) -> str:
    """Return a token that names a record until the time for a remote confirmation is over.

    Nothing is stored; the seal cannot be made without the key of this installation.
    """
    wait = timedelta(hours=value("confirm.remote_h", office=record.office_id, at=at))
    told = TOLD.pack(record.pk, int((at + wait).timestamp()))
    seal = _keyed(b"seal", told)
    return base64.urlsafe_b64encode(seal + _veiled(told, seal)).decode().rstrip("=")


def named_by(token: str, *, at: datetime) -> KeptQuerySet[Record]:
    """Return the record that a token names, as rows to be read or sought.

    :raises Record.DoesNotExist: when the token was not made here.
    :raises Refused: ``link_expired``.
    """
    try:
        given = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        given = b""
    seal, veiled = given[:SEAL], given[SEAL:]
    told = _veiled(veiled, seal)
    if len(veiled) != TOLD.size or not hmac.compare_digest(seal, _keyed(b"seal", told)):
        raise Record.DoesNotExist("no such link")
    number, until = TOLD.unpack(told)
    if at > datetime.fromtimestamp(until, UTC):
        text = _("这个确认链接已过期。请您联系服务中心，或用收据上的确认码在前台确认。")
        raise Refused("link_expired", text)
    return Record.objects.filter(pk=number).select_related(*RELATED, "order__payer")


def _veiled(told: bytes, seal: bytes) -> bytes:
    """Hide what is told, or show it again: the veil is drawn from the seal."""
    veil = _keyed(b"veil", seal)
    return bytes(one ^ other for one, other in zip(told, veil, strict=False))


def _keyed(purpose: bytes, told: bytes) -> bytes:
    key = settings.INDEX_KEY.encode()
    return hmac.new(key, b"confirmation-%s:" % purpose + told, hashlib.sha256).digest()[:SEAL]
