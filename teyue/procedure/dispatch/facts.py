"""What is asked of dispatch, frozen when it comes through a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from teyue.foundation.money import Money
from teyue.procedure.dispatch.models import Override
from teyue.procedure.subcontracting.models import Worker
from teyue.register.people.models import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who is to go, and when: a member of staff or somebody whom a firm sends."""

    appoint_from: datetime
    appoint_to: datetime
    staff: Staff | None = None
    worker: Worker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How work begins; ``held`` is what the household has paid, where the door has read it."""

    identity_shown: bool
    held: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What was tried before a visit was given up (E-09)."""

    rings: int
    calls: int
    photo: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponement:
    """A new appointment, and who asked for it."""

    appoint_from: datetime
    appoint_to: datetime
    by_household: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Why an emergency is served before it is paid (F-28)."""

    category: Override.Category
    reason: str
    estimate: Money
