"""What is asked for when staff, posts and accounts change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import NOTHING, Money
from teyue.register.company.models import Department, Office
from teyue.register.estate.models import Household, Person
from teyue.register.people.models import CertificateKind, Role


@dataclass(frozen=True, slots=True)
class Employment:
    """Who is hired, and as what; ``household`` is where the person lives in the estate (I-35)."""

    name: str
    phone: str
    employee_no: str
    department: Department | None = None
    active_from: date | None = None
    cost_rate: Money = NOTHING
    household: Household | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who shall hold which post, where (None: in the whole company) and how long."""

    person: Person
    role: Role
    office: Office | None
    from_on: date
    to_on: date | None = None
    firm: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """The general manager's signature; ``decision`` names what lets RC and CA meet (I-32)."""

    decision: str = ""


@dataclass(frozen=True, slots=True)
class Authorization:
    """Who acts in whose post, where and how long (E-40)."""

    grantor: Person
    grantee: Person
    role: Role
    office: Office | None
    from_on: date
    to_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Absence:
    """When somebody is not there."""

    starts: datetime
    ends: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """A weekly stretch of duty; weekday 0 is Monday, the rest are minutes of the local day."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate as it lies on the table."""

    kind: CertificateKind
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that somebody chose, and the printed code that allows it, if one is needed."""

    password: str = field(repr=False)
    code: str = field(repr=False, default="")


class FactorLoss(TextChoices):
    """Why a second factor is removed; a code, because the journal holds no free text."""

    LOST = "lost", _("手机遗失")
    BROKEN = "broken", _("手机损坏或更换")
    CODES = "codes", _("口令应用被删，纸上备用码也已用完")


@dataclass(frozen=True, slots=True)
class TokenWish:
    """A key to the API: what it is for, until when, and for which powers (none: all)."""

    label: str
    expires_at: datetime
    powers: frozenset[str] = frozenset()
