"""What is asked of a dispute, frozen when it comes through a door."""

from __future__ import annotations

from dataclasses import dataclass

from teyue.foundation.money import Money
from teyue.procedure.dispute.models import Dispute


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a dispute ends; ``evidence`` shows that the household agreed in writing."""

    outcome: Dispute.Outcome
    text: str
    agreed_amount: Money | None = None
    household_agreed: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """Why something is done again, free of charge."""

    reason: str
