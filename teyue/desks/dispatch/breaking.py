"""Ending a service before all was done: in the middle of a visit, or after one of several."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from teyue.foundation.lifecycle import seek
from teyue.foundation.money import Money
from teyue.procedure.booking.facts import hundredths
from teyue.procedure.booking.forms import VersionedForm, written
from teyue.procedure.dispatch import queries
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import operations, steps
from teyue.procedure.service.facts import Broken, Cause, Ending, Report
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import amounts, files, records
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

PAGE, DUE = "dispatch/terminate.html", "dispatch/_due.html"
CONCLUDE = "dispatch/conclude.html"
CAUSES = (
    (Cause.COMPANY, gettext_lazy("我方原因：按约定总价乘完成比例收")),
    (Cause.HOUSEHOLD, gettext_lazy("住户原因：已做部分按价目收，不超过约定总价")),
)


ENDINGS = (
    (Cause.DONE, gettext_lazy("其实已经全部做完：按已确认的金额收")),
    (Cause.HOUSEHOLD, gettext_lazy("住户不再需要：已确认的照收")),
    (Cause.COMPANY, gettext_lazy("我方做不下去：最多按约定总价乘完成比例收")),
)


class DoneField(forms.CharField):
    """How much of a service was done; nothing at all is an answer."""

    def clean(self, value: str | None) -> int:
        typed: str = super().clean(value)
        try:
            return 0 if typed.strip("0.") == "" else hundredths(typed)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class BreakForm(VersionedForm):
    """What was done before a service was broken off (O22, E-16)."""

    cause = forms.ChoiceField(
        label=gettext_lazy("因为谁"),
        choices=CAUSES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请您选择是谁的原因，费用按此计算。")},
    )
    done = DoneField(label=gettext_lazy("已完成数量"), max_length=12)
    minutes = forms.IntegerField(label=gettext_lazy("用时（分钟）"), min_value=0, max_value=10_000)
    work_done = forms.CharField(
        label=gettext_lazy("做了什么，停在哪里"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    site_cleaned = forms.BooleanField(label=gettext_lazy("工完场清"), required=False)
    remarks = forms.CharField(label=gettext_lazy("备注"), max_length=200, required=False)

    def broken(self, photos: tuple[int, ...]) -> Broken:
        """Return what is to be written down."""
        said = self.cleaned_data
        same = ("work_done", "minutes", "site_cleaned", "remarks")
        report = Report(**{name: said[name] for name in same}, qty_x100=said["done"], photos=photos)
        return Broken(cause=Cause(said["cause"]), done_x100=said["done"], report=report)


class EndingForm(VersionedForm):
    """Why nobody comes again although another visit was planned (O22)."""

    cause = forms.ChoiceField(
        label=gettext_lazy("为什么不再上门"),
        choices=ENDINGS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请您选择不再上门的原因，费用按此计算。")},
    )
    reason = forms.CharField(label=gettext_lazy("说明"), max_length=200)

    def ending(self) -> Ending:
        """Return what was decided."""
        said = self.cleaned_data
        return Ending(cause=Cause(said["cause"]), reason=said["reason"])


@require_http_methods(["GET", "POST"])
def terminate(request: ActedRequest, number: str) -> HttpResponse:
    """Break a service off and record what was done of it (O22, E-16)."""
    visit = queries.seen_by(request.actor).get(number=number)
    if request.method == "GET" and request.htmx:
        return render(request, DUE, {"due": _due(visit, BreakForm(request.GET))})
    form = BreakForm(request.POST or None, initial=_first(visit, request))
    facts = _facts(request, visit) | {"due": _due(visit, form)}
    if request.method == "GET":
        return render(request, PAGE, {**facts, "form": form})

    def work(filled: BreakForm) -> Record:
        locked = seek(queries.seen_by(request.actor), number=number)
        locked.still(filled.cleaned_data["row_version"])
        lying = files.files_of(locked).filter(kind=files.PHOTO.code).values_list("pk", flat=True)
        broken = filled.broken(tuple(lying))
        return operations.terminate(locked, broken=broken, actor=request.actor, at=request.at)

    return fill(request, form, page=PAGE, facts=facts, work=work, show=_shown)


@require_http_methods(["GET", "POST"])
def conclude(request: ActedRequest, number: str) -> HttpResponse:
    """Give up the visits that were still planned; the owner is asked anew (O22)."""
    record = records.seen_by(request.actor).get(number=number)
    form = EndingForm(request.POST or None, initial={"row_version": record.row_version})
    facts = {
        "record": record,
        "order": record.order,
        "records": list(records.records_of(record.order)),
        "refusal_now": steps.CONCLUDE.objection(record, actor=request.actor, at=request.at),
    }
    if request.method == "GET":
        return render(request, CONCLUDE, {**facts, "form": form})

    def work(filled: EndingForm) -> Record:
        locked = seek(records.seen_by(request.actor), number=number)
        locked.still(filled.cleaned_data["row_version"])
        return operations.conclude(
            locked, ending=filled.ending(), actor=request.actor, at=request.at
        )

    return fill(request, form, page=CONCLUDE, facts=facts, work=work, show=_concluded)


def _due(visit: Visit, form: BreakForm) -> Money | None:
    """Return what a part comes to (C-05a), None while it is not known how much was done."""
    form.is_valid()
    said = form.cleaned_data if form.is_bound else {}
    if "done" not in said or "cause" not in said or said["done"] >= visit.order.qty_x100:
        return None
    part = Record(
        visit=visit,
        order=visit.order,
        office=visit.office,
        partial_cause=said["cause"],
        done_x100=said["done"],
        qty_x100=said["done"],
        minutes=said.get("minutes") or 0,
    )
    return amounts.charged(part, (), list(records.records_of(visit.order))).total


def _first(visit: Visit, request: ActedRequest) -> dict[str, Any]:
    begun = visit.started_at or request.at
    return {
        "row_version": visit.row_version,
        "minutes": max(int((request.at - begun).total_seconds() // 60), 0),
    }


def _facts(request: ActedRequest, visit: Visit) -> dict[str, Any]:
    order, who, at = visit.order, request.actor, request.at
    blank = Record(visit=visit, order=order, office=visit.office)
    closed = steps.FINISH.objection(visit, actor=who, at=at)
    return {
        "visit": visit,
        "order": order,
        "much": written(order.qty_x100),
        "unit": order.line.get_unit_display(),
        "refusal_now": steps.TERMINATE.objection(blank, actor=who, at=at) or closed,
    }


def _shown(request: ActedRequest, record: Record) -> HttpResponse:
    words = {"amount": record.amount.shown}
    messages.success(request, _("已终止，已做部分 %(amount)s，等业主确认") % words)
    return redirect("case", number=record.order.number)


def _concluded(request: ActedRequest, record: Record) -> HttpResponse:
    messages.success(request, _("已登记不再上门，等业主重新确认"))
    return redirect("case", number=record.order.number)
