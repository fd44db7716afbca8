"""Which files belong to the service of a visit, and who may open them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.files.kinds import Content, FileKind
from teyue.foundation.files.models import Attachment
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Visit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KEPT = timedelta(days=3 * 365)


def owner_of(visit: Visit) -> tuple[str, int]:
    """Return under whom the files of a visit are kept."""
    return visit.kind, visit.pk


def seen_with_visit(attachment: Attachment, actor: Actor) -> bool:
    """Tell whether somebody sees the visit that a file belongs to (I-56, I-76)."""
    return dispatch.seen_by(actor).filter(pk=attachment.owner_id).exists()


def _kind(code: str, label: StrOrPromise, content: Content) -> FileKind:
    return FileKind(code=code, label=label, content=content, kept=KEPT, opened_by=seen_with_visit)


PHOTO = _kind("service.photo", gettext_lazy("现场照片"), Content.PHOTO)
INVOICE = _kind("service.invoice", gettext_lazy("材料票据"), Content.SCAN)
SIGNATURE = _kind("service.signature", gettext_lazy("业主签名"), Content.SIGNATURE)
PAPER = _kind("service.paper", gettext_lazy("签字纸单"), Content.SCAN)
KINDS = {kind.code: kind for kind in (PHOTO, INVOICE, SIGNATURE, PAPER)}


def files_of(visit: Visit) -> KeptQuerySet[Attachment]:
    """Return what was handed in for a visit and is still kept, oldest first."""
    kind, number = owner_of(visit)
    kept = Attachment.objects.filter(owner_kind=kind, owner_id=number, erased_at=None)
    return kept.order_by("pk")


def handed_in(visit: Visit, numbers: Collection[int], *, kind: FileKind) -> tuple[int, ...]:
    """Return these files of a visit, in the order in which they were named; one statement.

    :raises Refused: ``file_unknown``.
    """
    if not numbers:
        return ()
    known = set(files_of(visit).filter(kind=kind.code, pk__in=numbers).values_list("pk", flat=True))
    if known.issuperset(numbers):
        return tuple(dict.fromkeys(numbers))
    text = _("有照片不属于这次上门，或已删除。请您重新上传后再登记。")
    raise Refused("file_unknown", text, field="photos", clause="4.3.1")


def signature_among(stored: Iterable[Attachment], evidence: str) -> Attachment | None:
    """Return the drawn signature that the evidence of a word names, as ``file:7``."""
    _kind, _bar, number = evidence.partition(":")
    drawn = (one for one in stored if one.kind == SIGNATURE.code and str(one.pk) == number)
    return next(drawn, None)
