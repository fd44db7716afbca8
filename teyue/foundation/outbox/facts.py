"""What a fact is: a name in the past tense, and ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True)
class Fact:
    """Something that happened; the base of frozen dataclasses that hold ids and nothing else."""

    name: ClassVar[str]


# A reaction may hear the same fact twice and must then do nothing more.
Reaction = Callable[[Any, datetime], object]
