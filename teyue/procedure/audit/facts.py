"""What is asked of the auditor, frozen when it comes through a door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The six checks of O13, the digest of what the auditor looked at, and a comment.

    What the papers of the order say stands here where somebody has read it: ``unpassed`` are its
    records that have not passed, ``performers`` who did and wrote them, and ``took_money`` whether
    the auditor issued a receipt for it.
    """

    digest: str
    checks: Mapping[str, bool] = field(default_factory=dict)
    comment: str = ""
    unpassed: frozenset[int] | None = None
    performers: frozenset[int] = frozenset()
    took_money: bool = False
