"""Take files in, and erase them when their time is over."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from teyue.foundation import pen
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.files import pictures, scans, shelf
from teyue.foundation.files.kinds import Content, FileKind
from teyue.foundation.files.models import Attachment

BATCH = 500
# One byte more than anything that is taken, so that what is too large is seen to be.
MOST_READ = pictures.LARGEST_PICTURE + 1


def store(
    upload: bytes | IO[bytes],
    *,
    kind: FileKind,
    owner: tuple[str, int],
    actor: Actor,
    at: datetime,
) -> Attachment:
    """Keep a file for its owner, a pair such as ``("service.record", 7)``.

    What is kept is written anew from what was understood of the upload; its name and claimed type
    count for nothing.

    :raises Refused: ``file_too_large``, ``file_not_an_image``, ``file_unreadable``,
        ``signature_blank``.
    """
    given = upload if isinstance(upload, bytes) else upload.read(MOST_READ)
    content, media_type = _understood(given, kind.content)
    with pen.held(Attachment):
        return Attachment.objects.create(
            kind=kind.code,
            owner_kind=owner[0],
            owner_id=owner[1],
            sha256=shelf.put(content),
            media_type=media_type,
            size=len(content),
            stored_at=at,
            stored_by=actor.id,
            retention_until=local_day(at + kind.kept),
        )


def erase(at: datetime) -> int:
    """Erase the bytes of files whose retention has ended; that they were there stays known.

    A file that another attachment still needs stays until its time is over as well.
    """
    over = Attachment.objects.filter(retention_until__lt=local_day(at), erased_at=None)
    ended = list(over.order_by("pk")[:BATCH])
    needed = Attachment.objects.filter(
        sha256__in={one.sha256 for one in ended}, retention_until__gte=local_day(at)
    )
    kept = set(needed.values_list("sha256", flat=True))
    for one in ended:
        if one.sha256 not in kept:
            shelf.throw_away(one.sha256)
    if ended:
        with pen.held(Attachment):
            Attachment.objects.filter(pk__in=[one.pk for one in ended]).update(erased_at=at)
    return len(ended)


def _understood(given: bytes, content: Content) -> tuple[bytes, str]:
    if content is Content.SIGNATURE:
        return pictures.signature(given), "image/png"
    if content is Content.SCAN:
        return scans.scan(given)
    return pictures.photo(given), "image/jpeg"
