"""Which imports somebody may see, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.pen import KeptQuerySet
from teyue.register.company.models import Office
from teyue.register.importing.models import ImportRun

READ = Power("importing.read", _("看导入记录"))
UPLOAD = Power("importing.upload", _("上传名册"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows are in, out of how many that are to go in."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Return the share that is in, in whole percent; nothing to do is all."""
        return self.done * 100 // self.total if self.total else 100


def seen_by(actor: Actor) -> KeptQuerySet[ImportRun]:
    """Return the imports that somebody may see: those of the own offices."""
    scopes = actor.scopes(READ)
    runs = ImportRun.objects.select_related("office")
    return runs if EVERYWHERE in scopes else runs.filter(office__in=scopes)


def offices_of(actor: Actor) -> KeptQuerySet[Office]:
    """Return the offices into which somebody may import."""
    scopes = actor.scopes(UPLOAD)
    offices = Office.objects.order_by("pk")
    return offices if EVERYWHERE in scopes else offices.filter(pk__in=scopes)


def earlier(office: Office, digest: str) -> ImportRun | None:
    """Return the newest import of the very same file into an office that was not undone."""
    runs = ImportRun.objects.filter(office=office, digest=digest)
    runs = runs.exclude(state=ImportRun.State.UNDONE).select_related("office")
    return runs.order_by("-pk").first()


def progress(run: ImportRun) -> Progress:
    """Return how far an import is."""
    sums = run.batches.aggregate(done=Sum("size", filter=~Q(done_at=None)), total=Sum("size"))
    return Progress(sums["done"] or 0, sums["total"] or 0)
