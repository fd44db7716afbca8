from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from teyue.procedure.booking.forms import VersionedForm
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import forms, operations, queries, steps
from teyue.procedure.cashier.models import Transfer
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest

PAGE = "cashier/transfer.html"
POWERS = (steps.REQUEST_TRANSFER.power, steps.APPROVE_TRANSFER.power)


@only_with(*POWERS, queries.READ)
def transfer(request: ActedRequest, number: str) -> HttpResponse:
    """Ask for the money of an order to be moved, or show what was asked (E-02, E-25)."""
    order = orders.seen_by(request.actor).get(number=number)
    form = forms.TransferForm(request.POST or None, receipts=queries.movable(order))
    facts = _facts(request, order)
    if request.method == "GET":
        return render(request, PAGE, {**facts, "form": form})

    def work(filled: forms.TransferForm) -> Transfer:
        seen = orders.seen_by(request.actor)
        target = seen.get(number=filled.cleaned_data["target"])
        return operations.request_transfer(
            seen.get(number=number),
            transferring=filled.transferring(target),
            actor=request.actor,
            at=request.at,
        )

    def show(asked: ActedRequest, done: Transfer) -> HttpResponse:
        messages.success(asked, _("已申请转移，等财务批准"))
        return HttpResponseRedirect(reverse("transfer", args=(number,)))

    return fill(request, form, page=PAGE, facts=facts, work=work, show=show)


@only_with(steps.APPROVE_TRANSFER.power)
def approve(request: ActedRequest, number: str) -> HttpResponse:
    """Move the money and issue the receipts in place of the old ones."""

    def work(filled: VersionedForm) -> Transfer:
        locked = operations.sought_transfer(request.actor, number)
        locked.still(filled.cleaned_data["row_version"])
        return operations.approve_transfer(locked, actor=request.actor, at=request.at)

    form = VersionedForm(request.POST)
    return _decide(request, number, form, work, _("已转移，收据已换开"))


@only_with(steps.REJECT_TRANSFER.power)
def reject(request: ActedRequest, number: str) -> HttpResponse:
    """Leave the money where it is."""

    def work(filled: forms.ReasonForm) -> Transfer:
        locked = operations.sought_transfer(request.actor, number)
        locked.still(filled.cleaned_data["row_version"])
        reason = filled.cleaned_data["reason"]
        return operations.reject_transfer(locked, reason=reason, actor=request.actor, at=request.at)

    form = forms.ReasonForm(request.POST)
    return _decide(request, number, form, work, _("已驳回，款项留在原单"))


def _decide(request: ActedRequest, number: str, form: Any, work: Any, said: str) -> HttpResponse:
    order = orders.seen_by(request.actor).get(number=number)

    def show(asked: ActedRequest, done: Transfer) -> HttpResponse:
        messages.success(asked, said)
        return HttpResponseRedirect(reverse("transfer", args=(number,)))

    facts = _facts(request, order)
    return fill(request, form, page=PAGE, facts=facts, work=work, show=show)


def _facts(request: ActedRequest, order: Order) -> dict[str, Any]:
    actor, at = request.actor, request.at
    last = queries.transfers_seen_by(actor).filter(order=order).order_by("-pk").first()
    blank = Transfer(order=order, office=order.office)
    open_one = last if last and last.state == Transfer.State.REQUESTED else None
    return {
        "order": order,
        "held": queries.held(order),
        "last": last,
        "open": open_one,
        "may_ask": steps.REQUEST_TRANSFER.objection(blank, actor=actor, at=at),
        "may_approve": open_one and steps.APPROVE_TRANSFER.objection(open_one, actor=actor, at=at),
        "decides": actor.may(steps.APPROVE_TRANSFER.power, order.office_id),
    }
