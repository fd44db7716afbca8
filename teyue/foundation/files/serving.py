"""Give a file back to those who may open it."""

from __future__ import annotations

from django.http import FileResponse, Http404

from teyue.foundation.actors import Actor
from teyue.foundation.files import shelf
from teyue.foundation.files.kinds import kind_of
from teyue.foundation.files.models import Attachment

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
# A file is never a page: nothing in it runs, and nothing frames it.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


def answer(number: int, *, actor: Actor) -> FileResponse:
    """Return the file as an answer: pictures to be shown, all else to be saved.

    :raises Http404: when there is no such file, it was erased, or the actor may not open it.
    """
    attachment = Attachment.objects.filter(pk=number, erased_at=None).first()
    if attachment is None or not may_open(attachment, actor):
        raise Http404
    place = shelf.where(attachment.sha256)
    if not place.exists():
        raise Http404
    return FileResponse(
        place.open("rb"),
        as_attachment=not attachment.media_type.startswith("image/"),
        filename=f"{attachment.kind}-{attachment.pk}.{ENDINGS[attachment.media_type]}",
        content_type=attachment.media_type,
        headers=HEADERS,
    )


def may_open(attachment: Attachment, actor: Actor) -> bool:
    """Tell whether the kind of a file lets this actor open it."""
    kind = kind_of(attachment.kind)
    return kind is not None and kind.opened_by(attachment, actor)
