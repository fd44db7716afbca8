"""Steps that are taken in the case file itself: those that ask for a word or two, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teyue.desks.casefile.dossier import Dossier
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Document, Step
from teyue.foundation.pen import KeptQuerySet
from teyue.procedure.booking import forms as booking_forms
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.booking.forms import ReasonForm, VersionedForm
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import forms as cashier_forms
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.models import Method, Receipt
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch import queries as visits
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.refund import forms as refund_forms
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund import queries as refunds
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement import queries as settlements
from teyue.procedure.settlement.facts import Cancellation
from teyue.procedure.settlement.models import Settlement

Said = Mapping[str, Any]
Take = Callable[[Any, Said, Actor, datetime], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """How a step is taken here: on which kind of paper, what is asked, what does it.

    ``ask`` is a question before it is done; ``fits`` tells whether nothing more must be filled in.
    """

    paper: type[Document]
    take: Take
    form: type[VersionedForm] = VersionedForm
    ask: str | Promise = ""
    fits: Callable[[Any], bool] = lambda paper: True


SEEN: Mapping[type[Model], Callable[[Actor], KeptQuerySet[Any]]] = {
    Order: orders.seen_by,
    Visit: visits.seen_by,
    Receipt: till.receipts_seen_by,
    Refund: refunds.seen_by,
    Settlement: settlements.seen_by,
}


def _quote(order: Order, said: Said, actor: Actor, at: datetime) -> object:
    return booking.quote(order, pricing=Pricing(), actor=actor, at=at)


def _quote_on_site(order: Order, said: Said, actor: Actor, at: datetime) -> object:
    pricing = Pricing(on_site_price=said["on_site_price"])
    return booking.quote_on_site(order, pricing=pricing, actor=actor, at=at)


def _cancel(order: Order, said: Said, actor: Actor, at: datetime) -> object:
    return booking.cancel(order, reason=said["reason"], actor=actor, at=at)


def _call_off(order: Order, said: Said, actor: Actor, at: datetime) -> object:
    cancellation = Cancellation(reason=said["reason"])
    return settlement.call_off(order, cancellation=cancellation, actor=actor, at=at)


def _no_show(visit: Visit, said: Said, actor: Actor, at: datetime) -> object:
    return dispatch.report_no_show(visit, note=said["reason"], actor=actor, at=at)


def _told(operation: Callable[..., object], *names: str) -> Take:
    """Return how an operation is taken that is told what was filled in under the same names."""

    def take(paper: Any, said: Said, actor: Actor, at: datetime) -> object:
        return operation(paper, **{name: said[name] for name in names}, actor=actor, at=at)

    return take


def _account_known(asked: Refund) -> bool:
    return asked.method != Method.TRANSFER or bool(asked.payee_account)


_OF_REFUND: dict[str, Inline] = {
    "refund.review": Inline(paper=Refund, take=_told(refund.review), fits=_account_known),
    "refund.approve": Inline(paper=Refund, take=_told(refund.approve)),
    "refund.endorse": Inline(paper=Refund, take=_told(refund.endorse)),
    "refund.cosign": Inline(paper=Refund, take=_told(refund.cosign)),
    "refund.reject": Inline(paper=Refund, take=_told(refund.reject, "reason"), form=ReasonForm),
    "refund.fail": Inline(paper=Refund, take=_told(refund.fail, "reason"), form=ReasonForm),
    "refund.retry": Inline(
        paper=Refund, take=_told(refund.retry, "payee_account"), form=refund_forms.RetryForm
    ),
    "refund.reconcile": Inline(paper=Refund, take=_told(refund.reconcile)),
}
_OF_RECEIPT: dict[str, Inline] = {
    "cashier.request_void": Inline(
        paper=Receipt,
        take=_told(cashier.request_void, "reason", "original_returned"),
        form=cashier_forms.VoidForm,
    ),
    "cashier.void": Inline(
        paper=Receipt,
        take=_told(cashier.void),
        ask=_("作废后这张收据不能恢复。是否作废？"),
    ),
    "cashier.refuse_void": Inline(
        paper=Receipt, take=_told(cashier.refuse_void, "reason"), form=cashier_forms.ReasonForm
    ),
    "cashier.reverse": Inline(
        paper=Receipt, take=_told(cashier.reverse, "reason"), form=cashier_forms.ReasonForm
    ),
}
_OF_SETTLEMENT: dict[str, Inline] = {
    "settlement.request_reversal": Inline(
        paper=Settlement, take=_told(settlement.request_reversal, "reason"), form=ReasonForm
    ),
    "settlement.reverse": Inline(
        paper=Settlement,
        take=_told(settlement.reverse),
        ask=_("冲销后订单回到待结算。是否冲销？"),
    ),
    "settlement.decline_reversal": Inline(
        paper=Settlement, take=_told(settlement.decline_reversal, "reason"), form=ReasonForm
    ),
}
INLINE: Mapping[str, Inline] = {
    "booking.quote": Inline(paper=Order, take=_quote),
    "booking.quote_on_site": Inline(
        paper=Order, take=_quote_on_site, form=booking_forms.SiteQuoteForm
    ),
    "booking.cancel": Inline(
        paper=Order, take=_cancel, form=ReasonForm, ask=_("取消后预约时段让出。是否取消？")
    ),
    "settlement.call_off": Inline(
        paper=Order,
        take=_call_off,
        form=ReasonForm,
        ask=_("取消后预约时段让出，已收款项全部转退款。是否取消？"),
    ),
    **_OF_SETTLEMENT,
    "dispatch.withdraw": Inline(
        paper=Visit, take=_told(dispatch.withdraw, "reason"), form=ReasonForm
    ),
    "dispatch.report_no_show": Inline(paper=Visit, take=_no_show, form=ReasonForm),
    **_OF_REFUND,
    **_OF_RECEIPT,
}


def papers_of(order: Order, kind: type[Document], actor: Actor) -> KeptQuerySet[Any]:
    """Return the papers of one kind that belong to an order and may be seen."""
    seen = SEEN[kind](actor)
    return seen.filter(pk=order.pk) if kind is Order else seen.filter(order=order)


def inline_of(step: Step, paper: Document, dossier: Dossier) -> Inline | None:
    """Return how a step on a paper is taken in the case file, None where it has a page."""
    known = INLINE.get(step.name) if dossier.whole else None
    fits = known is not None and isinstance(paper, known.paper) and known.fits(paper)
    return known if fits else None
