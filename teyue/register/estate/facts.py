"""What is asked for when the register of households changes, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from teyue.foundation.outbox.facts import Fact
from teyue.register.estate.models import Member, Unit
from teyue.register.estate.naming import Room


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A flat or shop: its address, area in hundredths of a square meter, and kind."""

    room: Room
    area_x100: int
    kind: Unit.Kind = Unit.Kind.RESIDENCE


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A person of a household and what that person may do for it."""

    name: str
    phone: str
    relation: Member.Relation
    can_order: bool = True
    can_confirm: bool = True
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How a household begins."""

    opened_on: date
    size: int | None = None
    visit_note: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may do for the household."""

    relation: Member.Relation
    can_order: bool
    can_confirm: bool
    is_primary: bool


@dataclass(frozen=True)
class HouseholdMovedOut(Fact):
    """An occupancy ended; what the household ordered ends with it (E-22)."""

    name: ClassVar[str] = "estate.household_moved_out"

    household: int
