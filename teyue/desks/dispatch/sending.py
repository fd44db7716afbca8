"""The board of a day, and sending: the first time, or again for an order of several visits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from teyue.desks.dispatch.board import drawn
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local, local_day
from teyue.foundation.lifecycle import Step, seek
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders, slots
from teyue.procedure.dispatch import operations, queries, steps
from teyue.procedure.dispatch.facts import Assignment
from teyue.procedure.dispatch.forms import AssignForm, day_of, slot_of
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service import operations as service
from teyue.procedure.service import steps as serving
from teyue.web.context import office_of
from teyue.web.filling import fill
from teyue.web.people import ActedRequest
from teyue.web.problems import not_found

BOARD = "dispatch/board.html"
HALF = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Sending:
    """A way to send: by which step, on which page, and what does it."""

    step: Step
    page: str
    send: Callable[[ActedRequest, str, AssignForm], Visit]


@require_GET
def board(request: ActedRequest) -> HttpResponse:
    """Show who is where today, and what still waits to be sent."""
    _may_look(request)
    return render(request, BOARD, _facts(request, day=_day(request)))


@require_http_methods(["GET", "POST"])
def assign(request: ActedRequest, number: str) -> HttpResponse:
    """Choose whom to send to one order, and send."""
    return _send(request, number, Sending(steps.ASSIGN, "dispatch-assign", _first))


@require_http_methods(["GET", "POST"])
def follow(request: ActedRequest, number: str) -> HttpResponse:
    """Send somebody again to an order that needs more visits (O9m)."""
    way = Sending(serving.CONTINUE_ORDER, "service-continue-order", _again)
    return _send(request, number, way)


def _send(request: ActedRequest, number: str, way: Sending) -> HttpResponse:
    _may_look(request)
    order = orders.seen_by(request.actor).get(number=number)
    starts = _starts(request, order)
    form = AssignForm(request.POST or None, initial={"starts": _typed(starts), "minutes": 120})
    facts = {
        **_facts(request, day=local_day(starts), chosen=order, starts=starts),
        "way": way.step,
        "send_url": reverse(way.page, args=(number,)),
        "refusal_now": _closed(request, order, way.step),
    }
    if request.method == "GET":
        return render(request, BOARD, {**facts, "form": form})

    def work(filled: AssignForm) -> Visit:
        return way.send(request, number, filled)

    return fill(request, form, page=BOARD, facts=facts, work=work, show=_sent)


def _first(request: ActedRequest, number: str, filled: AssignForm) -> Visit:
    order = seek(orders.seen_by(request.actor), number=number)
    assignment = _assignment(order, filled)
    return operations.assign(order, assignment=assignment, actor=request.actor, at=request.at)


def _again(request: ActedRequest, number: str, filled: AssignForm) -> Visit:
    order = seek(orders.seen_by(request.actor), number=number)
    last = seek(Visit.along_with(), pk=queries.visits_of(order).values_list("pk", flat=True).last())
    assignment = _assignment(order, filled)
    return service.continue_order(last, assignment=assignment, actor=request.actor, at=request.at)


def _assignment(order: Order, filled: AssignForm) -> Assignment:
    sent = queries.sendable(order, **filled.named())
    return Assignment(**sent, **filled.appointment())


def _closed(request: ActedRequest, order: Order, step: Step) -> Refused | None:
    blank = queries.visits_of(order).filter(state=Visit.State.SCHEDULED).last()
    visit = blank or Visit(order=order, office=order.office)
    visit.order = order
    return step.objection(visit, actor=request.actor, at=request.at)


def _facts(
    request: ActedRequest,
    *,
    day: date,
    chosen: Order | None = None,
    starts: datetime | None = None,
) -> dict[str, Any]:
    office = chosen.office_id if chosen else getattr(office_of(request.actor), "pk", 0)
    visits = list(queries.on_board(request.actor, day=day))
    waiting = [*queries.to_send(request.actor), *_to_follow(request.actor)]
    candidates = []
    if chosen is not None and starts is not None:
        ends = starts + timedelta(minutes=chosen.standard.duration_min)
        candidates = slots.candidates(
            chosen, starts=starts, ends=ends, at=request.at, exempt=chosen.in_arrears
        )
    shown = drawn(visits, office=office, day=day, at=request.at, candidates=candidates)
    return {
        "board": shown,
        "visits": visits,
        "queue": waiting,
        "overdue": sum(bool(one.due_at and one.due_at <= request.at) for one in waiting),
        "chosen": chosen,
        "starts": starts,
        "candidates": [
            (f"staff-{one.staff}" if one.staff else f"worker-{one.worker}", one)
            for one in candidates
        ],
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
    }


def _to_follow(actor: Actor) -> KeptQuerySet[Order]:
    """Return the orders whose last visit is over and that need another one, the oldest first."""
    under_way = orders.seen_by(actor).filter(standing=Standing.IN_SERVICE)
    busy = Visit.objects.filter(state__in=Visit.LIVE).order_by()
    return under_way.exclude(pk__in=busy.values("order")).order_by("standing_since", "pk")


def _may_look(request: ActedRequest) -> None:
    looks = (orders.READ, steps.ASSIGN.power)
    if not any(request.actor.may_somewhere(power) for power in looks):
        raise Refused("no_power", _("派工板由客服接待、部门主管和客服主管使用。"))


def _day(request: ActedRequest) -> date:
    word = request.GET.get("day", "")
    try:
        return day_of(word) if word else local_day(request.at)
    except ValueError:
        raise not_found() from None


def _starts(request: ActedRequest, order: Order) -> datetime:
    """Return which begin is looked at: what was typed, what was wished, or the next half hour."""
    typed = request.POST.get("starts") or request.GET.get("starts", "")
    if found := slot_of(typed):
        return found
    if order.wish_from is not None and order.wish_from >= request.at:
        return order.wish_from
    here = local(request.at).replace(minute=0, second=0, microsecond=0)
    while here < request.at:
        here += HALF
    return here


def _typed(starts: datetime) -> str:
    return f"{local(starts):%Y-%m-%dT%H:%M}"


def _sent(request: ActedRequest, sent: Visit) -> HttpResponse:
    words = {
        "room": sent.order.household.label,
        "name": sent.performer.name if sent.performer else "",
        "time": f"{local(sent.appoint_from):%m-%d %H:%M}",
    }
    messages.success(request, _("%(room)s 已派给 %(name)s，%(time)s 到") % words)
    day = local_day(sent.appoint_from)
    return redirect(f"{reverse('board')}?day={day:%Y-%m-%d}")
