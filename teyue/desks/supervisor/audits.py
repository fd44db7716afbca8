from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from teyue.foundation.files.models import Attachment
from teyue.foundation.lifecycle import seek
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.foundation.work import Work
from teyue.procedure.audit import operations, queries, steps
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import CHECKS, Audit
from teyue.procedure.audit.worklist import work_of
from teyue.procedure.booking.forms import VersionedForm, written
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as till
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service.forms import lines_of
from teyue.procedure.service.models import Change, Record
from teyue.procedure.service.queries import files, records
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

PAGE = "supervisor/audit.html"
MOST = 200
PDF = "application/pdf"
SHOWN = (files.PHOTO.code, files.INVOICE.code, files.PAPER.code)


class FindingsForm(VersionedForm):
    """Six ticks and a comment, bound to the content that was looked at."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    checks = forms.MultipleChoiceField(
        label=gettext_lazy("核对"), choices=list(CHECKS.items()), required=False
    )
    comment = forms.CharField(
        label=gettext_lazy("审核意见"),
        max_length=200,
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": gettext_lazy("退回时必填，会给服务人员看")}
        ),
    )
    verdict = forms.ChoiceField(
        choices=[("pass", ""), ("back", ""), ("readmit", "")], required=False
    )

    def findings(self) -> Findings:
        """Return what was found."""
        said = self.cleaned_data
        return Findings(
            digest=said["digest"],
            checks=dict.fromkeys(said["checks"], True),
            comment=said["comment"],
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A record in the audit queue, with the money of its order."""

    record: Record
    work: Work
    prepaid: Money
    actual: Money

    @property
    def difference(self) -> Money:
        """Return what is to be paid on top of all records, or given back when negative."""
        return self.actual - self.prepaid


@require_GET
def audits(request: ActedRequest) -> HttpResponse:
    """Show what waits for the audit, the soonest due first."""
    _may_look(request)
    found = queries.waiting(request.actor).prefetch_related("confirmations", "order__quotes")
    weighed: Any = found.annotate(held=till.holding("order_id"), whole=records.charging("order"))
    rows = [
        Row(one, work_of(one, actor=request.actor, at=request.at), one.held or NOTHING, one.whole)
        for one in weighed[:MOST]
    ]
    late = sum(bool(row.work.due_at and row.work.due_at <= request.at) for row in rows)
    facts = {"rows": rows, "late": late, "mine": request.actor.may_somewhere(steps.APPROVE.power)}
    return render(request, "supervisor/audits.html", facts)


@require_http_methods(["GET", "POST"])
def audit(request: ActedRequest, number: str) -> HttpResponse:
    """Show everything side by side, and pass the record or send it back."""
    _may_look(request)
    record = _named(request, number)
    form = FindingsForm(request.POST or None, initial={"row_version": record.row_version})
    facts = _facts(request, record)
    if request.method == "GET":
        return render(request, PAGE, {**facts, "form": form})

    def work(filled: FindingsForm) -> Record:
        locked = seek(records.seen_by(request.actor), pk=record.pk)
        locked.still(filled.cleaned_data["row_version"])
        take = {"back": operations.send_back, "readmit": operations.readmit}
        verdict = filled.cleaned_data["verdict"] or "pass"
        act = take.get(verdict, operations.approve)
        act(locked, findings=filled.findings(), actor=request.actor, at=request.at)
        return locked

    return fill(request, form, page=PAGE, facts=facts, work=work, show=_on)


def _facts(request: ActedRequest, record: Record) -> dict[str, Any]:
    order = record.order
    blank = Audit(record=record, order=order, office_id=record.office_id)
    who, at = request.actor, request.at
    stored = list(files.files_of(record.visit))
    held = till.held(order)
    others = records.others_of(record)
    whole = record.amount + total(one.amount for one in others)
    return {
        "record": record,
        "order": order,
        "visit": record.visit,
        "much": written(order.qty_x100),
        "done": written(record.qty_x100),
        "unit": order.line.get_unit_display(),
        "lines": lines_of(record.lines),
        "quoted": _quoted(order),
        "changes": [(one, lines_of(one.lines)) for one in _changes(record)],
        "others": others,
        "whole": whole,
        "points": [
            (point_text(one), record.checklist.get(str(one["no"]), False))
            for one in order.standard.steps
        ],
        "pictures": [one for one in stored if one.kind in SHOWN and one.media_type != PDF],
        "papers": [one for one in stored if one.media_type == PDF],
        "word": records.latest_word(record),
        "signature": _signature(record, stored),
        "checks": CHECKS.items(),
        "held": held,
        "difference": whole - held,
        "audits": list(queries.audits_of(order).filter(record=record)),
        "pass_refusal": steps.APPROVE.objection(blank, actor=who, at=at),
        "back_refusal": steps.SEND_BACK.objection(record, actor=who, at=at),
        "readmit_refusal": steps.READMIT.objection(record, actor=who, at=at),
        "is_open": record.state == Record.State.CONFIRMED and not queries.has_passed(record),
        "is_returned": record.state == Record.State.RECORDED,
    }


def _changes(record: Record) -> Any:
    return Change.objects.filter(visit=record.visit_id).order_by("pk")


def _quoted(order: Order) -> Any:
    quote = next((one for one in order.quotes.order_by("-no") if one.state == "accepted"), None)
    return (quote, lines_of(quote.lines)) if quote else None


def _signature(record: Record, stored: list[Attachment]) -> int | None:
    word = records.latest_word(record)
    drawn = files.signature_among(stored, word.evidence) if word else None
    return drawn.pk if drawn else None


def _named(request: ActedRequest, number: str) -> Record:
    """Return a record by its number, or of the order with that number what waits, else the last."""
    named = records.seen_by(request.actor).filter(Q(number=number) | Q(order__number=number))
    waiting = queries.waiting(request.actor).filter(pk__in=named.values("pk")).first()
    return waiting or named.latest("pk")


def _may_look(request: ActedRequest) -> None:
    if not request.actor.may_somewhere(orders.READ):
        raise Refused("no_power", _("审核由客服中心主管办理。"))


def _on(request: ActedRequest, record: Record) -> HttpResponse:
    words = {"room": record.order.household.label}
    messages.success(request, _done(record) % words)
    return redirect("audits")


def _done(record: Record) -> str:
    if record.state == Record.State.RECORDED:
        return _("%(room)s 已退回，服务人员会看到原因")
    if record.order.standing == Standing.TO_SETTLE:
        return _("%(room)s 已审核通过，转收银员结算")
    if queries.has_passed(record):
        return _("%(room)s 这次上门已审核通过，请继续审核本单其他各次上门")
    return _("%(room)s 已重新送审")
