"""What residents do by themselves on the telephone: look, book, accept, give up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from teyue.desks.reception import asking, grid
from teyue.desks.reception.forms import AnswerForm, GiveUpForm, OnlineForm
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import seek
from teyue.foundation.money import NOTHING
from teyue.foundation.refusal import Refused
from teyue.procedure.booking import operations, steps
from teyue.procedure.booking.facts import Acceptance
from teyue.procedure.booking.forms import written
from teyue.procedure.booking.models import ENDED, Order, Quote, Standing
from teyue.procedure.booking.queries import orders, slots, wishes
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch import queries as visits
from teyue.procedure.dispatch import steps as emergencies
from teyue.procedure.planning.models import Category, Item
from teyue.procedure.pricing import queries as pricing
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.pricing.queries import Offer
from teyue.procedure.service.queries import records
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement import queries as accounts
from teyue.procedure.settlement import steps as endings
from teyue.procedure.settlement.facts import Cancellation
from teyue.register.estate.models import Household
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

DAYS = 5
KEPT = (
    "item",
    "quantity",
    "description",
    "day",
    "wish_from",
    "duplicate_reason",
    "owner_consent",
)
BEFORE_ACCEPTANCE = (Standing.REGISTERED, Standing.QUOTED)
SAID_HERE = "account"


def services(request: ActedRequest) -> HttpResponse:
    """Show what may be ordered, by category, with its price."""
    home = _home(request)
    offers = [one for one in _offers(home, request) if one.item.state == Item.State.ACTIVE]
    headings = list(Category.objects.filter(office=home.office_id).order_by("sort", "code"))
    code = request.GET.get("category", "")
    chosen = next((heading for heading in headings if heading.code == code), headings[0])
    mine = _mine(request).exclude(standing__in=ENDED).filter(wish_from__gte=request.at)
    facts = {
        "home": home,
        "headings": headings,
        "chosen": chosen,
        "offers": [one for one in offers if one.item.category_id == chosen.pk],
        "version": offers[0].line.price_list.version if offers else None,
        "coming": mine.order_by("wish_from").first(),
    }
    return render(request, "reception/services.html", facts)


def book(request: ActedRequest) -> HttpResponse:
    """Choose how much and when; a post registers it."""
    home = _home(request)
    said = request.POST if request.method == "POST" else request.GET
    offer = _offer(home, request, said.get("item", ""))
    facts = {
        "home": home,
        "offer": offer,
        "sheet": SimpleLazyObject(lambda: _sheet(request, home, offer, said)),
    }
    if request.method == "GET":
        page = "reception/_sheet.html" if request.htmx else "reception/book.html"
        begun = _begun(home, offer, said)
        facts["sheet"] = _sheet(request, home, offer, begun)
        return render(request, page, {**facts, "form": OnlineForm(initial=begun)})

    def work(filled: OnlineForm) -> Order:
        asked = wishes.registration(filled.wish(), actor=request.actor, at=request.at)
        return operations.register(asked, actor=request.actor, at=request.at)

    form = OnlineForm(request.POST)
    return fill(request, form, page="reception/book.html", facts=facts, work=work, show=_to_order)


def bookings(request: ActedRequest) -> HttpResponse:
    """List the orders of the own household, the newest first."""
    known = list(_mine(request).order_by("-pk")[:50])
    facts = {
        "going": [order for order in known if order.standing not in ENDED],
        "ended": [order for order in known if order.standing in ENDED],
    }
    return render(request, "reception/bookings.html", facts)


def booking(request: ActedRequest, number: str) -> HttpResponse:
    """Show one order with its quote; a post accepts exactly that quote."""
    order = _mine(request).get(number=number)
    offered = orders.last_quote(order)
    facts = _shown(request, order, offered)
    if request.method == "GET":
        form = AnswerForm(initial={"row_version": order.row_version, "shown": digest(offered)})
        return render(request, "reception/booking.html", {**facts, "form": form})

    def work(filled: AnswerForm) -> Order:
        sought = seek(orders.seen_by(request.actor), number=number)
        quote = orders.last_quote(sought)
        if filled.cleaned_data["shown"] != digest(quote):
            raise _changed()
        evidence = f"{SAID_HERE}:{digest(quote)[:16]}"
        acceptance = Acceptance(method=Quote.Method.CODE, evidence=evidence)
        accept = dispatch.accept_late if sought.in_arrears else operations.accept
        return accept(quote, acceptance=acceptance, actor=request.actor, at=request.at).order

    page = "reception/booking.html"
    form = AnswerForm(request.POST)
    return fill(request, form, page=page, facts=facts, work=work, show=_to_order)


def give_up(request: ActedRequest, number: str) -> HttpResponse:
    """Show what cancelling costs now; a post cancels for exactly that."""
    order = _mine(request).get(number=number)
    fee = _fee(order, request.at)
    facts = {"order": order, "fee": fee, "refusal": _barred(request, order)}
    if request.method == "GET":
        form = GiveUpForm(initial={"row_version": order.row_version, "fee": fee.fen})
        return render(request, "reception/give_up.html", {**facts, "form": form})

    def work(filled: GiveUpForm) -> Order:
        sought = seek(orders.seen_by(request.actor), number=number)
        sought.still(filled.cleaned_data["row_version"])
        if filled.cleaned_data["fee"] != _fee(sought, request.at).fen:
            raise _changed()
        return _cancelled(request, sought, filled.cleaned_data["reason"])

    page = "reception/give_up.html"
    form = GiveUpForm(request.POST)
    return fill(request, form, page=page, facts=facts, work=work, show=_to_order)


def digest(quote: Quote) -> str:
    """Return the digest of what a resident is shown of a quote."""
    said = [
        quote.pk,
        quote.lines,
        quote.total and quote.total.fen,
        quote.prepay and quote.prepay.fen,
    ]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _cancelled(request: ActedRequest, order: Order, reason: str) -> Order:
    if order.standing in BEFORE_ACCEPTANCE:
        return operations.cancel(order, reason=reason, actor=request.actor, at=request.at)
    why = Cancellation(reason=reason)
    return settlement.cancel(order, cancellation=why, actor=request.actor, at=request.at)


def _barred(request: ActedRequest, order: Order) -> Refused | None:
    early = order.standing in BEFORE_ACCEPTANCE
    step = steps.CANCEL if early else endings.CANCEL
    return step.objection(order, actor=request.actor, at=request.at)


def _fee(order: Order, at: datetime) -> Any:
    if order.standing in BEFORE_ACCEPTANCE:
        return NOTHING
    return accounts.fee(order, special_material=NOTHING, at=at).amount


def _shown(request: ActedRequest, order: Order, offered: Quote) -> dict[str, Any]:
    to_confirm = order.standing == Standing.TO_CONFIRM
    return {
        "order": order,
        "offered": offered if offered.pk else None,
        "to_accept": _acceptable(request, order, offered),
        "to_confirm": records.records_of(order).last() if to_confirm else None,
        "changes": list(records.open_changes(order)),
        "may_cancel": _barred(request, order) is None,
        "lines": asking.lines_of(offered, order.line),
        "rule": asking.rule(order, offered.total, at=request.at) if offered.pk else "",
    }


def _acceptable(request: ActedRequest, order: Order, offered: Quote) -> bool:
    """Tell whether the price waits for a yes: before the work, or after an emergency (E-18)."""
    if order.standing == Standing.QUOTED:
        return True
    late = order.in_arrears and offered.state == Quote.State.OFFERED
    step = emergencies.ACCEPT_LATE
    return late and step.objection(offered, actor=request.actor, at=request.at) is None


def _home(request: ActedRequest) -> Household:
    """Return the household that a resident orders for; the one asked for, if there are several."""
    own = sorted(request.actor.tied("orders_for"))
    asked = request.GET.get("household") or request.POST.get("household") or ""
    wanted = int(asked) if asked.isascii() and asked.isdigit() else None
    if not own or (wanted is not None and wanted not in own):
        raise Http404
    return Household.objects.select_related("office", "unit").get(pk=wanted or own[0])


def _mine(request: ActedRequest) -> Any:
    own = request.actor.tied("household")
    return visits.with_appointment(orders.seen_by(request.actor).filter(household__in=own))


def _offers(home: Household, request: ActedRequest) -> Sequence[Offer]:
    return pricing.offers(home.office_id, at=request.at)


def _offer(home: Household, request: ActedRequest, chosen: str) -> Offer:
    code, _bar, variant = chosen.partition("|")
    found = pricing.offer(home.office_id, code, variant, at=request.at)
    if found is None:
        raise Http404
    return found


def _begun(home: Household, offer: Offer, said: QueryDict) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if offer.line.unit == PriceLine.Unit.SQM:
        kept["quantity"] = written(home.unit.area_x100)
    kept |= {name: said[name] for name in KEPT if said.get(name)}
    return OnlineForm.BLANK | kept | {"household": home.pk}


def _sheet(
    request: ActedRequest, home: Household, offer: Offer, said: Mapping[str, Any]
) -> dict[str, Any]:
    """Return days, slots of the chosen day, and what it would cost."""
    today = local_day(request.at)
    days = [today + timedelta(days=n) for n in range(DAYS)]
    day = next((one for one in days if one.isoformat() == said.get("day")), None)
    picked = said.get("wish_from", "")
    day = day or _first_free(request, offer, days, picked)
    found = slots.offered(
        offer.item, office=home.office_id, days=[day], minutes=offer.minutes, at=request.at
    )
    return {
        "days": [{"value": one, "label": grid.weekday(one, request.at)} for one in days],
        "day": day,
        "rows": grid.of_day(found),
        "picked": picked if picked.startswith(day.isoformat()) else "",
        "told": _told(request, home, said),
    }


def _first_free(request: ActedRequest, offer: Offer, days: list[date], picked: str) -> date:
    """Return the day that was picked, or the first that has a free slot."""
    named = next((day for day in days if picked.startswith(day.isoformat())), None)
    if named:
        return named
    found = slots.offered(
        offer.item, office=offer.item.office_id, days=days, minutes=offer.minutes, at=request.at
    )
    for n, day in enumerate(days):
        if any(line.cells[n].status == slots.Status.FREE for line in found.lines):
            return day
    return days[0]


def _told(request: ActedRequest, home: Household, said: Mapping[str, Any]) -> asking.Told | None:
    form = OnlineForm(
        {
            **OnlineForm.BLANK,
            **{name: said[name] for name in KEPT if name in said},
            "household": home.pk,
        }
    )
    if not form.is_valid():
        return None
    asked = wishes.registration(form.wish(), actor=request.actor, at=request.at)
    return asking.told(asked, actor=request.actor, at=request.at)


def _changed() -> Refused:
    text = _("价格或费用刚刚有变化，这次没有办理。请您看过新的内容后再确认。")
    return Refused("shown_differently", text)


def _to_order(request: ActedRequest, order: Order) -> HttpResponse:
    words = {"number": order.number, "standing": Standing(order.standing).label}
    messages.success(request, _("%(standing)s，单号 %(number)s") % words)
    return HttpResponseRedirect(reverse("my-booking", args=[order.number]))
