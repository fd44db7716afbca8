from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from teyue.desks.casefile import dossier
from teyue.desks.casefile.ahead import ahead, slug
from teyue.desks.casefile.inline import INLINE, papers_of
from teyue.desks.casefile.listing import ALL, COLUMNS, OPEN, STANDINGS, listing, words_of
from teyue.desks.casefile.money import fees
from teyue.desks.casefile.progress import WAY, marks, place_of
from teyue.desks.casefile.rows import rows
from teyue.desks.casefile.story import story
from teyue.desks.casefile.wording import how_much, item_name
from teyue.foundation.lifecycle import all_steps, seek
from teyue.procedure.booking.forms import VersionedForm
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders as booking
from teyue.procedure.booking.steps import REGISTER
from teyue.web.exports import workbook
from teyue.web.filling import fill
from teyue.web.frames import frame_of
from teyue.web.people import ActedRequest
from teyue.web.problems import not_found

SHOWN = 6
# Who has to do with a household calls it; an auditor and the general manager do not (I-56).
CALLERS = frozenset({"RC", "CS", "DS", "OM", "ST", "SU", "CA", "FN"})


@require_GET
def case(request: ActedRequest, number: str) -> HttpResponse:
    """Show one order whole: its papers, its money, what happened, what is next and for whom."""
    opened = dossier.opened(request.actor, number)
    answer = render(request, page_of(request), _facts(request, opened))
    patch_vary_headers(answer, ("HX-Request",))
    if request.htmx:
        for told in messages.get_messages(request):
            trigger_client_event(answer, "toast", {"text": str(told)})
    return answer


@require_POST
def take(request: ActedRequest, number: str, name: str, pk: int) -> HttpResponse:
    """Take a step in the case file itself; where it is refused, the case opens again as it is."""
    opened = dossier.opened(request.actor, number)
    known = INLINE.get(name)
    if known is None:
        raise not_found()
    step = all_steps()[name]
    taken = slug(step, pk, opened)
    form = known.form(request.POST, auto_id=f"{taken}-%s")
    facts = _facts(request, opened) | {"taken": taken}

    def work(filled: VersionedForm) -> object:
        paper = seek(papers_of(opened.order, known.paper, request.actor), pk=pk)
        paper.still(filled.cleaned_data["row_version"])
        return known.take(paper, filled.cleaned_data, request.actor, request.at)

    def show(asked: ActedRequest, done: object) -> HttpResponse:
        messages.success(asked, _("已办理：%(step)s") % {"step": step.label})
        return redirect("case", number=number)

    return fill(request, form, page=page_of(request), facts=facts, work=work, show=show)


def page_of(request: ActedRequest) -> str:
    """Return what is shown of a case: all of the page, or what htmx puts in its place."""
    return "casefile/_case.html" if request.htmx else "casefile/case.html"


def _facts(request: ActedRequest, opened: dossier.Dossier) -> dict[str, Any]:
    actor, at = request.actor, request.at
    told = story(opened, at=at)
    return {
        "frame": frame_of(request.actor),
        "may_call": bool(CALLERS & actor.roles),
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


@require_GET
def orders(request: ActedRequest) -> HttpResponse:
    """List the orders that somebody may see, the soonest due first."""
    listed = listing(actor=request.actor, at=request.at)
    words = words_of(request.GET.dict())
    page = listed.page(booking.seen_by(request.actor), words)
    facts = {
        "frame": frame_of(request.actor),
        "page": page,
        "lines": [_line(order) for order in page.rows],
        "of": len(WAY),
        "standings": [(OPEN, _("在办")), *((one.value, one.label) for one in STANDINGS)],
        "all": ALL,
        "words": words,
        "sorts": [(name, order.label) for name, order in listed.orders.items()],
        "may_register": request.actor.may_somewhere(REGISTER.power),
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
