from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from teyue.desks.reception import asking, cards, grid
from teyue.desks.reception.asking import Told
from teyue.desks.reception.cards import Card
from teyue.desks.reception.forms import BookForm
from teyue.desks.reception.grid import Slots
from teyue.foundation.clock import read_day
from teyue.foundation.refusal import Refused
from teyue.procedure.booking import operations
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.queries import wishes
from teyue.procedure.pricing import queries as pricing
from teyue.register.estate.queries import READ
from teyue.web.filling import fill
from teyue.web.people import ActedRequest
from teyue.web.refusals import forbidden

DESK, PART = "reception/desk.html", "reception/_desk.html"
BLANK = {
    "quantity": "1",
    "urgency": Order.Urgency.NORMAL,
    "channel": Order.Channel.PHONE,
    "answer": Quote.Method.CALL,
}


def reception(request: ActedRequest) -> HttpResponse:
    """Show the desk: who calls, what is wanted; a post registers it."""
    if not request.actor.may_somewhere(READ):
        return forbidden(request, PermissionError())
    if request.method == "POST":
        return _book(request)
    typed = request.GET.get("q", "").strip()
    return render(request, _page(request), _found(request, typed))


def slots(request: ActedRequest) -> HttpResponse:
    """Show the free slots of what is asked for, and what it costs."""
    form = _form(request, request.GET)
    facts = {"form": form, "asked": _asked(request, form, wanted=request.GET)}
    return render(request, "reception/_asked.html", facts)


def quote(request: ActedRequest) -> HttpResponse:
    """Show what it costs and what stands against it."""
    form = _form(request, request.GET)
    facts = {"form": form, "asked": {"told": _told(request, form)}}
    return render(request, "reception/_quote.html", facts)


def _book(request: ActedRequest) -> HttpResponse:
    form = _form(request, request.POST)
    facts = _lazy(request, form)

    def work(filled: BookForm) -> Order:
        wish = filled.wish()
        asked = wishes.registration(wish, actor=request.actor, at=request.at)
        yes = filled.acceptance()
        return operations.take_call(asked, acceptance=yes, actor=request.actor, at=request.at)

    return fill(request, form, page=_page(request), facts=facts, work=work, show=_next_caller)


def _next_caller(request: ActedRequest, order: Order) -> HttpResponse:
    words = {"room": order.household.label, "item": order.item.name, "number": order.number}
    text = _("已登记 %(room)s %(item)s，%(number)s") % words
    if not request.htmx:
        messages.success(request, text)
        return HttpResponseRedirect(reverse("reception"))
    answer = render(request, PART, {"booked": order})
    answer.headers["HX-Trigger"] = json.dumps({"toast": {"text": text}})
    answer.headers["HX-Push-Url"] = reverse("reception")
    return answer


def _page(request: ActedRequest) -> str:
    swapped = request.htmx and not request.htmx.history_restore_request
    return PART if swapped else DESK


def _found(request: ActedRequest, typed: str) -> dict[str, Any]:
    named = request.GET.get("household", "")
    if named.isascii() and named.isdigit():
        return _opened(request, int(named), typed)
    found = cards.find(request.actor, typed) if typed else ()
    if len(found) == 1:
        return _opened(request, found[0].household.pk, typed)
    return {"typed": typed, "found": found, "nothing": bool(typed) and not found}


def _opened(request: ActedRequest, household: int, typed: str) -> dict[str, Any]:
    card = cards.opened(request.actor, household, typed=typed)
    form = BookForm(
        initial=BLANK | _people(card),
        members=card.members,
        offers=pricing.offers(card.household.office_id, at=request.at),
        auto_id="ask-%s",
    )
    return {"typed": typed, "card": card, "form": form}


def _people(card: Card) -> dict[str, Any]:
    who = card.caller.person_id if card.caller else None
    return {"household": card.household.pk, "requester": who, "payer": who, "contact": who}


def _form(request: ActedRequest, said: QueryDict) -> BookForm:
    """Return the form filled in; its lists are those of the household that it names."""
    household = said.get("household", "")
    known = household.isascii() and household.isdigit()
    members = wishes.members_seen(int(household) if known else 0, actor=request.actor)
    offers = pricing.offers(members[0].household.office_id, at=request.at)
    return BookForm(said, members=members, offers=offers, auto_id="ask-%s")


def _lazy(request: ActedRequest, form: BookForm) -> Mapping[str, Any]:
    """Return what the page needs when it is shown again; nothing is read before."""
    household = int(form.data["household"])
    return {
        "card": SimpleLazyObject(lambda: cards.opened(request.actor, household)),
        "asked": SimpleLazyObject(lambda: _asked(request, form.again(), wanted=form.data)),
        "typed": "",
    }


def _asked(request: ActedRequest, form: BookForm, *, wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "told": _told(request, form),
        "unit": offer.line.get_unit_display() if (offer := form.chosen()) else "",
        "slots": _slots(request, form, str(wanted.get("from", ""))),
        "picked": str(wanted.get("wish_from", "")),
    }


def _slots(request: ActedRequest, form: BookForm, first: str) -> Slots | None:
    offer = form.chosen()
    if offer is None:
        return None
    return grid.shown(offer, office=offer.item.office_id, first=_day(first), at=request.at)


def _told(request: ActedRequest, form: BookForm) -> Told | None:
    if form.chosen() is None or not form.is_valid():
        return None
    try:
        asked = wishes.registration(form.wish(), actor=request.actor, at=request.at)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    return asking.told(asked, actor=request.actor, at=request.at)


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except ValueError:
        return None
