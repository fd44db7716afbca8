from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.clock import HOUSE, local_day
from teyue.foundation.lifecycle import Step, seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking import forms, operations, steps
from teyue.procedure.booking.facts import Acceptance, Pricing
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.pricing.models import PriceLine
from teyue.register.estate import queries as estate
from teyue.register.estate.naming import parse_room
from teyue.register.people import queries as people
from teyue.web.acts import act
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

F = TypeVar("F", bound=forms.VersionedForm)


def registrations(request: ActedRequest) -> HttpResponse:
    """List what was registered today, the newest first (F-07)."""
    today = local_day(request.at)
    begin = datetime.combine(today, time(), HOUSE)
    rows = orders.seen_by(request.actor).filter(registered_at__gte=begin)
    listed = forms.listing(actor=request.actor, at=request.at)
    page = listed.page(rows, {"sort": "newest"} | request.GET.dict())
    return render(request, "booking/registrations.html", {"page": page, "today": today})


def awaiting_prepayment(request: ActedRequest) -> HttpResponse:
    """List whom to call before the order lapses (O20), the soonest first."""
    rows = orders.seen_by(request.actor).filter(standing=Standing.AWAITING_PAYMENT)
    listed = forms.listing(actor=request.actor, at=request.at)
    page = listed.page(rows, request.GET.dict())
    soon = request.at + timedelta(hours=2)
    near = sum(1 for order in page.rows if order.due_at and request.at < order.due_at <= soon)
    late = sum(1 for order in page.rows if order.due_at and order.due_at <= request.at)
    facts = {"page": page, "near": near, "late": late}
    return render(request, "booking/awaiting_prepayment.html", facts)


def site_quotes(request: ActedRequest) -> HttpResponse:
    """List what waits for a price that is named on site (O2)."""
    rows = orders.seen_by(request.actor).filter(
        line__price_mode=PriceLine.Mode.RANGE, standing=Standing.REGISTERED
    )
    listed = forms.listing(actor=request.actor, at=request.at)
    return render(
        request, "booking/site_quotes.html", {"page": listed.page(rows, request.GET.dict())}
    )


def quote(request: ActedRequest, number: str) -> HttpResponse:
    """Offer the listed price; one button."""

    def work() -> Order:
        order = seek(orders.seen_by(request.actor), number=number)
        listed = Pricing()
        return operations.quote(order, pricing=listed, actor=request.actor, at=request.at).order

    return act(request, work, show=_done, status=200)


def quote_on_site(request: ActedRequest, number: str) -> HttpResponse:
    """Fill in the price that was named on site."""

    def work(order: Order, form: forms.SiteQuoteForm) -> Quote:
        pricing = Pricing(on_site_price=form.cleaned_data["on_site_price"])
        return operations.quote_on_site(order, pricing=pricing, actor=request.actor, at=request.at)

    return _step(request, number, forms.SiteQuoteForm, steps.QUOTE_ON_SITE, work)


def accept(request: ActedRequest, number: str) -> HttpResponse:
    """Write down how the household said yes."""

    def work(order: Order, form: forms.AcceptForm) -> Quote:
        said = form.cleaned_data
        acceptance = Acceptance(method=said["method"], evidence=said["reference"])
        actor = _resident(order, said["person"], acceptance).typed_by(
            request.actor, Evidence(said["method"], said["reference"])
        )
        offered = orders.last_quote(order)
        return operations.accept(offered, acceptance=acceptance, actor=actor, at=request.at)

    return _step(request, number, forms.AcceptForm, steps.ACCEPT, work)


def cancel(request: ActedRequest, number: str) -> HttpResponse:
    """Cancel an order whose price nobody accepted."""

    def work(order: Order, form: forms.ReasonForm) -> Order:
        reason = form.cleaned_data["reason"]
        return operations.cancel(order, reason=reason, actor=request.actor, at=request.at)

    return _step(request, number, forms.ReasonForm, steps.CANCEL, work)


def correct(request: ActedRequest, number: str) -> HttpResponse:
    """Move an order to the household it belongs to."""

    def work(order: Order, form: forms.CorrectForm) -> Order:
        said = form.cleaned_data
        room = parse_room(said["room"])
        seen = estate.seen_by(request.actor).filter(label=room.short if room else "", state="open")
        right = seen.first()
        if right is None:
            text = _("没有这个房号的住户，请您核对后重新填写，例如 3-2-1102。")
            raise Refused("household_unknown", text, field="room", clause="4.2.4")
        return operations.correct(
            order, household=right, reason=said["reason"], actor=request.actor, at=request.at
        )

    return _step(request, number, forms.CorrectForm, steps.CORRECT, work)


def _step(
    request: ActedRequest,
    number: str,
    kind: type[F],
    step: Step,
    take: Callable[[Order, F], Order | Quote],
) -> HttpResponse:
    """Show the form of a step, and take it when it is filled in."""
    shown = orders.seen_by(request.actor).get(number=number)
    members = orders.members_of(shown.household_id)
    facts = {
        "order": shown,
        "step": step,
        "members": members,
        "methods": Quote.Method.choices,
        "offered": orders.last_quote(shown),
    }
    if request.method == "GET":
        form = kind(initial={"row_version": shown.row_version})
        return render(request, "booking/step.html", {**facts, "form": form})

    def work(filled: F) -> Order:
        order = seek(orders.seen_by(request.actor), number=number)
        order.still(filled.cleaned_data["row_version"])
        taken = take(order, filled)
        return taken if isinstance(taken, Order) else taken.order

    form = kind(request.POST)
    return fill(request, form, page="booking/step.html", facts=facts, work=work, show=_done)


def _resident(order: Order, person: int, acceptance: Acceptance) -> Actor:
    member = orders.members_of(order.household_id).filter(person=person).first()
    if member is None:
        text = _("这个人不是这户现在的成员，请您重新选择。")
        raise Refused("not_a_member", text, field="person", clause="4.2.4")
    return people.resident(member.person, household=order.household_id)


def _done(request: ActedRequest, order: Order) -> HttpResponse:
    words = {"number": order.number, "standing": Standing(order.standing).label}
    messages.success(request, _("%(number)s %(standing)s") % words)
    try:
        return HttpResponseRedirect(reverse("case", args=[order.number]))
    except NoReverseMatch:
        return HttpResponseRedirect(reverse("orders"))
