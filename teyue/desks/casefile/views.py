from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from teyue.desks.casefile import dossier
from teyue.desks.casefile.ahead import ahead
from teyue.desks.casefile.listing import ALL, COLUMNS, OPEN, STANDINGS, listing, words_of
from teyue.desks.casefile.money import fees
from teyue.desks.casefile.progress import WAY, marks, place_of
from teyue.desks.casefile.rows import rows
from teyue.desks.casefile.story import story
from teyue.desks.casefile.wording import how_much, item_name
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders as booking
from teyue.register.people.models import Role
from teyue.web.exports import workbook
from teyue.web.people import ActedRequest

SHOWN = 6
OUTSIDE = frozenset({Role.ST, Role.SU, Role.RS})


def frame_of(request: ActedRequest) -> str:
    """Return the frame of a page: that of the telephone for who has no desk."""
    return "phone.html" if request.actor.roles <= OUTSIDE else "shell.html"


@require_GET
def case(request: ActedRequest, number: str) -> HttpResponse:
    """Show one order whole: its papers, its money, what happened, what is next and for whom."""
    actor, at = request.actor, request.at
    opened = dossier.opened(actor, number)
    told = story(opened, at=at)
    facts: dict[str, Any] = {
        "frame": frame_of(request),
        "order": opened.order,
        "whole": opened.whole,
        "item": item_name(opened.order.item),
        "much": how_much(opened.order),
        "marks": marks(opened, at=at),
        "rows": rows(opened, at=at),
        "next": ahead(opened, actor=actor, at=at),
        "fees": fees(opened) if opened.whole else None,
        "told": told[:SHOWN],
        "earlier": told[SHOWN:],
        "told_total": len(told),
    }
    return render(request, "casefile/case.html", facts)


@require_GET
def orders(request: ActedRequest) -> HttpResponse:
    """List the orders that somebody may see, the soonest due first."""
    listed = listing(actor=request.actor, at=request.at)
    words = words_of(request.GET.dict())
    page = listed.page(booking.seen_by(request.actor), words)
    facts = {
        "frame": frame_of(request),
        "page": page,
        "lines": [_line(order) for order in page.rows],
        "of": len(WAY),
        "standings": [(OPEN, _("在办")), *((one.value, one.label) for one in STANDINGS)],
        "all": ALL,
        "words": words,
        "sorts": [(name, order.label) for name, order in listed.orders.items()],
        "narrowed": set(request.GET) - {"sort", "after", "before"},
        "query": request.GET.urlencode(),
    }
    return render(request, "casefile/orders.html", facts)


@require_GET
def search(request: ActedRequest) -> HttpResponse:
    """Open the order whose number was typed, else list what the word may mean."""
    typed = request.GET.get("q", "").strip()
    found = booking.seen_by(request.actor).filter(number=typed.upper()).exists()
    if typed and found:
        return redirect("case", number=typed.upper())
    return redirect(f"{reverse('orders')}?{urlencode({'q': typed})}")


@require_GET
def export(request: ActedRequest) -> FileResponse:
    """Give the list as a workbook, narrowed as it is shown."""
    listed = listing(actor=request.actor, at=request.at)
    words = words_of(request.GET.dict())
    found = listed.sorted(listed.narrow(booking.seen_by(request.actor), words), words)
    said = [str(value) for name, value in request.GET.items() if name not in ("after", "before")]
    return workbook(
        found.iterator(),
        COLUMNS,
        title=str(listed.title),
        narrowed=" ".join(said),
        actor=request.actor,
        at=request.at,
    )


def _line(order: Order) -> dict[str, Any]:
    return {
        "order": order,
        "item": item_name(order.item),
        "much": how_much(order),
        "short": "-".join((order.number or "").split("-")[-2:])[4:],
        "now": place_of(order.standing),
    }
