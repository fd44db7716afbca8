from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.resident import deeds
from teyue.desks.resident.deeds import Said
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import written
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service.forms import WordForm, lines_of
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries import links, records
from teyue.web.acts import act
from teyue.web.filling import fill
from teyue.web.people import ActedRequest
from teyue.web.throttle import count_failure, refuse_guessing

PAGE = "resident/confirm.html"


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def confirm(request: ActedRequest, token: str) -> HttpResponse:
    """Show what was done and what it costs, and take the owner's word (O10)."""
    record = _named(request, token)
    # The code stands on a receipt, which an emergency that is not paid yet does not have.
    methods = Confirmation.Method
    method = methods.DEVICE if record.order.in_arrears else methods.CODE
    form = WordForm(request.POST or None, initial={"method": method})
    facts = {**_shown(record), "token": token}
    if request.method == "GET" or record.state != Record.State.RECORDED:
        return render(request, PAGE, {**facts, "form": form})

    def work(filled: WordForm) -> Record:
        said = dict(filled.cleaned_data)
        said["method"] = Confirmation.Method(said["method"])
        said.pop("row_version")
        return deeds.confirm(token, Said(**said), at=request.at)

    return fill(request, form, page=PAGE, facts=facts, work=work, show=_thanked)


@login_not_required
@require_POST
def refuse(request: ActedRequest, token: str) -> HttpResponse:
    """Say in the owner's own words why not; a dispute is opened (O12)."""
    record = _named(request, token)
    words = request.POST.get("words", "")

    def work() -> Dispute:
        return deeds.refuse(token, words, at=request.at)

    def show(asked: ActedRequest, dispute: Dispute) -> HttpResponse:
        return redirect("resident-confirm", token=token)

    try:
        return act(request, work, show=show, status=200)
    except Refused as refusal:
        facts = {**_shown(record), "token": token, "refusal": refusal, "form": WordForm()}
        return render(request, PAGE, {**facts, "words": words}, status=422)


@require_GET
def own(request: ActedRequest, number: str) -> HttpResponse:
    """Lead somebody who is signed in to the page of the own record."""
    at_home = records.seen_by(request.actor)
    at_home = at_home.filter(order__household__in=request.actor.tied("household"))
    record = at_home.get(number=number)
    return redirect("resident-confirm", token=links.token_of(record, at=request.at))


def _named(request: ActedRequest, token: str) -> Record:
    refuse_guessing(request)
    try:
        return links.named_by(token, at=request.at).get()
    except Record.DoesNotExist:
        count_failure(request)
        raise Http404 from None


def _shown(record: Record) -> dict[str, Any]:
    order = record.order
    word = records.latest_word(record)
    return {
        "record": record,
        "order": order,
        "visit": record.visit,
        "word": word,
        "much": written(record.qty_x100),
        "points": [
            (point_text(one), record.checklist.get(str(one["no"]), False))
            for one in order.standard.steps
        ],
        "lines": lines_of(record.lines),
        "members": list(records.confirmers(order).order_by("-is_primary", "pk")),
    }


def _thanked(request: ActedRequest, record: Record) -> HttpResponse:
    return redirect(request.path)
