from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from teyue.foundation.lifecycle import Document, Step, seek
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import ReasonForm, VersionedForm
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.forms import ways
from teyue.procedure.cashier.steps.objections import too_late
from teyue.procedure.settlement import forms, operations, queries, steps
from teyue.procedure.settlement.facts import Cancellation, Mistake, Voiding
from teyue.procedure.settlement.models import Settlement
from teyue.web.allowed import next_steps
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest

DESK, SLIP = "settlement/desk.html", "settlement/slip.html"


@only_with(steps.SETTLE.power)
def settlements(request: ActedRequest) -> HttpResponse:
    """Show the orders that wait to be settled."""
    return render(request, DESK, {"queue": queries.queue(request.actor)})


@only_with(steps.SETTLE.power)
def settle(request: ActedRequest, number: str) -> HttpResponse:
    """Show the itemized account of one order first, then collect or give back (O15, I-74)."""
    order = orders.seen_by(request.actor).get(number=number)
    late = order.standing != Standing.TO_SETTLE
    if late and request.method == "GET":
        return HttpResponseRedirect(reverse("settlement", args=(_closed(request, order).number,)))
    form = forms.SettleForm(request.POST or None, initial={"row_version": order.row_version})
    facts = _slip(request, _closed(request, order)) if late else _account(request, order)
    if request.method == "GET":
        return render(request, DESK, {**facts, "form": form})

    def work(filled: forms.SettleForm) -> Settlement:
        locked = seek(orders.seen_by(request.actor), number=number)
        if locked.standing != Standing.TO_SETTLE:
            raise too_late(locked)
        locked.still(filled.cleaned_data["row_version"])
        return operations.settle(
            locked,
            closing=filled.closing(),
            shift=cashier.till_of(request.actor),
            actor=request.actor,
            at=request.at,
        )

    page = SLIP if late else DESK
    return fill(request, form, page=page, facts=facts, work=work, show=_settled)


@only_with(orders.READ)
def settlement(request: ActedRequest, number: str) -> HttpResponse:
    """Show one settlement: what it came to, what changed hands, what comes next."""
    slip = queries.seen_by(request.actor).get(number=number)
    return render(request, SLIP, _slip(request, slip))


@only_with(orders.READ)
def settled(request: ActedRequest) -> HttpResponse:
    """List the settlements, newest first."""
    page = forms.LIST.page(queries.seen_by(request.actor), request.GET.dict())
    return render(request, "settlement/list.html", {"page": page, "kinds": Settlement.Kind.choices})


@only_with(steps.REQUEST_REVERSAL.power)
def request_reversal(request: ActedRequest, number: str) -> HttpResponse:
    """Ask the manager to take a settlement back (J2)."""

    def work(filled: ReasonForm) -> Settlement:
        locked, reason = _sought(request, number, filled), filled.cleaned_data["reason"]
        return operations.request_reversal(
            locked, reason=reason, actor=request.actor, at=request.at
        )

    said = _("已申请冲销，等管理处经理决定")
    return _answer(request, number, ReasonForm(request.POST), work, said)


@only_with(steps.REVERSE.power)
def reverse_settlement(request: ActedRequest, number: str) -> HttpResponse:
    """Take a settlement back (冲销)."""

    def work(filled: VersionedForm) -> Settlement:
        locked = _sought(request, number, filled)
        return operations.reverse(locked, actor=request.actor, at=request.at)

    said = _("已冲销，订单回到待结算")
    return _answer(request, number, VersionedForm(request.POST), work, said)


@only_with(steps.DECLINE_REVERSAL.power)
def decline_reversal(request: ActedRequest, number: str) -> HttpResponse:
    """Let a settlement stand whose reversal was asked for."""

    def work(filled: ReasonForm) -> Settlement:
        locked, reason = _sought(request, number, filled), filled.cleaned_data["reason"]
        return operations.decline_reversal(
            locked, reason=reason, actor=request.actor, at=request.at
        )

    said = _("已答复不予冲销，结算照旧有效")
    return _answer(request, number, ReasonForm(request.POST), work, said)


@only_with(steps.CANCEL.power)
def cancel(request: ActedRequest, number: str) -> HttpResponse:
    """Cancel a priced order for the household: its fee is shown first (O18, C-05b)."""
    order = orders.seen_by(request.actor).get(number=number)
    form = forms.GiveUpForm(request.POST or None, initial={"row_version": order.row_version})
    facts = _ending(request, order, steps.CANCEL) | _fee(request, order)
    if request.method == "GET":
        return render(request, "settlement/cancel.html", {**facts, "form": form})

    def work(filled: forms.GiveUpForm) -> Order:
        locked = _order(request, number, filled)
        return operations.cancel(
            locked, cancellation=filled.cancellation(), actor=request.actor, at=request.at
        )

    page = "settlement/cancel.html"
    return fill(request, form, page=page, facts=facts, work=work, show=_ended)


@only_with(steps.CALL_OFF.power)
def call_off(request: ActedRequest, number: str) -> HttpResponse:
    """Cancel for the company: everything is given back (O19)."""
    order = orders.seen_by(request.actor).get(number=number)
    form = ReasonForm(request.POST or None, initial={"row_version": order.row_version})
    facts = _ending(request, order, steps.CALL_OFF)
    if request.method == "GET":
        return render(request, "settlement/call_off.html", {**facts, "form": form})

    def work(filled: ReasonForm) -> Order:
        locked = _order(request, number, filled)
        cancellation = Cancellation(reason=filled.cleaned_data["reason"])
        return operations.call_off(
            locked, cancellation=cancellation, actor=request.actor, at=request.at
        )

    page = "settlement/call_off.html"
    return fill(request, form, page=page, facts=facts, work=work, show=_ended)


@only_with(steps.VOID.power)
def void(request: ActedRequest, number: str) -> HttpResponse:
    """Void an order that should never have been (O21)."""
    order = orders.seen_by(request.actor).get(number=number)
    form = forms.VoidForm(request.POST or None, initial={"row_version": order.row_version})
    facts = _ending(request, order, steps.VOID)
    if request.method == "GET":
        return render(request, "settlement/void.html", {**facts, "form": form})

    def work(filled: forms.VoidForm) -> Order:
        said = filled.cleaned_data
        voiding = Voiding(
            mistake=Mistake(said["mistake"]),
            reason=said["reason"],
            duplicate_of=queries.kept_order(request.actor, said["duplicate_of"]),
        )
        locked = _order(request, number, filled)
        return operations.void(locked, voiding=voiding, actor=request.actor, at=request.at)

    page = "settlement/void.html"
    return fill(request, form, page=page, facts=facts, work=work, show=_ended)


def _account(request: ActedRequest, order: Order) -> dict[str, Any]:
    account = queries.account(order)
    if account is None:
        text = _("服务记录还没有经客服主管审核，不能结算。请先送审核。")
        raise Refused("not_audited", text, clause="4.3.1")
    owed = account.difference
    blank = Settlement(
        order=order,
        office=order.office,
        actual=account.actual,
        prepaid=account.prepaid,
        audited_by_id=account.audit.auditor_id,
    )
    shift = till.live_shifts(request.actor).first()
    may = steps.SETTLE.objection(blank, actor=request.actor, at=request.at)
    if may is None and owed > NOTHING and (shift is None or shift.state != shift.State.OPEN):
        may = Refused("no_open_shift", _("您还没有开班，不能收款。请先开班清点备用金。"))
    return {
        "queue": queries.queue(request.actor),
        "order": order,
        "account": account,
        "lines": forms.shown_lines(account.lines),
        "owed": owed,
        "size": abs(owed),
        "may": may,
        "ways": ways(),
        "quick": till.handy_sums(owed) if owed > NOTHING else [],
    }


def _closed(request: ActedRequest, order: Order) -> Settlement:
    """Return the settlement of an order that does not wait for one.

    :raises Refused: ``wrong_state``, when there is none yet.
    """
    slip = queries.seen_by(request.actor).filter(order=order).order_by("-pk").first()
    if slip is not None:
        return slip
    text = _("这单还没有到结算。请先看案卷，确认进度。")
    raise Refused("wrong_state", text, clause="4.3.1")


def _slip(request: ActedRequest, slip: Settlement) -> dict[str, Any]:
    return {
        "slip": slip,
        "lines": forms.shown_lines(slip.lines),
        "owed": slip.difference,
        "size": abs(slip.difference),
        "may": _may(request, slip),
    }


def _may(request: ActedRequest, slip: Settlement) -> dict[str, Refused | None]:
    answers = (steps.REVERSE, steps.DECLINE_REVERSAL) if slip.waits_for_reversal else ()
    offered = (steps.REQUEST_REVERSAL, *answers)
    return {
        step.name.rpartition(".")[2]: _refusal(request, slip, step)
        for step in offered
        if request.actor.may(step.power, slip.office_id)
    }


def _answer(request: ActedRequest, number: str, form: Any, work: Any, said: str) -> HttpResponse:
    slip = queries.seen_by(request.actor).get(number=number)

    def show(asked: ActedRequest, done: Settlement) -> HttpResponse:
        messages.success(asked, said)
        return HttpResponseRedirect(reverse("settlement", args=(done.number,)))

    return fill(request, form, page=SLIP, facts=_slip(request, slip), work=work, show=show)


def _sought(request: ActedRequest, number: str, filled: VersionedForm) -> Settlement:
    locked = seek(queries.seen_by(request.actor), number=number)
    locked.still(filled.cleaned_data["row_version"])
    return locked


def _fee(request: ActedRequest, order: Order) -> dict[str, Any]:
    owed = queries.fee(order, special_material=Money(0), at=request.at)
    held = till.held(order)
    return {"owed": owed, "held": held, "back": max(held - owed.amount, NOTHING)}


def _ending(request: ActedRequest, order: Order, step: Step) -> dict[str, Any]:
    return {"order": order, "may": step.objection(order, actor=request.actor, at=request.at)}


def _refusal(request: ActedRequest, paper: Document, step: Step) -> Refused | None:
    seen = next_steps(paper, actor=request.actor, at=request.at)
    return next((one.refusal for one in seen if one.step is step), None)


def _order(request: ActedRequest, number: str, filled: ReasonForm) -> Order:
    locked = seek(orders.seen_by(request.actor), number=number)
    locked.still(filled.cleaned_data["row_version"])
    return locked


def _settled(request: ActedRequest, slip: Settlement) -> HttpResponse:
    messages.success(request, _("已结算 %(number)s") % {"number": slip.number})
    return HttpResponseRedirect(reverse("settlement", args=(slip.number,)) + "?just=1")


def _ended(request: ActedRequest, order: Order) -> HttpResponse:
    words = {"number": order.number, "state": Standing(order.standing).label}
    messages.success(request, _("%(number)s %(state)s") % words)
    return HttpResponseRedirect(reverse("case", args=(order.number,)))
