from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from teyue.desks.casefile.wording import how_much, item_name
from teyue.desks.workbench import tasks
from teyue.desks.workbench.pipeline import pipeline
from teyue.desks.workbench.queues import today
from teyue.desks.workbench.sample import sample
from teyue.desks.workbench.surroundings import works_of
from teyue.procedure.booking.queries import orders
from teyue.register.people.models import Role
from teyue.web.frames import frame_of
from teyue.web.people import ActedRequest
from teyue.web.templatetags.teyue import url_or_nothing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN_ORDERS = 10
DESKS: dict[str, tuple[StrOrPromise, str]] = {
    Role.ST: (_("今日任务"), "jobs"),
    Role.SU: (_("派单"), "firm-visits"),
    Role.CA: (_("收银台"), "till"),
    Role.RC: (_("接待台"), "reception"),
    Role.DS: (_("派工板"), "board"),
    Role.CS: (_("派工板"), "board"),
    Role.RS: (_("预约服务"), "services"),
}


@require_GET
def workbench(request: ActedRequest) -> HttpResponse:
    """Show what waits for this person today, and where the orders of the office stand."""
    actor, at = request.actor, request.at
    facts: dict[str, Any] = {
        "frame": frame_of(request.actor),
        "today": today(works_of(request), actor=actor, at=at),
        "pipeline": pipeline(actor, at=at),
        "sample": sample(actor, seed=request.GET.get("seed", ""), at=at),
        "register": tasks.of_register(actor),
        "own": _own_orders(request),
        "desk": _desk(request),
    }
    return render(request, "workbench/workbench.html", facts)


def _own_orders(request: ActedRequest) -> list[dict[str, Any]] | None:
    """Return the latest orders of the household; None for who does not live here."""
    actor = request.actor
    if Role.RS not in actor.roles:
        return None
    mine = orders.seen_by(actor).filter(household__in=actor.tied("household")).order_by("-pk")
    return [
        {"order": order, "item": f"{item_name(order.item)} {how_much(order)}".strip()}
        for order in mine[:SHOWN_ORDERS]
    ]


def _desk(request: ActedRequest) -> tuple[StrOrPromise, str] | None:
    """Return name and address of the desk where this person mostly works, if there is one."""
    for role, (label, name) in DESKS.items():
        if role in request.actor.roles and (url := url_or_nothing(name)):
            return label, url
    return None
