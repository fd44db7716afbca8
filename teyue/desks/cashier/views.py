from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from teyue.desks.cashier import desk
from teyue.desks.cashier.desk import Due
from teyue.desks.cashier.idle import idle
from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations, queries
from teyue.procedure.cashier import steps as till_steps
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.forms import PaymentForm, change, ways
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.cashier.steps import objections
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch import queries as visits
from teyue.procedure.settlement import operations as settlement
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest

PAGE = "till/till.html"
POWERS = (till_steps.RECEIVE.power, queries.READ)


@only_with(*POWERS)
def till(request: ActedRequest) -> HttpResponse:
    """Show the queue, and the receipt that was just issued; one match of a search opens itself."""
    typed = request.GET.get("q", "").strip()
    looked = desk.look(request.actor, typed=typed)
    if typed and len(looked.queue) == 1:
        return HttpResponseRedirect(looked.queue[0].url)
    done = request.GET.get("receipt", "")
    facts: dict[str, Any] = {"desk": looked, "typed": typed, "mine": _may_take(request)}
    if done:
        receipt = queries.receipts_seen_by(request.actor).get(number=done)
        facts |= {"receipt": receipt, "change": change(receipt)}
    return render(request, PAGE, facts)


@only_with(*POWERS)
def window(request: ActedRequest, number: str) -> HttpResponse:
    """Receive what is due for an order at the window: a prepayment or deposit (O5), or what an
    emergency (E-18) or a cancellation (C-05b) left owing; or say why nothing is."""
    order = _order(request, number)
    form = PaymentForm(request.POST or None)
    if request.method == "GET":
        due = desk.found(order)
        if due is not None and due.url != request.path:
            return HttpResponseRedirect(due.url)
        return render(request, PAGE, {**_facts(request, number), "form": form})

    def work(filled: PaymentForm) -> Receipt:
        locked = seek(queries.with_held(orders.seen_by(request.actor)), number=number)
        due = desk.expected(locked)
        locked.still(filled.cleaned_data["row_version"])
        payment = filled.payment(due.amount, due.purpose)
        return _redeemed(request, locked, payment) if due.arrears else _paid(request, due, payment)

    # Read when the page is shown: after a refusal it tells how things stand then.
    facts: Any = SimpleLazyObject(partial(_facts, request, number))
    return fill(request, form, page=PAGE, facts=facts, work=work, show=_received)


def _paid(request: ActedRequest, due: Due, payment: Payment) -> Receipt:
    shift = operations.till_of(request.actor)
    return operations.receive(
        due.order, payment=payment, shift=shift, actor=request.actor, at=request.at
    )


def _redeemed(request: ActedRequest, order: Order, payment: Payment) -> Receipt:
    shift, actor, at = operations.till_of(request.actor), request.actor, request.at
    if not visits.unpaid_override(order).exists():
        return settlement.collect_fee(order, payment=payment, shift=shift, actor=actor, at=at)
    paper = seek(visits.overrides_seen_by(actor), order=order)
    return dispatch.redeem(paper, payment=payment, shift=shift, actor=actor, at=at)


def _may_take(request: ActedRequest) -> bool:
    """Tell whether this person takes money, or only looks at the till."""
    return request.actor.may_somewhere(till_steps.RECEIVE.power)


def _order(request: ActedRequest, number: str) -> Order:
    return queries.with_held(orders.seen_by(request.actor)).get(number=number)


def _facts(request: ActedRequest, number: str) -> dict[str, Any]:
    looked, order = desk.look(request.actor), _order(request, number)
    due = desk.found(order)
    facts = {"desk": looked, "due": due, "ways": ways(), "mine": _may_take(request)}
    if due is None:
        return facts | {"idle": idle(order), "late": objections.too_late(order)}
    may = desk.closed_to(due, looked, actor=request.actor, at=request.at)
    return facts | {"may": may, "quick": queries.handy_sums(due.amount)}


def _received(request: ActedRequest, receipt: Receipt) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('till')}?receipt={receipt.number}")
