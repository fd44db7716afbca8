from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.forms import VersionedForm
from teyue.procedure.cashier import forms, operations, queries, steps
from teyue.procedure.cashier.models import Method, Printing, Receipt
from teyue.procedure.cashier.steps import objections
from teyue.register.estate.models import Person
from teyue.web.allowed import next_steps
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest


@only_with(queries.READ)
def receipts(request: ActedRequest) -> HttpResponse:
    """List the receipts, newest first."""
    page = forms.RECEIPTS.page(queries.receipts_seen_by(request.actor), request.GET.dict())
    facts = {"page": page, "methods": Method.choices, "today": local_day(request.at).isoformat()}
    return render(request, "cashier/receipts.html", facts)


@only_with(queries.READ)
def reprints(request: ActedRequest) -> HttpResponse:
    """Find a receipt to print again, and show the log of reprints."""
    typed = request.GET.get("q", "").strip()
    seen = queries.receipts_seen_by(request.actor)
    page = forms.RECEIPTS.page(seen, request.GET.dict()) if typed else None
    log = list(queries.reprints(request.actor).order_by("-pk")[:50])
    facts = {"page": page, "log": _named(log), "typed": typed}
    return render(request, "cashier/reprints.html", facts)


@only_with(*(steps.VOID.power, steps.REVERSE.power))
def reversals(request: ActedRequest) -> HttpResponse:
    """Show finance the receipts whose voiding was asked for, and find others to reverse."""
    typed = request.GET.get("q", "").strip()
    seen = queries.receipts_seen_by(request.actor)
    facts = {
        "asked": queries.void_requests(request.actor, at=request.at),
        "transfers": queries.transfer_requests(request.actor),
        "typed": typed,
        "page": forms.RECEIPTS.page(seen, request.GET.dict()) if typed else None,
    }
    return render(request, "cashier/reversals.html", facts)


@only_with(queries.READ)
def receipt(request: ActedRequest, number: str) -> HttpResponse:
    """Show one receipt, with its reprints and what may be done about it."""
    found = queries.receipts_seen_by(request.actor).get(number=number)
    return render(request, "cashier/receipt.html", _of_receipt(request, found))


@only_with(steps.REPRINT.power)
def reprint(request: ActedRequest, number: str) -> HttpResponse:
    """Log a reprint, then show the receipt with its mark."""

    def work(filled: forms.ReasonForm) -> Printing:
        locked = _sought(request, number, filled)
        reason = filled.cleaned_data["reason"]
        return operations.reprint(locked, reason=reason, actor=request.actor, at=request.at)

    def show(asked: ActedRequest, printing: Printing) -> HttpResponse:
        messages.success(asked, _("已登记补打"))
        return HttpResponseRedirect(reverse("receipt", args=(number,)) + f"?n={printing.n}")

    return _fill(request, number, forms.ReasonForm(request.POST), "reprint", work, show)


@only_with(steps.REQUEST_VOID.power)
def request_void(request: ActedRequest, number: str) -> HttpResponse:
    """Ask finance to void a receipt of today."""

    def work(filled: forms.VoidForm) -> Receipt:
        said = filled.cleaned_data
        return operations.request_void(
            _sought(request, number, filled),
            reason=said["reason"],
            original_returned=said["original_returned"],
            actor=request.actor,
            at=request.at,
        )

    show = _told(_("已申请作废，等财务批准"))
    return _fill(request, number, forms.VoidForm(request.POST), "void", work, show)


@only_with(steps.VOID.power)
def void(request: ActedRequest, number: str) -> HttpResponse:
    """Void a receipt of today for the cashier who asked."""

    def work(filled: VersionedForm) -> Receipt:
        locked = _sought(request, number, filled)
        return operations.void(locked, actor=request.actor, at=request.at)

    show = _told(_("已作废，订单重新等待预交"))
    return _fill(request, number, VersionedForm(request.POST), "approve", work, show)


@only_with(steps.REFUSE_VOID.power)
def refuse_void(request: ActedRequest, number: str) -> HttpResponse:
    """Let a receipt stand whose voiding was asked for."""

    def work(filled: forms.ReasonForm) -> Receipt:
        locked = _sought(request, number, filled)
        reason = filled.cleaned_data["reason"]
        return operations.refuse_void(locked, reason=reason, actor=request.actor, at=request.at)

    show = _told(_("收据仍然有效，已告知收银员把原收据还给交款人"))
    return _fill(request, number, forms.ReasonForm(request.POST), "refuse", work, show)


@only_with(steps.REVERSE.power)
def reverse_receipt(request: ActedRequest, number: str) -> HttpResponse:
    """Reverse a receipt of an earlier day."""

    def work(filled: forms.ReasonForm) -> Receipt:
        locked = _sought(request, number, filled)
        reason = filled.cleaned_data["reason"]
        return operations.reverse(locked, reason=reason, actor=request.actor, at=request.at)

    show = _told(_("已红冲，订单重新等待预交"))
    return _fill(request, number, forms.ReasonForm(request.POST), "reverse", work, show)


def _fill(
    request: ActedRequest,
    number: str,
    form: Any,
    part: str,
    work: Callable[[Any], Any],
    show: Callable[[ActedRequest, Any], HttpResponse],
) -> HttpResponse:
    """Take a step on a receipt; its page opens again at the part that was refused."""
    found = queries.receipts_seen_by(request.actor).get(number=number)
    facts = _of_receipt(request, found) | {"part": part}
    return fill(request, form, page="cashier/receipt.html", facts=facts, work=work, show=show)


def _told(text: str) -> Callable[[ActedRequest, Receipt], HttpResponse]:
    def show(request: ActedRequest, done: Receipt) -> HttpResponse:
        messages.success(request, text)
        return HttpResponseRedirect(reverse("receipt", args=(done.number,)))

    return show


def _sought(request: ActedRequest, number: str, filled: VersionedForm) -> Receipt:
    locked = seek(queries.receipts_seen_by(request.actor), number=number)
    locked.still(filled.cleaned_data["row_version"])
    return locked


def _of_receipt(request: ActedRequest, found: Receipt) -> dict[str, Any]:
    seen = next_steps(found, actor=request.actor, at=request.at)
    printings = list(queries.printings_of(found))
    return {
        "receipt": found,
        "change": forms.change(found),
        "may": {one.step.name.partition(".")[2]: one.refusal for one in seen},
        "held": {
            one.step.name.partition(".")[2]
            for one in seen
            if request.actor.may(one.step.power, found.office_id)
        },
        "void": _void(request, found),
        "replacements": list(queries.replacements(found)),
        "transfers": _transferable(request, found),
        "log": _named(printings),
        "just_printed": request.GET.get("n", ""),
    }


def _void(request: ActedRequest, found: Receipt) -> str:
    """Tell whether voiding was asked for and waits, was asked for in vain, or was refused."""
    if found.state != Receipt.State.ISSUED:
        return ""
    if found.void_requested_by is None:
        return "refused" if found.void_refusal else ""
    over = objections.day_is_over(found, request.actor, request.at, None)
    return "lapsed" if over else "waits"


def _transferable(request: ActedRequest, found: Receipt) -> bool:
    """Tell whether this person could ask for the money of a receipt to be moved."""
    if not request.actor.may(steps.REQUEST_TRANSFER.power, found.office_id):
        return False
    return queries.movable(found.order).filter(pk=found.pk).exists()


def _named(log: list[Printing]) -> list[tuple[Printing, str, str]]:
    """Return printings with who printed and which receipt, in two statements."""
    people = dict(Person.objects.filter(pk__in={one.by for one in log}).values_list("pk", "name"))
    ids = {one.document_id for one in log}
    numbers = dict(Receipt.objects.filter(pk__in=ids).values_list("pk", "number"))
    return [(one, people.get(one.by, ""), numbers.get(one.document_id) or "") for one in log]
