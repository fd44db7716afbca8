"""What each printed form says: frozen values in, nothing from the database.

Texts arrive in the language of the reader, phones masked, times aware, quantities written out.
Blank texts and ``None`` print as blank space for the pen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from teyue.foundation.capitals import capitals
from teyue.web.prints.parts import BLANK

if TYPE_CHECKING:
    from datetime import date, datetime

    from teyue.foundation.money import Money
    from teyue.web.prints.parts import (
        AuditWord,
        Change,
        Charge,
        Denomination,
        Material,
        OwnerWord,
        Paid,
        Place,
        Point,
        RegisterRow,
        Signed,
        Taking,
    )

Language = Literal["zh-hans", "en"]
State = Literal["issued", "voided", "reversed"]
Purpose = Literal["prepayment", "deposit", "topup", "agreement", "arrears", "pass_through"]
Copy = Literal["household", "finance", "file"]
Difference = Literal["topup", "refund", "even"]
Variance = Literal["over", "short", "even"]
Original = Literal["returned", "lost", ""]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Hold what stands on every form; ``reprint`` counts from 1 and 0 is the original (E-28)."""

    company: str
    office: str
    office_phone: str
    number: str
    printed_at: datetime
    printed_by: str
    office_address: str = ""
    language: Language = "zh-hans"
    version: str = "A/0"
    state: State = "issued"
    state_note: str = ""
    reprint: int = 0

    def derived(self) -> dict[str, str]:
        """Return the values that the paper spells out and nobody types."""
        return {}

    def scanned(self) -> str:
        """Return the text of the QR code, if the form carries one."""
        return ""


@dataclass(frozen=True, kw_only=True)
class OrderSheet(Sheet):
    """F-07 of one order."""

    place: Place
    channel: str
    registered_at: datetime
    registered_by: str
    item: str
    variant: str = ""
    quantity: str
    unit: str
    price: str
    price_list: str
    description: str = ""
    site_notes: str = ""
    photos: int = 0
    wish_from: datetime | None = None
    wish_to: datetime | None = None
    urgency: str
    coverage: str = ""
    estimate: Money | None = None
    prepay: Money | None = None
    prepay_by: datetime | None = None
    offline_number: str = ""
    receipts: str = ""


@dataclass(frozen=True, kw_only=True)
class DaySheet(Sheet):
    """F-07 as the register of one day."""

    day: date
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, kw_only=True)
class QuoteSheet(Sheet):
    """Quote slip to an order; ``pay_code`` is what the cashier scans."""

    order_number: str
    place: Place
    item: str
    appoint_from: datetime | None = None
    appoint_to: datetime | None = None
    lines: tuple[Charge, ...]
    total: Money
    prepay: Money
    prepay_rule: str
    valid_until: datetime
    price_list: str
    pay_code: str = ""
    accepted: Signed = BLANK
    accept_method: str = ""
    quoted_by: str

    def derived(self) -> dict[str, str]:
        return {"capitals": capitals(self.total)}

    def scanned(self) -> str:
        return self.pay_code


@dataclass(frozen=True, kw_only=True)
class JobSheet(Sheet):
    """F-10: the job card that the technician carries."""

    paper: Literal["a4", "a5"] = "a4"
    order_number: str
    visit: int
    place: Place
    item: str
    variant: str = ""
    quantity: str
    unit: str
    appoint_from: datetime
    appoint_to: datetime
    provider: str
    performer: str
    certificate: str = ""
    assigned: Signed
    urgency: str
    rework_of: str = ""
    disturbance: str = ""
    visit_note: str = ""
    accepted_quote: Money | None = None
    checklist: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReceiptSheet(Sheet):
    """F-11; ``number`` is the serial, ``check_code`` becomes a QR code.

    ``confirmation_code`` stands on the household's copy only.
    """

    purpose: Purpose
    order_number: str
    payer: str
    relation: str
    room: str
    particulars: str
    method: str
    amount: Money
    tendered: Money | None = None
    change: Money | None = None
    channel_reference: str = ""
    issued_at: datetime
    cashier: str
    cancel_rule: str = ""
    appointment: str = ""
    price_list: str = ""
    confirmation_code: str = ""
    check_code: str = ""
    copies: tuple[Copy, ...] = ("household", "finance", "file")

    def derived(self) -> dict[str, str]:
        return {"capitals": capitals(self.amount)}

    def scanned(self) -> str:
        return self.check_code


@dataclass(frozen=True, kw_only=True)
class RecordSheet(Sheet):
    """F-12: one visit as done, as confirmed, as audited."""

    order_number: str
    visit: int
    place: Place
    item: str
    variant: str = ""
    provider: str
    performer: str
    appoint_from: datetime
    appoint_to: datetime
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    minutes: int
    quantity: str
    unit: str
    work_done: str
    checklist: tuple[Point, ...] = ()
    materials: tuple[Material, ...] = ()
    charges: tuple[Charge, ...] = ()
    amount: Money
    photos_before: int = 0
    photos_after: int = 0
    site_cleaned: bool
    remarks: str = ""
    recorded: Signed
    confirmation: OwnerWord | None = None
    audit: AuditWord | None = None

    def derived(self) -> dict[str, str]:
        return {"capitals": capitals(self.amount)}


@dataclass(frozen=True, kw_only=True)
class SettlementSheet(Sheet):
    """F-13: the itemized list before more is collected (I-74); ``due`` is never negative."""

    order_number: str
    place: Place
    item: str
    records: str = ""
    lines: tuple[Charge, ...]
    actual: Money
    accepted_quote: Money | None = None
    changes: tuple[Change, ...] = ()
    cap: Money | None = None
    paid: tuple[Paid, ...] = ()
    prepaid: Money
    kind: Difference
    due: Money
    audited: Signed
    settled: Signed = BLANK
    refund_number: str = ""
    note: str = ""

    def derived(self) -> dict[str, str]:
        return {"actual_capitals": capitals(self.actual), "due_capitals": capitals(self.due)}


@dataclass(frozen=True, kw_only=True)
class RefundSheet(Sheet):
    """F-14; ``amount`` is principal and interest, ``cosigned`` None where none is due.

    ``original`` is empty until the money is paid.
    """

    order_number: str
    place: Place
    payee: str
    payee_relation: str
    payee_phone: str
    source: str
    reason: str
    principal: Money
    interest: Money
    amount: Money
    method: str
    account: str = ""
    receipts: str
    original: Original
    loss_declaration: str = ""
    agent_authorization: str = ""
    requested: Signed
    reviewed: Signed = BLANK
    approved: Signed = BLANK
    cosigned: Signed | None = None
    paid: Signed = BLANK
    payee_signature: bytes | None = None

    def derived(self) -> dict[str, str]:
        return {"capitals": capitals(self.amount)}


@dataclass(frozen=True, kw_only=True)
class CloseSheet(Sheet):
    """F-25 by C-22; ``variance`` is never negative, ``variance_kind`` says which way it goes."""

    drawer: str
    cashier: str
    opened_at: datetime
    closed_at: datetime
    takings: tuple[Taking, ...]
    float_given: Money
    cash_in: Money
    cash_refunds: Money
    banked: Money
    expected: Money
    denominations: tuple[Denomination, ...]
    counted: Money
    variance_kind: Variance
    variance: Money
    variance_reason: str = ""
    float_kept: Money
    to_bank: Money
    bank_slip: str = ""
    first_serial: str
    last_serial: str
    receipts: int
    reissued: int = 0
    voided_serials: str = ""
    reprints: int = 0
    closed: Signed
    verified: Signed = BLANK

    def derived(self) -> dict[str, str]:
        return {"capitals": capitals(self.counted)}


@dataclass(frozen=True, kw_only=True)
class EmergencySheet(Sheet):
    """F-28: work before payment, approved by one who neither asks for nor does it (I-63)."""

    order_number: str
    place: Place
    item: str
    category: str
    reason: str
    estimate: Money
    cap: Money
    pay_due_at: datetime
    registered: Signed
    performer: str
    approved: Signed
    approver_role: str
    acceptance: str = ""
    checks: tuple[Point, ...] = ()
