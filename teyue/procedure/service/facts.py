"""What is asked of service, frozen when it comes through a door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from teyue.foundation.money import Money
from teyue.procedure.booking.facts import hundredths
from teyue.procedure.booking.models import Quote
from teyue.procedure.pricing.formulas import Material
from teyue.procedure.service.models import Confirmation
from teyue.register.estate.models import Member


def hundredths_done(typed: str) -> int:
    """Read how much was done, in hundredths; nothing is an answer too.

    :raises ValueError: when it is no quantity.
    """
    return 0 if typed.strip() in ("0", "0.0", "0.00") else hundredths(typed)


class Cause(StrEnum):
    """Because of whom a service was broken off (E-16), or that all of it was done already."""

    COMPANY = "company"
    HOUSEHOLD = "household"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was done in the home: quantities in hundredths, checklist by number of the standard.

    ``photos`` and ``invoices`` are ids of stored files; ``invoices`` prove the materials.
    ``paper`` is the scan of a signed paper, which stands for both.
    """

    work_done: str
    minutes: int
    qty_x100: int
    checklist: Mapping[str, bool] = field(default_factory=dict)
    materials: tuple[Material, ...] = ()
    household_materials: tuple[str, ...] = ()
    photos: tuple[int, ...] = ()
    invoices: tuple[int, ...] = ()
    site_cleaned: bool = True
    more_visits: bool = False
    remarks: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A service that was broken off: because of whom, and how much was done on this visit."""

    cause: Cause
    done_x100: int
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Why nobody comes again although another visit was planned."""

    cause: Cause
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The owner's word on what was shown: ``digest`` is that of the record on the screen."""

    digest: str
    method: Confirmation.Method
    member: Member | None
    evidence: str = ""
    rating: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Work beyond the quote, priced by list or at cost, to be accepted before it starts (E-10)."""

    reason: str
    labor: Money = Money(0)
    labor_text: str = ""
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """How the household said yes to a change."""

    method: Quote.Method
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRecord:
    """A paper F-12 that technician and owner signed; ``scan`` is where its picture is found."""

    accepted_at: datetime
    departed_at: datetime
    arrived_at: datetime
    started_at: datetime
    finished_at: datetime
    confirmed_at: datetime
    report: Report
    signer: Member
    scan: str
    identity_shown: bool = True
    rating: int | None = None
    remark: str = ""

    @property
    def times(self) -> tuple[datetime, ...]:
        """Return when everything happened, in the order of the procedure (I-70)."""
        return (
            self.accepted_at,
            self.departed_at,
            self.arrived_at,
            self.started_at,
            self.finished_at,
            self.confirmed_at,
        )
