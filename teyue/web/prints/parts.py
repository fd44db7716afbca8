"""What the printed forms are made of: places, priced lines, signatures and the like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from teyue.foundation.money import Money


@dataclass(frozen=True)
class Signed:
    """Name who signed a line and when; an empty one is a blank line."""

    name: str = ""
    at: datetime | None = None


BLANK = Signed()


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One priced line, its amount already rounded to the fen."""

    text: str
    quantity: str
    unit: str
    unit_price: Money
    amount: Money


@dataclass(frozen=True, kw_only=True)
class Place:
    """Say whose home and whom to ask for; the phone is masked."""

    room: str
    name: str
    phone: str
    relation: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One order in the register of a day."""

    number: str
    at: datetime
    room: str
    name: str
    phone: str
    item: str
    quantity: str
    wish: str
    registered_by: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """One line of the service standard; ``done`` is None where it does not apply."""

    text: str
    done: bool | None


@dataclass(frozen=True, kw_only=True)
class Material:
    """Material used; amounts are None when the household supplied it."""

    name: str
    quantity: str
    unit: str
    supplied_by: str
    unit_price: Money | None = None
    amount: Money | None = None


@dataclass(frozen=True, kw_only=True)
class OwnerWord:
    """The owner's confirmation; ``content_hash`` is the SHA-256 of the record as shown."""

    result: str
    person: str
    relation: str
    method: str
    at: datetime
    rating: int | None = None
    remark: str = ""
    content_hash: str
    signature: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class AuditWord:
    """The supervisor's audit."""

    result: str
    auditor: str
    at: datetime
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change that the household accepted before the extra work."""

    reason: str
    accepted_at: datetime
    delta: Money


@dataclass(frozen=True, kw_only=True)
class Paid:
    """Money already received for the order."""

    serial: str
    purpose: str
    method: str
    at: datetime
    amount: Money


@dataclass(frozen=True, kw_only=True)
class Taking:
    """What came in and went out by one method of payment in a shift."""

    method: str
    receipts: int
    taken: Money
    refunds: int
    refunded: Money


@dataclass(frozen=True, kw_only=True)
class Denomination:
    """Notes or coins of one face, as counted."""

    face: str
    pieces: int
    amount: Money
