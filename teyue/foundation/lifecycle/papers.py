"""Papers: what is numbered, stands in one state, and is moved only by steps."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.foundation.pen import Kept, KeptQuerySet
from teyue.foundation.refusal import Refused


class Document(Kept):
    """A paper of the procedure.

    ``case_name`` names the relation to the case that the paper belongs to, if there is one.
    People stand in it by their person id; ``row_version`` guards forms, locks guard steps.
    ``along`` names the relations that are fetched when the paper is locked.
    """

    case_name: ClassVar[str] = ""
    along: ClassVar[tuple[str, ...]] = ()

    # Null, because papers without a number are not equal to one another.
    number = models.CharField(  # noqa: DJ001
        _("单号"), max_length=48, unique=True, null=True, editable=False
    )
    state = models.CharField(_("状态"), max_length=16, default="")
    state_since = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(null=True)
    created_by = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField(null=True)
    updated_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.pk}"

    @property
    def kind(self) -> str:
        """Return the name of this kind of paper, such as ``booking.order``."""
        return self._meta.label_lower

    @classmethod
    def along_with(cls) -> KeptQuerySet[Self]:
        """Return papers of this kind with what every step on them looks at, ``along``."""
        papers: KeptQuerySet[Self] = KeptQuerySet(cls)
        return papers.select_related(*cls.along) if cls.along else papers

    @property
    def scope(self) -> int:
        """Return the id of the scope whose people may act on this paper."""
        raise NotImplementedError

    @property
    def case(self) -> Case | None:
        """Return the case that this paper belongs to."""
        return getattr(self, self.case_name) if self.case_name else None

    def series(self, at: datetime) -> str:
        """Return the run of gap-free numbers that this paper takes its number from, or ''."""
        return ""

    def take_number(self, series: str, serial: int) -> None:
        """Receive the serial that was drawn."""
        self.number = f"{series}-{serial:04d}"

    def prepare(self) -> None:
        self.row_version += 1

    def still(self, version: int | None) -> None:
        """Refuse when somebody moved the paper since it was shown.

        :raises Refused: ``moved_meanwhile``.
        """
        if version is not None and version != self.row_version:
            raise Refused(
                "moved_meanwhile",
                _("这张单刚刚被别人办理过，请看过最新内容后再办。您填写的内容已保留。"),
            )

    def touch(self, state: str, *, by: int, at: datetime) -> None:
        """Put the paper into a state."""
        if self.created_at is None:
            self.created_at, self.created_by = at, by
        if state != self.state:
            self.state, self.state_since = state, at
        self.updated_at, self.updated_by = at, by


class Case(Document):
    """A paper that other papers belong to. Its ``standing`` says where the whole case is.

    ``held`` names the kinds of hold on it; ``due_at`` is when the next step must be taken.
    """

    standing = models.CharField(_("进度"), max_length=16, default="")
    standing_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("期限"), null=True)
    held = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def case(self) -> Case:
        return self

    def stand(self, standing: str, *, due: datetime | None, at: datetime) -> None:
        """Let the whole case stand somewhere, until the next step is due."""
        if standing != self.standing:
            self.standing, self.standing_since, self.due_at = standing, at, due
        elif due is not None:
            self.due_at = due
