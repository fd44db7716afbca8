"""What is due before, after and instead of the work (C-03 to C-05b, C-22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from teyue.foundation.money import NOTHING, Money, basis_points, total
from teyue.foundation.refusal import Refused
from teyue.procedure.pricing.formulas.checks import no_quantity, not_negative
from teyue.procedure.pricing.formulas.terms import Notice, PrepayMode, Rate


class DifferenceKind(StrEnum):
    """Who owes whom after the work."""

    TOPUP = "topup"
    REFUND = "refund"
    EVEN = "even"


class Variance(StrEnum):
    """What the count of a drawer shows against the books."""

    LONG = "long"
    SHORT = "short"
    EVEN = "even"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepayTerms:
    """The company's own rule: in full up to a total, a ratio above it (cfg prepay)."""

    full_below: Money
    ratio_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateTerms:
    """What a late company gives back: beyond how many minutes, which share, at most (cfg late)."""

    after_min: int
    credit_bp: int
    cap: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is payable against what was prepaid."""

    payable: Money
    prepaid: Money

    @property
    def amount(self) -> Money:
        """Return payable less prepaid: above zero a top-up, below zero a refund."""
        return self.payable - self.prepaid

    @property
    def kind(self) -> DifferenceKind:
        """Say who owes whom."""
        if not self.amount:
            return DifferenceKind.EVEN
        return DifferenceKind.TOPUP if self.amount > NOTHING else DifferenceKind.REFUND


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClose:
    """A cashier's day by the books and by the count (C-22)."""

    expected: Money
    counted: Money

    @property
    def variance(self) -> Money:
        """Return counted less expected: long above zero, short below."""
        return self.counted - self.expected

    @property
    def kind(self) -> Variance:
        """Say whether the drawer is long, short or even."""
        if not self.variance:
            return Variance.EVEN
        return Variance.LONG if self.variance > NOTHING else Variance.SHORT

    def to_bank(self, *, keep: Money) -> Money:
        """Return what goes to the bank when ``keep`` stays in the drawer; never below zero."""
        not_negative(keep, "keep")
        return max(NOTHING, self.counted - keep)


def prepayment(rate: Rate, quoted: Money, *, terms: PrepayTerms) -> Money:
    """Return what is to be paid before the work (C-03); a ratio is rounded up to whole yuan.

    :raises Refused: negative_amount, prepay_required.
    """
    not_negative(quoted, "quoted")
    match rate.prepay_mode:
        case PrepayMode.FULL:
            return quoted
        case PrepayMode.RATIO:
            return _ratio(quoted, rate.prepay_bp)
        case PrepayMode.DEPOSIT:
            return rate.deposit
        case PrepayMode.NONE:
            return _no_prepayment(rate)
        case _:
            return quoted if quoted <= terms.full_below else _ratio(quoted, terms.ratio_bp)


def difference(actual: Money, *, prepaid: Money, accepted: Iterable[Money]) -> Difference:
    """Hold the actual amount against the prepaid one (C-04).

    ``accepted`` is the accepted quote and the accepted changes: nothing above their sum is
    payable (I-17).

    :raises Refused: negative_amount.
    """
    cap = total(accepted)
    for amount, name in ((actual, "actual"), (prepaid, "prepaid"), (cap, "accepted")):
        not_negative(amount, name)
    return Difference(payable=min(actual, cap), prepaid=prepaid)


def partial_by_company(agreed: Money, *, done_x100: int, planned_x100: int) -> Money:
    """Return what is due when the company stopped: the agreed total pro rata (C-05a).

    :raises Refused: negative_amount, no_quantity, done_beyond_plan.
    """
    not_negative(agreed, "agreed")
    not_negative(done_x100, "done_x100")
    if planned_x100 <= 0:
        raise no_quantity("planned_x100")
    if done_x100 > planned_x100:
        message = _("完成数量不能超过约定数量，请您核对后重新填写。")
        raise Refused("done_beyond_plan", message, field="done_x100")
    return agreed.times(Fraction(done_x100, planned_x100))


def partial_by_household(agreed: Money, *, done_at_list: Iterable[Money]) -> Money:
    """Return what is due when the household stopped: list prices up to the agreed total (C-05a).

    :raises Refused: negative_amount.
    """
    done = tuple(done_at_list)
    for amount in (agreed, *done):
        not_negative(amount, "done_at_list")
    return min(agreed, total(done))


def cancellation_fee(
    rate: Rate, *, quoted: Money, notice: Notice, special_material: Money = NOTHING
) -> Money:
    """Return what a household owes for a visit given up (C-05b).

    The call-out part is due only when the provider set off; ``special_material`` is what was
    bought for this order alone, at cost.

    :raises Refused: negative_amount.
    """
    not_negative(quoted, "quoted")
    not_negative(special_material, "special_material")
    if notice == Notice.IN_TIME:
        return NOTHING
    if notice == Notice.BEFORE_DEPARTURE:
        return special_material
    share = quoted.share(basis_points(rate.cancel_fee_bp))
    return min(rate.callout_fee, rate.cancel_fee_cap, share) + special_material


def late_credit(labour: Money, *, late_min: int, terms: LateTerms) -> Money:
    """Return what the company gives back for coming late (C-05b).

    :raises Refused: negative_amount.
    """
    not_negative(labour, "labour")
    if late_min <= terms.after_min:
        return NOTHING
    return min(terms.cap, labour.share(basis_points(terms.credit_bp)))


def close_day(
    *, opening: Money, taken: Money, refunded: Money, banked: Money, counted: Money
) -> DayClose:
    """Hold a drawer's count against its books; only cash counts (C-22).

    :raises Refused: negative_amount.
    """
    given = {"opening": opening, "taken": taken, "refunded": refunded, "banked": banked}
    for name, amount in (given | {"counted": counted}).items():
        not_negative(amount, name)
    return DayClose(expected=opening + taken - refunded - banked, counted=counted)


def _ratio(quoted: Money, bp: int) -> Money:
    exact = -(-quoted.fen * bp // 10_000)
    return min(quoted, Money(exact).up_to(Money.yuan("1")))


def _no_prepayment(rate: Rate) -> Money:
    if rate.unit_price or rate.range_max or rate.min_charge:
        message = _("收费项目不能免预交，请您先为该项目设定预交方式。")
        raise Refused("prepay_required", message, field="prepay_mode")
    return NOTHING
