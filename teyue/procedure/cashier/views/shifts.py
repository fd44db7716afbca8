from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import seek
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier import forms, operations, queries, steps
from teyue.procedure.cashier.models import FACES, Method, Shift
from teyue.register.parameters.queries import amount
from teyue.web.acts import act
from teyue.web.allowed import next_steps
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest

DAILY = (steps.VERIFY.power, steps.FORCE_CLOSE.power)


@only_with(steps.OPEN_SHIFT.power)
def open_shift(request: ActedRequest) -> HttpResponse:
    """Open a shift with the float that was counted into the drawer."""
    desks = queries.drawers(request.actor)
    form = forms.OpenForm(request.POST or None, drawers=desks, initial={"drawer": desks.first()})
    facts = {"live": queries.live_shifts(request.actor).first()}
    if request.method == "GET":
        return render(request, "cashier/open.html", {**facts, "form": form})

    def work(filled: forms.OpenForm) -> Shift:
        return operations.open_shift(
            filled.cleaned_data["drawer"],
            float_amount=filled.count().total,
            reason=filled.cleaned_data["reason"],
            actor=request.actor,
            at=request.at,
        )

    return fill(request, form, page="cashier/open.html", facts=facts, work=work, show=_to_till)


@only_with(steps.COUNT.power)
def close_shift(request: ActedRequest) -> HttpResponse:
    """Show the own shift: count it blind, then close it."""
    shift = queries.live_shifts(request.actor).first()
    if shift is None:
        last = queries.shifts_seen_by(request.actor).filter(cashier=request.actor.id)
        facts = {"last": last.order_by("-pk").first()}
        return render(request, "cashier/no_shift.html", facts)
    if shift.state == Shift.State.OPEN:
        return _count(request, shift)
    return _close(request, shift)


def _count(request: ActedRequest, shift: Shift) -> HttpResponse:
    form = forms.PiecesForm(request.POST or None, initial={"row_version": shift.row_version})
    undecided = queries.undecided_voids(shift)
    facts = {"shift": shift, "issued": queries.issued(shift), "undecided": undecided}
    if request.method == "GET":
        return render(request, "cashier/count.html", {**facts, "form": form})

    def work(filled: forms.PiecesForm) -> Shift:
        locked = seek(queries.live_shifts(request.actor))
        locked.still(filled.cleaned_data["row_version"])
        return operations.count(locked, counted=filled.count(), actor=request.actor, at=request.at)

    return fill(request, form, page="cashier/count.html", facts=facts, work=work, show=_to_close)


def _close(request: ActedRequest, shift: Shift) -> HttpResponse:
    limit = amount("cash.max_overnight_fen", office=shift.office_id, at=request.at)
    over = max((shift.counted or NOTHING) - shift.float_amount, NOTHING)
    initial = {"row_version": shift.row_version, "banked": over}
    form = forms.CloseForm(request.POST or None, initial=initial)
    undecided = queries.undecided_voids(shift)
    facts = {"shift": shift, "limit": limit, "undecided": undecided}
    facts |= {"pieces": _pieces(shift), **_day(shift)}
    if request.method == "GET":
        return render(request, "cashier/close.html", {**facts, "form": form})

    def work(filled: forms.CloseForm) -> Shift:
        locked = seek(queries.live_shifts(request.actor))
        locked.still(filled.cleaned_data["row_version"])
        return operations.close_shift(
            locked, closing=filled.closing(), actor=request.actor, at=request.at
        )

    return fill(request, form, page="cashier/close.html", facts=facts, work=work, show=_closed)


@only_with(queries.READ)
def shift(request: ActedRequest, number: str) -> HttpResponse:
    """Show one shift, and let finance verify it or close it for its cashier."""
    found = queries.shifts_seen_by(request.actor).get(number=number)
    return render(request, "cashier/shift.html", _of_shift(request, found))


@only_with(steps.VERIFY.power)
def verify(request: ActedRequest, number: str) -> HttpResponse:
    """Verify a day close."""

    def work() -> Shift:
        locked = seek(queries.shifts_seen_by(request.actor), number=number)
        locked.still(_version(request))
        return operations.verify(locked, actor=request.actor, at=request.at)

    def show(asked: ActedRequest, done: Shift) -> HttpResponse:
        messages.success(asked, _("已核对 %(number)s") % {"number": done.number})
        return HttpResponseRedirect(reverse("shift-verifications"))

    return act(request, work, show=show, status=200)


@only_with(steps.FORCE_CLOSE.power)
def force_close(request: ActedRequest, number: str) -> HttpResponse:
    """Close a shift for its cashier, counted by two (E-31)."""
    found = queries.shifts_seen_by(request.actor).get(number=number)
    people = queries.colleagues(found).exclude(pk=request.actor.id)
    initial = {"row_version": found.row_version}
    form = forms.ForceForm(request.POST or None, people=people, initial=initial)
    facts = _of_shift(request, found)
    if request.method == "GET":
        return render(request, "cashier/force.html", {**facts, "form": form})

    def work(filled: forms.ForceForm) -> Shift:
        locked = seek(queries.shifts_seen_by(request.actor), number=number)
        locked.still(filled.cleaned_data["row_version"])
        return operations.force_close(
            locked,
            counted=filled.count(),
            witness=filled.cleaned_data["witness"].pk,
            reason=filled.cleaned_data["reason"],
            actor=request.actor,
            at=request.at,
        )

    return fill(request, form, page="cashier/force.html", facts=facts, work=work, show=_closed)


@only_with(*DAILY)
def verifications(request: ActedRequest) -> HttpResponse:
    """Show finance the closed shifts to verify, and those that nobody closed."""
    closed = queries.shifts_seen_by(request.actor).filter(state=Shift.State.CLOSED)
    today = local_day(request.at)
    facts = {
        "shifts": closed.order_by("closed_at", "pk"),
        "left_open": queries.left_open(request.actor, before=today),
        "report": amount("cash.variance_report_fen", office=None, at=request.at),
    }
    return render(request, "cashier/verifications.html", facts)


@only_with(queries.READ)
def remittances(request: ActedRequest) -> HttpResponse:
    """Show what was handed over to the bank, the last day first."""
    closed = queries.shifts_seen_by(request.actor).exclude(state__in=queries.LIVE)
    page = forms.SHIFTS.page(closed, request.GET.dict())
    return render(request, "cashier/remittances.html", {"page": page})


def _of_shift(request: ActedRequest, found: Shift) -> dict[str, Any]:
    seen = next_steps(found, actor=request.actor, at=request.at)
    facts: dict[str, Any] = {
        "shift": found,
        "may": {one.step.name.partition(".")[2]: one.refusal for one in seen},
        "issued": queries.issued(found),
        "pieces": _pieces(found),
    }
    return facts | (_day(found) if found.state not in queries.LIVE else {})


def _day(found: Shift) -> dict[str, Any]:
    """Return what a shift took in; only for one that was counted."""
    first, last = queries.serials(found)
    takings = queries.takings(found)
    rows = [(Method(name).label, *told) for name, told in takings.items()]
    sums = total(told[1] for told in takings.values())
    issued = queries.issued(found)
    return {"takings": rows, "taken": sums, "first": first, "last": last, "issued": issued}


def _pieces(found: Shift) -> list[tuple[str, int, Money]]:
    counted = {worth: found.counts.get(str(worth), 0) for worth in FACES}
    return [
        (forms.face_name(worth), number, Money(worth * number))
        for worth, number in counted.items()
        if number
    ]


def _version(request: ActedRequest) -> int | None:
    typed = request.POST.get("row_version", "")
    if typed and not (typed.isascii() and typed.isdigit()):
        text = _("页面内容不完整，请您返回上一页，刷新后再办。")
        raise Refused("malformed", text, field="row_version", clause="3.5")
    return int(typed) if typed else None


def _to_till(request: ActedRequest, opened: Shift) -> HttpResponse:
    words = {"desk": opened.drawer.name, "sum": opened.float_amount.shown}
    messages.success(request, _("已开班，%(desk)s，备用金 %(sum)s") % words)
    return HttpResponseRedirect(reverse("till"))


def _to_close(request: ActedRequest, counted: Shift) -> HttpResponse:
    messages.success(request, _("已盘点"))
    return HttpResponseRedirect(reverse("shift-close"))


def _closed(request: ActedRequest, done: Shift) -> HttpResponse:
    messages.success(request, _("已日结 %(number)s") % {"number": done.number})
    return HttpResponseRedirect(reverse("shift", args=(done.number,)))
