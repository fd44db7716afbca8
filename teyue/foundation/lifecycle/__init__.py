"""The shape every stage shares: papers in one state at a time, and the steps that move them."""

from __future__ import annotations

from teyue.foundation.lifecycle.desk import hold, seek
from teyue.foundation.lifecycle.gates import HoldKind, entitled, reason_missing
from teyue.foundation.lifecycle.papers import Case, Document
from teyue.foundation.lifecycle.steps import Allowed, Objection, Step, all_steps
from teyue.foundation.lifecycle.turns import Turn

__all__ = [
    "Allowed",
    "Case",
    "Document",
    "HoldKind",
    "Objection",
    "Step",
    "Turn",
    "all_steps",
    "entitled",
    "hold",
    "reason_missing",
    "seek",
]
