"""The money of one order, from its papers: agreed, changed, due, paid, and who owes whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from teyue.desks.casefile.dossier import Dossier
from teyue.foundation.money import NOTHING, Money, total
from teyue.procedure.booking.models import ENDED, Quote, Standing
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.refund.models import Refund
from teyue.procedure.service.models import Change

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GIVEN_BACK = (Refund.State.PAID, Refund.State.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the summary; ``looks`` is rule, quiet or nothing."""

    label: StrOrPromise
    amount: Money
    looks: str = ""

    @property
    def looks_rule(self) -> bool:
        """Tell whether a rule stands above it."""
        return self.looks == "rule"

    @property
    def looks_quiet(self) -> bool:
        """Tell whether it only explains."""
        return self.looks == "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """The lines, and below them what must change hands."""

    lines: tuple[Line, ...]
    label: StrOrPromise = ""
    amount: Money = NOTHING


def fees(dossier: Dossier) -> Fees:
    """Return what the papers say about the money (C-03, C-04)."""
    label, amount = _outcome(dossier)
    return Fees(lines=tuple(_lines(dossier)), label=label, amount=amount)


def _lines(dossier: Dossier) -> list[Line]:
    lines = []
    if quote := dossier.quote:
        accepted = quote.state == Quote.State.ACCEPTED
        label = _("已接受报价") if accepted else _("报价（未接受）")
        lines.append(Line(label=label, amount=quote.total))
    if changed := _changed(dossier):
        lines.append(Line(label=_("已签增项"), amount=changed))
    if dossier.order.agreed:
        lines.append(Line(label=_("最高可收"), amount=dossier.order.agreed, looks="quiet"))
    if dossier.records:
        lines.append(Line(label=_("实际费用"), amount=_actual(dossier), looks="rule"))
    if dossier.receipts:
        lines.append(Line(label=_("已预交"), amount=-_paid(dossier, before_work=True)))
        if topped := _paid(dossier, before_work=False):
            lines.append(Line(label=_("已补交"), amount=-topped))
    if back := total(one.amount for one in dossier.refunds if one.state in GIVEN_BACK):
        lines.append(Line(label=_("已退还"), amount=back))
    return lines


def _outcome(dossier: Dossier) -> tuple[str, Money]:
    """Say who owes whom, in words and as a sum that is never negative."""
    order, slip = dossier.order, dossier.settlement
    pending = total(one.amount for one in dossier.refunds if one.state in Refund.PENDING)
    if pending:
        return _("应退还住户"), pending
    if order.standing == Standing.CANCELLED and order.in_arrears:
        return _("取消费还欠"), order.required - _paid(dossier, before_work=True)
    if order.standing == Standing.AWAITING_PAYMENT:
        return _("还应预交"), max(order.required - _paid(dossier, before_work=True), NOTHING)
    if slip is not None:
        return _("已结清"), slip.actual
    if dossier.records and order.standing not in ENDED:
        gap = _actual(dossier) - _paid(dossier, before_work=True)
        return (_("住户应退"), -gap) if gap < NOTHING else (_("住户应补"), gap)
    return "", NOTHING


def _actual(dossier: Dossier) -> Money:
    return (
        dossier.settlement.actual
        if dossier.settlement
        else total(record.amount for record in dossier.records)
    )


def _changed(dossier: Dossier) -> Money:
    accepted = (one for one in dossier.changes if one.state == Change.State.ACCEPTED)
    return total(change.delta for change in accepted)


def _paid(dossier: Dossier, *, before_work: bool) -> Money:
    valid = (one for one in dossier.receipts if one.state == Receipt.State.ISSUED)
    topup = Receipt.Purpose.TOPUP
    return total(
        one.amount - one.transferred for one in valid if (one.purpose != topup) == before_work
    )
