from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.lifecycle import Allowed, Step, seek
from teyue.procedure.booking.forms import ReasonForm, VersionedForm
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.refund import forms, operations, queries, steps, worklist
from teyue.procedure.refund.models import Refund
from teyue.web.allowed import next_steps
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest

FORMS: Mapping[str, type[VersionedForm]] = {
    steps.REVIEW.name: forms.ReviewForm,
    steps.REJECT.name: ReasonForm,
    steps.PAY.name: forms.PayForm,
    steps.FAIL.name: ReasonForm,
    steps.RETRY.name: forms.RetryForm,
}
VERBS: Mapping[str, Step] = {
    step.name.partition(".")[2]: step
    for step in (
        *(steps.REVIEW, steps.APPROVE, steps.ENDORSE, steps.COSIGN, steps.REJECT),
        *(steps.PAY, steps.FAIL, steps.RETRY, steps.RECONCILE),
    )
}
DONE = {
    "review": gettext_lazy("已复核"),
    "approve": gettext_lazy("已批准，等收银员付款"),
    "endorse": gettext_lazy("已批准，等财务会签"),
    "cosign": gettext_lazy("已会签，等收银员付款"),
    "reject": gettext_lazy("已驳回，款项留在本单"),
    "pay": gettext_lazy("已付款"),
    "fail": gettext_lazy("已登记付款失败"),
    "retry": gettext_lazy("已更正账户，等收银员再付"),
    "reconcile": gettext_lazy("已对账"),
}
# Saying no is offered last, beside the way on.
ASIDE = ("reject", "fail")


@dataclass(frozen=True, slots=True)
class Panel:
    """One step as the page of a refund offers it: its form, or why it is closed."""

    verb: str
    seen: Allowed
    form: VersionedForm

    @property
    def aside(self) -> bool:
        """Tell whether this is a no, which is offered beside the way on."""
        return self.verb in ASIDE


def payments(request: ActedRequest) -> HttpResponse:
    """Show the cashier what may be paid back."""
    return _queue(request, gettext_lazy("等您付退款"), (steps.PAY,))


def reviews(request: ActedRequest) -> HttpResponse:
    """Show the supervisor what waits for review, and what is within the own limit."""
    wanted = (steps.REVIEW, steps.APPROVE, steps.ENDORSE)
    return _queue(request, gettext_lazy("等您复核退款"), wanted)


def approvals(request: ActedRequest) -> HttpResponse:
    """Show managers what waits for their approval."""
    return _queue(request, gettext_lazy("等您审批退款"), (steps.APPROVE, steps.ENDORSE))


def cosigns(request: ActedRequest) -> HttpResponse:
    """Show finance what it must sign as well."""
    return _queue(request, gettext_lazy("等您会签退款"), (steps.COSIGN, steps.RETRY))


def reconciliations(request: ActedRequest) -> HttpResponse:
    """Show finance the refunds that were paid and not reconciled."""
    return _queue(request, gettext_lazy("等您对账"), (steps.RECONCILE,))


@only_with(orders.READ)
def refunds(request: ActedRequest) -> HttpResponse:
    """List all refunds."""
    page = forms.LIST.page(queries.seen_by(request.actor), request.GET.dict())
    return render(request, "refund/list.html", {"page": page, "states": Refund.State.choices})


@only_with(orders.READ)
def unpaid(request: ActedRequest) -> HttpResponse:
    """List what is owed and not fetched, the oldest first: a liability, never income."""
    states = (Refund.State.APPROVED, Refund.State.FAILED)
    owed = queries.seen_by(request.actor).filter(state__in=states)
    page = forms.LIST.page(owed, {"sort": "oldest", **request.GET.dict()})
    facts = {"page": page, "due": {one.pk: queries.due(one) for one in page.rows}}
    return render(request, "refund/unpaid.html", facts)


def refund(request: ActedRequest, pk: int) -> HttpResponse:
    """Show one refund with the steps that lead on."""
    found = queries.seen_by(request.actor).get(pk=pk)
    return render(request, "refund/refund.html", _facts(request, found))


def take(request: ActedRequest, pk: int, verb: str) -> HttpResponse:
    """Take a step on a refund; its page opens again where something is wrong."""
    step = VERBS[verb]
    found = queries.seen_by(request.actor).get(pk=pk)
    form = _form(step, found, request.POST)
    facts = _facts(request, found, verb, form)

    def work(filled: VersionedForm) -> Refund:
        locked = seek(queries.seen_by(request.actor), pk=pk)
        locked.still(filled.cleaned_data["row_version"])
        return _take(verb, locked, filled, request)

    def show(asked: ActedRequest, done: Refund) -> HttpResponse:
        messages.success(asked, DONE[verb])
        return HttpResponseRedirect(reverse("refund", args=(done.pk,)))

    return fill(request, form, page="refund/refund.html", facts=facts, work=work, show=show)


@only_with(steps.REQUEST.power)
def ask(request: ActedRequest, number: str) -> HttpResponse:
    """Ask for money of an order to go back."""
    order = orders.seen_by(request.actor).get(number=number)
    left = queries.refundable(order)
    form = forms.RequestForm(
        request.POST or None,
        receipts=queries.valid_receipts(order),
        initial={"amount": left, "row_version": order.row_version},
    )
    facts = {"order": order, "left": left}
    if request.method == "GET":
        return render(request, "refund/request.html", {**facts, "form": form})

    def work(filled: forms.RequestForm) -> Refund:
        locked = seek(orders.seen_by(request.actor), number=number)
        locked.still(filled.cleaned_data["row_version"])
        return operations.request(locked, **filled.wish(), actor=request.actor, at=request.at)

    def show(asked: ActedRequest, done: Refund) -> HttpResponse:
        messages.success(asked, _("已申请退款，等客服主管复核"))
        return HttpResponseRedirect(reverse("refund", args=(done.pk,)))

    return fill(request, form, page="refund/request.html", facts=facts, work=work, show=show)


def _queue(request: ActedRequest, title: Any, wanted: tuple[Step, ...]) -> HttpResponse:
    guarded = only_with(*(step.power for step in wanted))
    names = {step.name for step in wanted}

    def view(asked: ActedRequest) -> HttpResponse:
        works = [work for work in worklist.waiting(asked.actor, asked.at) if work.queue in names]
        late = sum(1 for work in works if work.due_at and work.due_at <= asked.at)
        facts = {"works": works, "title": title, "late": late}
        return render(asked, "refund/queue.html", facts)

    return guarded(view)(request)


def _facts(
    request: ActedRequest, found: Refund, verb: str = "", form: VersionedForm | None = None
) -> dict[str, Any]:
    seen = next_steps(found, actor=request.actor, at=request.at)
    panels = [
        _panel(one, found, form if one.step.name == f"refund.{verb}" else None) for one in seen
    ]
    mine = [one for one in panels if request.actor.may(one.seen.step.power, found.office_id)]
    ways = [one for one in mine if one.verb not in ASIDE]
    fitting = [one for one in ways if one.seen.refusal is None] or ways
    return {
        "refund": found,
        "due": queries.due(found),
        "exposure": queries.exposure(found.order, found.payee_id, at=request.at),
        "panels": [*fitting, *(one for one in mine if one.verb in ASIDE)],
        "people": queries.people_of(found),
        "tail": found.payee_account[-4:],
    }


def _panel(seen: Allowed, found: Refund, form: VersionedForm | None) -> Panel:
    verb = seen.step.name.partition(".")[2]
    return Panel(verb, seen, form or _form(seen.step, found, None))


def _form(step: Step, found: Refund, said: Any) -> VersionedForm:
    kind = FORMS.get(step.name, VersionedForm)
    initial = {"row_version": found.row_version}
    return kind(said, initial=initial, auto_id=f"{step.name.partition('.')[2]}-%s")


def _take(verb: str, locked: Refund, filled: VersionedForm, request: ActedRequest) -> Refund:
    if isinstance(filled, forms.PayForm):
        payout = filled.payout(cashier.till_of(request.actor))
        return operations.pay(locked, payout=payout, actor=request.actor, at=request.at)
    said = {name: value for name, value in filled.cleaned_data.items() if name != "row_version"}
    operation: Callable[..., Refund] = OPERATIONS[verb]
    return operation(locked, **said, actor=request.actor, at=request.at)


OPERATIONS: Mapping[str, Callable[..., Refund]] = {
    "review": operations.review,
    "approve": operations.approve,
    "endorse": operations.endorse,
    "cosign": operations.cosign,
    "reject": operations.reject,
    "fail": operations.fail,
    "retry": operations.retry,
    "reconcile": operations.reconcile,
}
