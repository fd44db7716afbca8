"""The shape of a row of the starter catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from teyue.register.calendar.quiet import NEIGHBOR_NOTICE_H, Disturbance

Unit = Literal["visit", "hour", "sqm", "piece", "package", "month", "km"]
ProviderKind = Literal["dept", "sub", "both"]
Department = Literal["engineering", "cleaning", "greening", "security", "csc", "finance"]
PriceMode = Literal["fixed", "range", "cost"]
PrepayMode = Literal["full", "ratio", "deposit", "none"]
AgreementKind = Literal["package", "monthly", "deposit"]
Certificate = Literal[
    "low_voltage", "refrigeration", "height", "gas", "pest", "health", "locksmith", "care"
]
Licence = Literal["police_filing", "pest_filing", "moving_insurance", "no_record_proof"]
Consent = Literal["minor", "sensitive_health"]

LOW_BP, HIGH_BP = 8_000, 12_500
TEN_YUAN = 1_000


@dataclass(frozen=True, slots=True)
class Category:
    """A heading of the price list."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point that is checked off while the service is done."""

    text_zh: str
    text_en: str
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """A size of the item with its demonstration price in fen for one unit."""

    price_fen: int
    name_zh: str = "标准"
    name_en: str = "standard"
    code: str = "std"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """How the item is charged; amounts in fen, shares in basis points, quantities in hundredths.

    ``market_fen`` is the range found in public price lists, and the band of a quote on site.
    """

    unit: Unit
    market_fen: tuple[int, int]
    mode: PriceMode = "fixed"
    least_qty_x100: int = 100
    least_fen: int = 0
    increment_min: int = 0
    grace_min: int = 0
    prepay: PrepayMode = "ratio"
    prepay_bp: int = 5_000
    deposit_fen: int = 0
    night_bp: int = 0
    weekend_bp: int = 1_000
    holiday_bp: int = 2_000
    callout_fee_fen: int = 2_000
    cancel_fee_bp: int = 2_000
    cancel_fee_cap_fen: int = 2_000
    agreement: tuple[AgreementKind, ...] = ()
    agreement_discount_bp: int = 0
    visits_per_unit: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """What must be shown before the item may be sold or done.

    ``certificates_if`` pairs a certificate with the work that needs it.
    """

    certificates: tuple[Certificate, ...] = ()
    certificates_if: tuple[tuple[Certificate, str], ...] = ()
    licences: tuple[Licence, ...] = ()
    consents: tuple[Consent, ...] = ()
    owner_consent: bool = False
    identity_check: bool = False
    witness: bool = False
    key_custody: bool = False
    pass_through: bool = False
    urgent_allowed: bool = False
    note_zh: str = ""


OPEN = Gates()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueItem:
    """An item of the starter catalogue; the default price is for demonstration only."""

    code: str
    name_zh: str
    name_en: str
    variants: tuple[Variant, ...]
    charge: Charge
    duration_min: int
    disturbance: Disturbance
    provider: ProviderKind
    department: Department | None
    warranty_days: int
    points: tuple[Point, Point, Point]
    question_zh: str
    gates: Gates = OPEN
    social_weight: int = 50

    @property
    def category_code(self) -> str:
        """Return the code of the category, the first half of the item's own."""
        return self.code.partition("-")[0]

    @property
    def agreement_allowed(self) -> bool:
        """Tell whether the item may be taken by long-term agreement."""
        return bool(self.charge.agreement)

    @property
    def needs_neighbor_notice(self) -> bool:
        """Tell whether the neighbors must be told beforehand."""
        return self.disturbance in NEIGHBOR_NOTICE_H

    @property
    def price_ladder_fen(self) -> tuple[int, ...]:
        """Return three ascending prices around the planned one; none for a free item.

        Whole yuan from ten yuan up, tenths of a yuan below.
        """
        planned = self.variants[0].price_fen
        if not planned:
            return ()
        step = 10 if planned < TEN_YUAN else 100
        return (_share(planned, LOW_BP, step), planned, _share(planned, HIGH_BP, step))


def _share(fen: int, bp: int, step: int) -> int:
    steps = (Decimal(fen * bp) / (10_000 * step)).quantize(Decimal(1), ROUND_HALF_UP)
    return int(steps) * step
