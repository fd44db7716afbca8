"""Two doors to one operation, as a stage has them, and empty rooms where sign-in will be."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from ninja import Query, Router, Schema
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.register.company import operations, steps
from teyue.register.company.models import Company, Office
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.api import build
from teyue.web.endpoints import begins, reads, takes
from teyue.web.filling import fill
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest, still_arriving
from teyue.web.shapes import (
    GivenMoment,
    In,
    LineOut,
    ListOut,
    ListWords,
    PaperOut,
    Text,
    VersionIn,
    Yuan,
    paper,
)

router = Router(tags=["管理处"])
LIST = Listing(
    title="管理处",
    orders={"newest": Order("最新", descending=True), "code": Order("编号", "code")},
    filters={"code": lambda word: Q(code=word)},
)


class OfficeIn(In):
    code: Text = Field(max_length=8)
    name: Text = Field(max_length=40)
    fee: Yuan | None = None
    since: GivenMoment | None = None


class OfficeLine(LineOut):
    code: str


class OfficeOut(PaperOut):
    code: str
    name: str


class OfficeWords(ListWords):
    code: str | None = None


class Nothing(Schema):
    pass


def office_out(request: ActedRequest, office: Office) -> OfficeOut:
    steps = allowed_steps(office.company, actor=request.actor, at=request.at)
    return OfficeOut(**paper(office), code=office.code, name=office.name, allowed_steps=steps)


@router.get("/offices", **reads("company.offices", "管理处", ListOut[OfficeLine]))
def offices(request: ActedRequest, words: Query[OfficeWords]) -> object:
    return LIST.answer(Office.objects.all(), words)


@router.post("/offices", **begins(steps.OPEN_OFFICE, OfficeOut))
def open_office(request: ActedRequest, body: OfficeIn) -> HttpResponse:
    def work() -> Office:
        company = seek(Company.objects.all())
        given = {"code": body.code, "name": body.name}
        return operations.open_office(company, **given, actor=request.actor, at=request.at)

    return act(request, work, show=office_out)


@router.post("/offices/{code}/close", **takes(steps.ADD_DEPARTMENT, OfficeOut))
def close(request: ActedRequest, code: str) -> HttpResponse:
    return act(request, lambda: seek(Office.objects.all(), code=code), show=office_out, status=200)


@router.post("/offices/{code}/open", **takes(steps.ADD_DEPARTMENT, OfficeOut))
def reopen(request: ActedRequest, code: str, body: VersionIn) -> HttpResponse:
    return act(request, lambda: seek(Office.objects.all(), code=code), show=office_out, status=200)


@router.get("/broken", **reads("company.broken", "坏", Nothing))
def broken(request: ActedRequest) -> object:
    raise ZeroDivisionError("a secret of ours")


class OfficeForm(forms.Form):
    code = forms.CharField(max_length=8)
    name = forms.CharField(max_length=40)


def new_office(request: ActedRequest) -> HttpResponse:
    form = OfficeForm(request.POST)

    def work(filled: OfficeForm) -> Office:
        company = seek(Company.objects.all())
        given = filled.cleaned_data
        return operations.open_office(company, **given, actor=request.actor, at=request.at)

    return fill(request, form, page="office.html", facts={}, work=work, show=_to_office)


def _to_office(request: ActedRequest, office: Office) -> HttpResponse:
    return HttpResponseRedirect(f"/offices/{office.code}/")


def press(request: ActedRequest) -> HttpResponse:
    seek_and_open = request.POST.get("code", "?")

    def work() -> Office:
        company = seek(Company.objects.all())
        code = {"code": seek_and_open, "name": "新处"}
        return operations.open_office(company, **code, actor=request.actor, at=request.at)

    return act(request, work, show=_to_office, status=200)


def home(request: ActedRequest) -> HttpResponse:
    return HttpResponse(request.actor.name)


def lost(request: HttpRequest) -> HttpResponse:
    raise Office.DoesNotExist


@login_not_required
def notice(request: HttpRequest) -> HttpResponse:
    return HttpResponse("公告")


@still_arriving
def arriving(request: HttpRequest) -> HttpResponse:
    return HttpResponse("入内")


api = build([router], version="test")
urlpatterns = [
    path("api/v1/", api.urls),
    path("", home),
    path("offices/new/", new_office),
    path("offices/press/", press),
    path("lost/", lost),
    path("notice/", notice),
    path("arriving/", arriving),
    path("signin/", notice, name="login"),
    path("me/password/", arriving, name="password"),
    path("me/second-factor/", arriving, name="second-factor"),
]
handler403 = "teyue.web.refusals.forbidden"
handler404 = "teyue.web.refusals.missing"
handler500 = "teyue.web.refusals.fault"
