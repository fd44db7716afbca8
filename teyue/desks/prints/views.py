from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from teyue.desks.prints import finding, operations, receipts
from teyue.desks.prints.sheets.heads import Printer
from teyue.foundation.lifecycle import Document
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier.models import Receipt
from teyue.web.context import office_of
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
        return redirect(f"{reverse('receipt', args=(number,))}#reprint")


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


def _remember(paper: Document, request: ActedRequest) -> None:
    if not isinstance(paper, Receipt):
        operations.remember(paper, actor=request.actor, at=request.at)


def _answer(content: bytes, number: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{number}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
