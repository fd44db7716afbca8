from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from teyue.desks.cashier import desk
from teyue.desks.cashier.desk import Due
from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations, queries
from teyue.procedure.cashier import steps as till_steps
from teyue.procedure.cashier.forms import PaymentForm, change, ways
from teyue.procedure.cashier.models import Receipt
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
    facts: dict[str, Any] = {"desk": looked, "typed": typed}
    if done:
        receipt = queries.receipts_seen_by(request.actor).get(number=done)
        facts |= {"receipt": receipt, "change": change(receipt)}
    return render(request, PAGE, facts)


@only_with(*POWERS)
def receive(request: ActedRequest, number: str) -> HttpResponse:
    """Receive a prepayment or deposit at the window (O5)."""
    order = _order(request, number)
    due = desk.found(order)
    if due is None or due.arrears:
        return _elsewhere(order, due)
    form = PaymentForm(request.POST or None, initial={"row_version": order.row_version})
    if request.method == "GET":
        return render(request, PAGE, {**_facts(request, due), "form": form})

    def work(filled: PaymentForm) -> Receipt:
        locked = seek(queries.with_held(orders.seen_by(request.actor)), number=number)
        locked.still(filled.cleaned_data["row_version"])
        shift = operations.till_of(request.actor)
        payment = filled.payment(queries.due_now(locked), operations.purpose_of(locked))
        return operations.receive(
            locked, payment=payment, shift=shift, actor=request.actor, at=request.at
        )

    facts = _facts(request, due)
    return fill(request, form, page=PAGE, facts=facts, work=work, show=_received)


@only_with(*POWERS)
def redeem(request: ActedRequest, number: str) -> HttpResponse:
    """Collect what an emergency left unpaid (E-18), or a cancellation left owing (C-05b)."""
    order = _order(request, number)
    due = desk.found(order)
    if due is None or not due.arrears:
        return _elsewhere(order, due)
    form = PaymentForm(request.POST or None, initial={"row_version": order.row_version})
    if request.method == "GET":
        return render(request, PAGE, {**_facts(request, due), "form": form})

    def work(filled: PaymentForm) -> Receipt:
        locked = seek(queries.with_held(orders.seen_by(request.actor)), number=number)
        locked.still(filled.cleaned_data["row_version"])
        payment = filled.payment(queries.due_now(locked), Receipt.Purpose.ARREARS)
        shift, actor, at = operations.till_of(request.actor), request.actor, request.at
        if not visits.unpaid_override(locked).exists():
            return settlement.collect_fee(locked, payment=payment, shift=shift, actor=actor, at=at)
        paper = seek(visits.overrides_seen_by(actor), order=locked)
        return dispatch.redeem(paper, payment=payment, shift=shift, actor=actor, at=at)

    facts = _facts(request, due)
    return fill(request, form, page=PAGE, facts=facts, work=work, show=_received)


def _order(request: ActedRequest, number: str) -> Order:
    return queries.with_held(orders.seen_by(request.actor)).get(number=number)


def _facts(request: ActedRequest, due: Due) -> dict[str, Any]:
    looked = desk.look(request.actor)
    return {
        "desk": looked,
        "due": due,
        "may": desk.closed_to(due, looked, actor=request.actor, at=request.at),
        "ways": ways(),
        "quick": queries.handy_sums(due.amount),
    }


def _elsewhere(order: Order, due: Due | None) -> HttpResponse:
    """Open what is really due for an order; the last receipt when nothing is."""
    if due is not None:
        return HttpResponseRedirect(due.url)
    last = order.receipts.order_by("-pk").first()
    address = reverse("till")
    return HttpResponseRedirect(f"{address}?receipt={last.number}" if last else address)


def _received(request: ActedRequest, receipt: Receipt) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('till')}?receipt={receipt.number}")
