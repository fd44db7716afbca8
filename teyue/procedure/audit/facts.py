"""What is asked of the auditor, frozen when it comes through a door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The six checks of O13, the digest of what the auditor looked at, and a comment.

    ``unpassed`` are the records of the order that have not passed, where somebody has read it.
    """

    digest: str
    checks: Mapping[str, bool] = field(default_factory=dict)
    comment: str = ""
    unpassed: frozenset[int] | None = None
