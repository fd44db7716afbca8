"""An emergency on paper F-28: served first, priced on arrival or afterwards, accepted, paid."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teyue.foundation.actors import Evidence
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.facts import Acceptance, Pricing
from teyue.procedure.booking.forms import AcceptForm, SiteQuoteForm, VersionedForm
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.operations import blank_quote
from teyue.procedure.booking.queries import orders, prices
from teyue.procedure.dispatch import operations, queries, steps
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.forms import OverrideForm
from teyue.procedure.dispatch.models import Override
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.service.forms import lines_of
from teyue.register.people import queries as people
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

LATE, ACCEPT = "dispatch/quote_late.html", "dispatch/accept_late.html"


@require_http_methods(["GET", "POST"])
def override(request: ActedRequest, number: str) -> HttpResponse:
    """Let an emergency be served before it is paid (F-28)."""
    order = orders.seen_by(request.actor).get(number=number)
    blank = Override(order=order, office=order.office)
    form = OverrideForm(request.POST or None, initial={"row_version": order.row_version})
    page = "dispatch/override.html"
    facts = {
        "order": order,
        "cap": queries.cap(order, at=request.at),
        "refusal": steps.OVERRIDE.objection(blank, actor=request.actor, at=request.at),
    }
    if request.method == "GET":
        return render(request, page, {**facts, "form": form})

    def work(filled: OverrideForm) -> Override:
        locked = _sought(request, number, filled)
        said = {name: filled.cleaned_data[name] for name in ("reason", "estimate")}
        category = Override.Category(filled.cleaned_data["category"])
        emergency = Emergency(category=category, **said)
        return operations.override(locked, emergency=emergency, actor=request.actor, at=request.at)

    return fill(request, form, page=page, facts=facts, work=work, show=_approved)


@require_http_methods(["GET", "POST"])
def quote_late(request: ActedRequest, number: str) -> HttpResponse:
    """Name the price of an emergency that is under way, as listed or as seen (O6, E-18)."""
    order = orders.seen_by(request.actor).get(number=number)
    blank = blank_quote(order, request.actor)
    said = request.POST if request.method == "POST" else None
    form = _late_form(order)(said, initial={"row_version": order.row_version})
    facts = {
        **_about(order),
        "priced": _priced(order),
        "refusal_now": steps.QUOTE_LATE.objection(blank, actor=request.actor, at=request.at),
    }
    if request.method == "GET":
        return render(request, LATE, {**facts, "form": form})

    def work(filled: VersionedForm) -> Quote:
        locked = _sought(request, number, filled)
        pricing = Pricing(on_site_price=filled.cleaned_data.get("on_site_price"))
        return operations.quote_late(locked, pricing=pricing, actor=request.actor, at=request.at)

    return fill(request, form, page=LATE, facts=facts, work=work, show=_quoted)


@require_http_methods(["GET", "POST"])
def accept_late(request: ActedRequest, number: str) -> HttpResponse:
    """Write down how the household accepted the price of an emergency (O6, E-18)."""
    order = orders.seen_by(request.actor).get(number=number)
    offered = orders.last_quote(order)
    form = AcceptForm(request.POST or None, initial={"row_version": order.row_version})
    facts = {
        **_about(order),
        "quote": offered,
        "quote_lines": lines_of(offered.lines),
        "members": orders.members_of(order.household_id),
        "methods": Quote.Method.choices,
        "refusal_now": _unacceptable(request, offered),
    }
    if request.method == "GET":
        return render(request, ACCEPT, {**facts, "form": form})

    work = partial(_accepted, request, number)
    return fill(request, form, page=ACCEPT, facts=facts, work=work, show=_done)


def _accepted(request: ActedRequest, number: str, filled: AcceptForm) -> Quote:
    locked, said = _sought(request, number, filled), filled.cleaned_data
    member = orders.members_of(locked.household_id).filter(person=said["person"]).first()
    if member is None:
        text = _("这个人不是这户现在的成员，请您重新选择。")
        raise Refused("not_a_member", text, field="person", clause="4.4.2")
    who = people.resident(member.person, household=locked.household_id)
    return operations.accept_late(
        orders.last_quote(locked),
        acceptance=Acceptance(method=said["method"], evidence=said["reference"]),
        actor=who.typed_by(request.actor, Evidence(said["method"], said["reference"])),
        at=request.at,
    )


def _unacceptable(request: ActedRequest, offered: Quote) -> Refused | None:
    """Return why nobody can accept this quote now, whoever types it."""
    if offered.pk is None:
        return Refused("not_quoted", _("还没有报价，请您先按价目补报价。"), clause="4.4.2")
    order = offered.order
    household = people.resident(order.requester, household=order.household_id)
    speaking = household.typed_by(request.actor, Evidence(Quote.Method.CALL, ""))
    return steps.ACCEPT_LATE.objection(offered, actor=speaking, at=request.at)


def _about(order: Order) -> dict[str, Any]:
    return {"order": order, "paper": queries.override_of(order)}


def _late_form(order: Order) -> type[VersionedForm]:
    """Return what is asked: a price where the list gives only a range of it."""
    return SiteQuoteForm if order.line.price_mode == PriceLine.Mode.RANGE else VersionedForm


def _priced(order: Order) -> Any:
    try:
        return prices.priced(order, Pricing())
    except Refused:
        return None


def _sought(request: ActedRequest, number: str, filled: VersionedForm) -> Order:
    locked = seek(orders.seen_by(request.actor), number=number)
    locked.still(filled.cleaned_data["row_version"])
    return locked


def _approved(request: ActedRequest, given: Override) -> HttpResponse:
    messages.success(request, _("已批准应急先行，请立即派工"))
    return redirect("dispatch-assign", number=given.order.number)


def _quoted(request: ActedRequest, offered: Quote) -> HttpResponse:
    messages.success(request, _("已报价 %(total)s，请住户接受") % {"total": offered.total.shown})
    office, typists = offered.office_id, steps.ACCEPT_LATE.keyed_by
    types = any(request.actor.may(power, office) for power in typists)
    return redirect("dispatch-accept-late" if types else "case", number=offered.order.number)


def _done(request: ActedRequest, accepted: Quote) -> HttpResponse:
    words = {"total": accepted.total.shown}
    messages.success(request, _("住户已接受 %(total)s，请住户到收银台补交") % words)
    return redirect("case", number=accepted.order.number)
