"""What is told of firms, for the stages that come after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teyue.foundation.outbox.facts import Fact


@dataclass(frozen=True)
class FirmSuspended(Fact):
    """A firm may not do an item any more; its open visits go back (O7r)."""

    name: ClassVar[str] = "subcontracting.firm_suspended"

    firm: int
    item: int
