"""What goes into the formulas and what comes out of a quotation."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from teyue.foundation.money import NOTHING, Money, total
from teyue.procedure.pricing.formulas.checks import not_negative


class Unit(StrEnum):
    """What one unit price pays for."""

    VISIT = "visit"
    HOUR = "hour"
    SQM = "sqm"
    PIECE = "piece"
    PACKAGE = "package"
    MONTH = "month"
    KM = "km"


class PriceMode(StrEnum):
    """How a unit price comes about: listed, named on site within bounds, or at cost.

    At cost, the listed unit price is the fee of the errand (or zero); goods are material lines.
    """

    FIXED = "fixed"
    RANGE = "range"
    COST = "cost"


class PrepayMode(StrEnum):
    """What is paid before the work; STANDARD leaves it to the terms of the company."""

    STANDARD = "standard"
    FULL = "full"
    RATIO = "ratio"
    DEPOSIT = "deposit"
    NONE = "none"


class LineKind(StrEnum):
    """What a line charges for; ``merged`` is what several visits cost less, or more, as one."""

    LABOUR = "labour"
    SURCHARGE = "surcharge"
    MATERIAL = "material"
    CALLOUT = "callout"
    CHANGE = "change"
    MERGED = "merged"
    DISCOUNT = "discount"


class Occasion(StrEnum):
    """A time that costs more."""

    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class Notice(StrEnum):
    """When a household gave a visit up; absence at the door counts as after departure."""

    IN_TIME = "in_time"
    BEFORE_DEPARTURE = "before_departure"
    AFTER_DEPARTURE = "after_departure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One price line as the formulas need it: money, hundredths, minutes and basis points."""

    unit: Unit
    unit_price: Money
    min_qty_x100: int = 0
    min_charge: Money = NOTHING
    increment_min: int = 0
    grace_min: int = 0
    price_mode: PriceMode = PriceMode.FIXED
    range_min: Money = NOTHING
    range_max: Money = NOTHING
    night_bp: int = 0
    weekend_bp: int = 0
    holiday_bp: int = 0
    material_markup_bp: int = 0
    callout_fee: Money = NOTHING
    cancel_fee_bp: int = 0
    cancel_fee_cap: Money = NOTHING
    prepay_mode: PrepayMode = PrepayMode.STANDARD
    prepay_bp: int = 0
    deposit: Money = NOTHING

    def __post_init__(self) -> None:
        for field in fields(self):
            not_negative(getattr(self, field.name), field.name)

    def surcharge_bp(self, occasion: Occasion) -> int:
        """Return the surcharge of an occasion in basis points."""
        listed = {
            Occasion.NIGHT: self.night_bp,
            Occasion.WEEKEND: self.weekend_bp,
            Occasion.HOLIDAY: self.holiday_bp,
        }
        return listed[occasion]


@dataclass(frozen=True, slots=True)
class Material:
    """Material that the company supplies, at recorded cost a unit."""

    text: str
    qty_x100: int
    unit_cost: Money


@dataclass(frozen=True, slots=True)
class Discount:
    """A published discount, as the positive amount it takes off."""

    text: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be priced: ``minutes`` for an hourly rate, ``qty_x100`` for every other unit.

    ``on_site_price`` is the unit price named on site in range mode; ``callouts`` counts the
    call-out fees charged.
    """

    text: str
    qty_x100: int = 0
    minutes: int = 0
    on_site_price: Money | None = None
    occasions: frozenset[Occasion] = frozenset()
    materials: tuple[Material, ...] = ()
    callouts: int = 0
    discount: Discount | None = None


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One printed line; a discount's amount is negative, so that lines add up to the total."""

    kind: LineKind
    text: str
    qty_x100: int
    unit_price: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Quotation:
    """The lines of a quote."""

    lines: tuple[QuoteLine, ...]

    @property
    def total(self) -> Money:
        """Return the sum of the already rounded lines."""
        return total(line.amount for line in self.lines)

    def part(self, kind: LineKind) -> Money:
        """Return the sum of the lines of one kind."""
        return total(line.amount for line in self.lines if line.kind == kind)
