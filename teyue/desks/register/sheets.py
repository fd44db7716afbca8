"""A page with one form on it: which step it takes, what it says, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from teyue.foundation.actors import Power
from teyue.foundation.lifecycle import Document, Step
from teyue.foundation.refusal import Refused
from teyue.register.company import queries as company
from teyue.register.company.models import Office
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

F = TypeVar("F", bound=BaseForm)
T = TypeVar("T")
PAGE = "register/sheet.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What a page with one form says: the step, what it is about, and the way back.

    ``also`` is another step that the same form may take. ``refusal`` is why the step is closed to
    this person now; ``facts`` are for another ``page``.
    """

    step: Step
    back: str
    also: Step | None = None
    about: str = ""
    note: StrOrPromise = ""
    refusal: Refused | None = None
    page: str = PAGE
    facts: Mapping[str, Any] = field(default_factory=dict)


def filled(
    request: ActedRequest,
    form: F,
    sheet: Sheet,
    *,
    work: Callable[[F], T],
    show: Callable[[ActedRequest, T], HttpResponse],
) -> HttpResponse:
    """Show the page with its form, or take the step with what was typed."""
    facts = {**sheet.facts, "sheet": sheet, "refusal": sheet.refusal}
    if request.method == "GET":
        return render(request, sheet.page, {**facts, "form": form})
    return fill(request, form, page=sheet.page, facts=facts, work=work, show=show)


def told(text: str, page: str, **where: Any) -> Callable[[ActedRequest, object], HttpResponse]:
    """Return what to show when a step is taken: the sentence, on a page."""

    def show(request: ActedRequest, outcome: object) -> HttpResponse:
        messages.success(request, text)
        return redirect(reverse(page, kwargs=where))

    return show


def closed(step: Step, document: Document, request: ActedRequest) -> Refused | None:
    """Return why a step is closed to this person now, whatever will be asked."""
    return step.objection(document, actor=request.actor, at=request.at)


def entitled(request: ActedRequest, power: Power) -> None:
    """Turn away who does not hold a power anywhere.

    :raises Refused: ``no_power``.
    """
    if not request.actor.may_somewhere(power):
        text = _("您没有“%(power)s”的权限，请找有此权限的同事办理。")
        raise Refused("no_power", text % {"power": power.label})


def office_shown(request: ActedRequest, power: Power) -> tuple[Office | None, list[Office]]:
    """Return the office that a page is about, and those that somebody may choose from.

    :raises Refused: ``no_power`` for who may see none.
    """
    entitled(request, power)
    offices = list(company.offices_where(request.actor, power))
    code = request.GET.get("office", "").upper()
    chosen = [office for office in offices if office.code == code] or offices
    return (chosen[0] if chosen else None), offices
