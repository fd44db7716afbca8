from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from teyue.foundation.lifecycle import seek
from teyue.foundation.money import MoneyInput
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import VersionedForm
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as till
from teyue.procedure.dispute import operations, queries, steps
from teyue.procedure.dispute.facts import Decision
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service import operations as service
from teyue.procedure.service import steps as serving
from teyue.procedure.service.facts import Word
from teyue.procedure.service.forms import lines_of
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries import files, records
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

PAGE, OPEN = "supervisor/dispute.html", "supervisor/open_dispute.html"
INSTEAD = "supervisor/instead.html"


class DecisionForm(VersionedForm):
    """How a dispute ends (O17)."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("处理结果"), choices=Dispute.Outcome.choices, widget=forms.RadioSelect
    )
    agreed_amount = MoneyInput(label=gettext_lazy("商定金额"), required=False)
    text = forms.CharField(
        label=gettext_lazy("处理决定"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    household_agreed = forms.BooleanField(label=gettext_lazy("住户书面同意"), required=False)
    evidence = forms.CharField(label=gettext_lazy("同意书编号"), max_length=120, required=False)

    def decision(self) -> Decision:
        """Return what was decided."""
        said = self.cleaned_data
        return Decision(
            outcome=Dispute.Outcome(said["outcome"]),
            text=said["text"],
            agreed_amount=said["agreed_amount"],
            household_agreed=said["household_agreed"],
            evidence=said["evidence"],
        )


class WordsForm(VersionedForm):
    """The owner's own words."""

    words = forms.CharField(
        label=gettext_lazy("住户原话"), max_length=400, widget=forms.Textarea(attrs={"rows": 4})
    )


class EvidenceForm(VersionedForm):
    """What stands for an owner who cannot be reached."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    evidence = forms.CharField(label=gettext_lazy("客观证据"), max_length=120)


@require_GET
def disputes(request: ActedRequest) -> HttpResponse:
    """Show the disputes that wait for a decision, the oldest first, and the last decided."""
    if not request.actor.may_somewhere(orders.READ):
        raise Refused("no_power", _("争议由客服中心主管和管理处经理办理。"))
    waiting = [
        (one, steps.RESOLVE.objection(one, actor=request.actor, at=request.at))
        for one in queries.waiting(request.actor)
    ]
    ended = queries.seen_by(request.actor).filter(state=Dispute.State.RESOLVED)
    facts = {"waiting": waiting, "ended": ended.order_by("-decided_at")[:20]}
    return render(request, "supervisor/disputes.html", facts)


@require_http_methods(["GET", "POST"])
def dispute(request: ActedRequest, pk: int) -> HttpResponse:
    """Show a dispute beside the record, and decide it."""
    known = queries.seen_by(request.actor).get(pk=pk)
    form = DecisionForm(request.POST or None, initial={"row_version": known.row_version})
    facts = {
        **_beside(known.record),
        "dispute": known,
        "refusal_now": steps.RESOLVE.objection(known, actor=request.actor, at=request.at),
        "is_open": known.state == Dispute.State.OPEN,
    }
    if request.method == "GET":
        return render(request, PAGE, {**facts, "form": form})

    def work(filled: DecisionForm) -> Dispute:
        locked = seek(queries.seen_by(request.actor), pk=pk)
        locked.still(filled.cleaned_data["row_version"])
        decision = filled.decision()
        return operations.resolve(locked, decision=decision, actor=request.actor, at=request.at)

    return fill(request, form, page=PAGE, facts=facts, work=work, show=_decided)


@require_http_methods(["GET", "POST"])
def open_dispute(request: ActedRequest, number: str) -> HttpResponse:
    """Write down, for an owner on the telephone, why the owner does not confirm (O12)."""
    record = records.seen_by(request.actor).filter(order__number=number).latest("pk")
    form = WordsForm(request.POST or None, initial={"row_version": record.row_version})
    facts = _beside(record)
    if request.method == "GET":
        return render(request, OPEN, {**facts, "form": form})

    def work(filled: WordsForm) -> Dispute:
        locked = seek(records.seen_by(request.actor), pk=record.pk)
        locked.still(filled.cleaned_data["row_version"])
        words = filled.cleaned_data["words"]
        return operations.open(locked, words=words, actor=request.actor, at=request.at)

    return fill(request, form, page=OPEN, facts=facts, work=work, show=_opened)


@require_http_methods(["GET", "POST"])
def instead(request: ActedRequest, number: str) -> HttpResponse:
    """Confirm on objective evidence for an owner who cannot be reached (O11, E-14)."""
    record = records.seen_by(request.actor).get(number=number)
    form = EvidenceForm(request.POST or None, initial={"row_version": record.row_version})
    step = serving.CONFIRM_ALTERNATIVELY
    facts = {
        **_beside(record),
        "refusal_now": step.objection(record, actor=request.actor, at=request.at),
    }
    if request.method == "GET":
        return render(request, INSTEAD, {**facts, "form": form})

    def work(filled: EvidenceForm) -> Record:
        locked = seek(records.seen_by(request.actor), pk=record.pk)
        locked.still(filled.cleaned_data["row_version"])
        word = Word(
            digest=filled.cleaned_data["digest"],
            method=Confirmation.Method.EVIDENCE,
            member=None,
            evidence=filled.cleaned_data["evidence"],
        )
        return service.confirm_alternatively(locked, word=word, actor=request.actor, at=request.at)

    return fill(request, form, page=INSTEAD, facts=facts, work=work, show=_confirmed)


def _beside(record: Record) -> dict[str, Any]:
    order = record.order
    return {
        "record": record,
        "order": order,
        "visit": record.visit,
        "lines": lines_of(record.lines),
        "held": till.held(order),
        "points": [
            (point_text(one), record.checklist.get(str(one["no"]), False))
            for one in order.standard.steps
        ],
        "pictures": [
            one
            for one in files.files_of(record.visit)
            if one.kind == files.PHOTO.code and one.media_type.startswith("image/")
        ],
    }


def _decided(request: ActedRequest, known: Dispute) -> HttpResponse:
    words = {"room": known.order.household.label, "outcome": known.get_outcome_display()}
    messages.success(request, _("%(room)s 争议已处理：%(outcome)s") % words)
    return redirect("disputes")


def _opened(request: ActedRequest, known: Dispute) -> HttpResponse:
    messages.success(request, _("已如实记下，等管理处经理处理"))
    return redirect("dispute", pk=known.pk)


def _confirmed(request: ActedRequest, record: Record) -> HttpResponse:
    messages.success(request, _("已替代确认，转客服中心主管审核"))
    return redirect("disputes")
