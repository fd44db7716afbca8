"""Extra work on the telephone of the household: under a link, or signed in (E-10)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from teyue.desks.resident import deeds
from teyue.desks.resident.deeds import Signed
from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.forms import VersionedForm
from teyue.procedure.booking.models import Quote
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Consent
from teyue.procedure.service.forms import lines_of
from teyue.procedure.service.models import Change
from teyue.procedure.service.queries import links, records
from teyue.web.filling import fill
from teyue.web.people import ActedRequest
from teyue.web.throttle import count_failure, refuse_guessing

LINKED, OWN = "resident/change.html", "resident/my_change.html"
# What stands for a signature when somebody is signed in.
SIGNED_IN = "account"
YES, NO = "accept", "refuse"


class AnswerForm(VersionedForm):
    """Yes or no to extra work."""

    answer = forms.ChoiceField(
        choices=[(YES, YES), (NO, NO)],
        error_messages={"required": gettext_lazy("请您选择同意或不同意。")},
    )
    person = forms.IntegerField(required=False)
    signature = forms.CharField(required=False, max_length=700_000)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def linked(request: ActedRequest, token: str) -> HttpResponse:
    """Show what would be done beyond the quote, and take the answer of who holds the link."""
    change = _named(request, token)
    members = records.confirmers(change.order).order_by("-is_primary", "pk")
    facts = {**_shown(change), "token": token, "members": list(members)}

    def work(filled: AnswerForm) -> Change:
        said = filled.cleaned_data
        if said["answer"] == NO:
            return deeds.refuse_change(token, said["row_version"], at=request.at)
        signed = Signed(**{name: said[name] for name in Signed.__slots__})
        return deeds.accept_change(token, signed, at=request.at)

    return _answer(request, change, LINKED, facts, work)


@require_http_methods(["GET", "POST"])
def own(request: ActedRequest, pk: int) -> HttpResponse:
    """Show the same to a resident who is signed in, whose account stands for a signature."""
    at_home = records.changes_seen_by(request.actor)
    change = at_home.filter(order__household__in=request.actor.tied("household")).get(pk=pk)

    def work(filled: AnswerForm) -> Change:
        locked = seek(records.changes_seen_by(request.actor), pk=pk)
        locked.still(filled.cleaned_data["row_version"])
        if filled.cleaned_data["answer"] == NO:
            return operations.refuse_change(locked, actor=request.actor, at=request.at)
        consent = Consent(method=Quote.Method.CODE, evidence=SIGNED_IN)
        return operations.accept_change(locked, consent=consent, actor=request.actor, at=request.at)

    return _answer(request, change, OWN, _shown(change), work)


def _answer(
    request: ActedRequest, change: Change, page: str, facts: dict[str, Any], work: Any
) -> HttpResponse:
    form = AnswerForm(request.POST or None, initial={"row_version": change.row_version})
    if request.method == "GET" or change.state != Change.State.OFFERED:
        return render(request, page, {**facts, "form": form})
    return fill(request, form, page=page, facts=facts, work=work, show=_thanked)


def _thanked(request: ActedRequest, change: Change) -> HttpResponse:
    accepted = change.state == Change.State.ACCEPTED
    messages.success(request, _("已同意增项") if accepted else _("已答复不同意"))
    return redirect(request.path)


def _shown(change: Change) -> dict[str, Any]:
    return {
        "change": change,
        "order": change.order,
        "visit": change.visit,
        "lines": lines_of(change.lines),
        "most": deeds.most(change),
    }


def _named(request: ActedRequest, token: str) -> Change:
    refuse_guessing(request)
    try:
        return links.change_named_by(token, at=request.at).get()
    except Change.DoesNotExist:
        count_failure(request)
        raise Http404 from None
