from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from teyue.desks.prints import finding, operations, receipts
from teyue.desks.prints.forms import ReprintForm
from teyue.desks.prints.sheets.common import Printer
from teyue.foundation.lifecycle import Document, seek
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries, steps
from teyue.procedure.cashier.models import Printing, Receipt
from teyue.web.context import office_of
from teyue.web.filling import fill
from teyue.web.people import ActedRequest
from teyue.web.prints.engine import render as typeset


@require_GET
def sheet(request: ActedRequest, form: str, number: str) -> HttpResponse:
    """Show a form as PDF; a receipt whose original is out goes on to the reason of a reprint."""
    try:
        return pdf(request, form, number)
    except Refused as refusal:
        if refusal.code != "already_printed" or form != "F-11":
            raise
        return redirect("print-again", number=number)


def pdf(request: ActedRequest, form: str, number: str) -> HttpResponse:
    """Return a form as PDF and remember that it was printed.

    :raises DoesNotExist: for a paper that is not there for this person.
    :raises Refused: ``already_printed``, ``not_counted``.
    """
    printer = Printer(actor=request.actor, at=request.at)
    if form == finding.DAY:
        data = finding.day_of(number, office_of(request.actor), printer)
        return _answer(typeset(form, data), number)
    paper = finding.found(form, number, actor=request.actor)
    if isinstance(paper, Receipt):
        chosen = request.GET.get("n", "")
        turn = receipts.turn_of(paper, chosen=chosen, actor=request.actor, at=request.at)
        printer = Printer(actor=request.actor, at=request.at, reprint=turn)
    data = finding.sheet_of(form, paper, printer)
    _remember(paper, request)
    return _answer(typeset(form, data), number)


@require_http_methods(["GET", "POST"])
def again(request: ActedRequest, number: str) -> HttpResponse:
    """Ask why a receipt is printed again, then print it under the mark of a reprint."""
    receipt = queries.receipts_seen_by(request.actor).get(number=number)
    form = ReprintForm(request.POST or None)
    facts = {
        "receipt": receipt,
        "printings": list(queries.printings_of(receipt)),
        "step_refusal": steps.REPRINT.objection(receipt, actor=request.actor, at=request.at),
    }
    if request.method == "GET":
        return render(request, "prints/again.html", {**facts, "form": form})

    def work(filled: ReprintForm) -> Printing:
        locked = seek(queries.receipts_seen_by(request.actor), number=number)
        reason = filled.cleaned_data["reason"]
        return cashier.reprint(locked, reason=reason, actor=request.actor, at=request.at)

    def show(request: ActedRequest, printing: Printing) -> HttpResponse:
        address = reverse("print", kwargs={"form": "F-11", "number": number})
        return redirect(f"{address}?n={printing.n}")

    page = "prints/again.html"
    return fill(request, form, page=page, facts=facts, work=work, show=show)


def _remember(paper: Document, request: ActedRequest) -> None:
    if not isinstance(paper, Receipt):
        operations.remember(paper, actor=request.actor, at=request.at)


def _answer(content: bytes, number: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{number}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
