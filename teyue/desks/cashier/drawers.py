"""The cash desks of the offices, which finance sets up (3.5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.procedure.cashier import operations, queries, steps
from teyue.procedure.cashier.models import Drawer, Shift
from teyue.register.company.models import Office
from teyue.web.filling import fill
from teyue.web.guards import only_with
from teyue.web.people import ActedRequest

PAGE = "till/drawers.html"


class DrawerForm(forms.Form):
    """A new cash desk: how it is called, and where it stands."""

    name = forms.CharField(label=gettext_lazy("收银点名称"), max_length=20)
    office: forms.ModelChoiceField[Office] = forms.ModelChoiceField(
        None, label=gettext_lazy("管理处"), empty_label=None, to_field_name="code"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = actor.scopes(steps.INSTALL_DRAWER.power)
        offices = Office.objects.order_by("pk")
        own = offices if EVERYWHERE in scopes else offices.filter(pk__in=scopes)
        self.fields["office"].queryset = own  # type: ignore[attr-defined]


@only_with(steps.INSTALL_DRAWER.power)
def drawers(request: ActedRequest) -> HttpResponse:
    """List the cash desks with who sits there now, and set another one up."""
    form = DrawerForm(request.POST or None, actor=request.actor)
    facts = {"desks": _desks(request.actor)}
    if request.method == "GET":
        return render(request, PAGE, {**facts, "form": form})

    def work(filled: DrawerForm) -> Drawer:
        said = filled.cleaned_data
        return operations.install_drawer(
            said["office"], name=said["name"], actor=request.actor, at=request.at
        )

    return fill(request, form, page=PAGE, facts=facts, work=work, show=_installed)


def _desks(actor: Actor) -> list[tuple[Drawer, Shift | None]]:
    live = queries.shifts_seen_by(actor).filter(state__in=queries.LIVE)
    taken = {shift.drawer_id: shift for shift in live.select_related("cashier")}
    return [(desk, taken.get(desk.pk)) for desk in queries.drawers(actor)]


def _installed(request: ActedRequest, desk: Drawer) -> HttpResponse:
    messages.success(request, _("已设置 %(name)s，收银员可以开班") % {"name": desk.name})
    return redirect("drawers")
