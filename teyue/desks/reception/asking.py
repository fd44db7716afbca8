"""What a caller is told before anything is written: the price, until when, what is against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking import steps
from teyue.procedure.booking.facts import Pricing, Registration
from teyue.procedure.booking.forms import written
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.queries import deadlines, hours, prices, slots, wishes
from teyue.procedure.pricing.formulas import LineKind, QuoteLine, worded
from teyue.procedure.pricing.models import PriceLine
from teyue.web import formats

# These refusals are answered by filling in a field beside the gate.
ANSWERABLE = frozenset({"duplicate_reason", "owner_consent"})


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that is checked before registering, and why it is not met."""

    label: str
    refusal: Refused | None

    @property
    def answerable(self) -> str:
        """Return the field that answers it, '' where none does."""
        field = self.refusal.field if self.refusal else ""
        return field if field in ANSWERABLE else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the quote as it is read aloud: what, quantity × price, amount."""

    label: str
    note: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the caller is told. Without a listed price only the bounds are known."""

    order: Order
    gates: Sequence[Gate]
    lines: Sequence[Line] = ()
    total: Money | None = None
    prepay: Money | None = None
    rule: str = ""
    sentence: str
    refusal: Refused | None = None

    @property
    def met(self) -> int:
        """Return how many gates are met."""
        return sum(gate.refusal is None for gate in self.gates)

    @property
    def answers(self) -> frozenset[str]:
        """Return the fields that must be filled in."""
        return frozenset(filter(None, (gate.answerable for gate in self.gates)))

    @property
    def barred(self) -> Refused | None:
        """Return what forbids registering and no field answers."""
        hard = (gate.refusal for gate in self.gates if gate.refusal and not gate.answerable)
        return next(hard, self.refusal)


def told(asked: Registration, *, actor: Actor, at: datetime) -> Told:
    """Return what the caller is told about a wish; no statement."""
    order = wishes.draft(asked, actor=actor, at=at)
    gates = list(_gates(order, asked, actor, at))
    if order.line.price_mode == PriceLine.Mode.RANGE:
        return Told(order=order, gates=gates, sentence=_on_site(order.line))
    try:
        priced = prices.priced(order, Pricing())
        prepay = prices.prepayment(order, priced.total, at=at)
    except Refused as refusal:
        return Told(order=order, gates=gates, sentence="", refusal=refusal)
    return Told(
        order=order,
        gates=gates,
        lines=[_line(line, order.line) for line in priced.lines],
        total=priced.total,
        prepay=prepay,
        rule=rule(order, priced.total, at=at),
        sentence=_sentence(order, priced.total, prepay, at),
    )


def rule(order: Order, total: Money, *, at: datetime) -> str:
    """Say by which rule so much is prepaid (C-03)."""
    line, terms = order.line, prices.prepay_terms(order, at=at)
    match line.prepay_mode:
        case PriceLine.Prepay.FULL:
            return _("全额预交")
        case PriceLine.Prepay.RATIO:
            return _("预交 %(percent)g %%") % {"percent": line.prepay_bp / 100}
        case PriceLine.Prepay.DEPOSIT:
            return _("交押金")
        case PriceLine.Prepay.NONE:
            return _("免预交")
    limit = {"limit": f"{terms.full_below.fen // 100}", "percent": terms.ratio_bp / 100}
    if total <= terms.full_below:
        return _("%(limit)s 元以内全额") % limit
    return _("超过 %(limit)s 元交 %(percent)g %%") % limit


def _gates(order: Order, asked: Registration, actor: Actor, at: datetime) -> Iterator[Gate]:
    def gate(label: str, *objections: Callable[..., Refused | None]) -> Gate:
        raised = (objection(order, actor, at, asked) for objection in objections)
        return Gate(label, next(filter(None, raised), None))

    name = {"name": asked.requester.person.name}
    yield gate(_("项目开展中，价格已公告"), steps.item_closed, steps.nothing_in_force)
    yield gate(_("%(name)s 可预约") % name, steps.household_closed, steps.requester_may_not)
    yield gate(_("不是您自己家的单"), steps.own_household_as_staff)
    if order.item.requires_owner_consent:
        yield gate(_("业主已同意"), steps.consent_missing)
    yield gate(_("无欠款、无未补交急单"), steps.in_arrears)
    yield gate(_("24 小时内无同类登记"), steps.duplicate_unanswered)
    if order.wish_from is not None:
        yield Gate(_("时段在允许施工时间内"), _slot(order, asked, at))


def _slot(order: Order, asked: Registration, at: datetime) -> Refused | None:
    if order.wish_from is None:
        return None
    urgent = order.urgency == Order.Urgency.URGENT
    checks = hours.EMERGENCY if urgent else hours.checks(Order.Coverage.NONE)
    clock, begin = hours.clock_of(order.office_id, at=at), order.wish_from
    ends = begin + slots.length(asked.offer.minutes)
    bar = clock.bar(order.item, begin, ends, checks)
    return hours.refusal(bar, clock, order.item, starts=begin, ends=ends) if bar else None


def lines_of(quote: Quote, rate: PriceLine) -> list[Line]:
    """Return the lines of a quote that was offered, as the caller was told them."""
    kept = (
        QuoteLine(
            LineKind(line["kind"]),
            line["text"],
            line["qty_x100"],
            Money(line["unit_price"]),
            Money(line["amount"]),
        )
        for line in quote.lines
    )
    return [_line(line, rate) for line in kept]


def _line(line: QuoteLine, rate: PriceLine) -> Line:
    if line.kind == LineKind.SURCHARGE:
        return Line(worded(line.text), "", line.amount)
    quantity = {
        "n": written(line.qty_x100),
        "unit": rate.get_unit_display(),
        "price": line.unit_price.shown,
    }
    return Line(worded(line.text), _("%(n)s %(unit)s × %(price)s") % quantity, line.amount)


def _sentence(order: Order, total: Money, prepay: Money, at: datetime) -> str:
    due = deadlines.lapse_at(order, at=at)
    facts = {
        "total": spoken(total),
        "prepay": spoken(prepay),
        "due": formats.stamp(due, at),
    }
    if not prepay:
        return _("共 %(total)s 元，不用预交，做完您确认后结算。") % facts
    whole = _("共 %(total)s 元，先预交，做完按实结算，多退少补。")
    part = _("共 %(total)s 元，先预交 %(prepay)s 元，做完按实结算，多退少补。")
    until = _("请在%(due)s 前交，逾期自动取消。")
    return ((whole if prepay == total else part) + until) % facts


def spoken(amount: Money) -> str:
    """Write an amount as it is said: ``129`` or ``129.5``."""
    yuan, fen = divmod(amount.fen, 100)
    return f"{yuan}.{fen:02d}".rstrip("0") if fen else str(yuan)


def _on_site(line: PriceLine) -> str:
    low, high = line.range_min, line.range_max
    if low is None or high is None:
        return _("这项要师傅看过现场才能报价，看过后再请您确认。")
    text = _("这项要师傅看过现场才能报价，一般在 %(low)s 到 %(high)s 元之间，报价后再请您确认。")
    return text % {"low": spoken(low), "high": spoken(high)}
