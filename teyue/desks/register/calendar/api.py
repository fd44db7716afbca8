from __future__ import annotations

from datetime import date
from typing import Annotated

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Router
from pydantic import Field

from teyue.desks.register import shapes
from teyue.register.calendar import operations, steps
from teyue.register.calendar.days import Day, DayKind
from teyue.register.calendar.models import CalendarDay
from teyue.register.company import queries as company
from teyue.register.company.models import Office
from teyue.web.acts import act
from teyue.web.endpoints import reads, takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import GivenDay, In, Out, Text

router = Router(tags=[gettext_noop("日历")])


class DayOut(Out):
    """A day: of one office, or of all."""

    date: date
    kind: str
    name: str
    closed: bool
    office: str | None


class SeededOut(Out):
    """How many days of a year are new or have changed."""

    year: int
    changed: int


class PresetOut(Out):
    """The quiet hours that an office keeps."""

    office: str
    preset: str


class YearIn(In):
    """The year whose official days are entered."""

    year: int = Field(ge=2020, le=2060)


class DayIn(In):
    """What a day is."""

    date: GivenDay
    kind: DayKind
    name: Text = Field("", max_length=40)


class ClosureIn(In):
    """When and why an office is closed."""

    date: GivenDay
    name: Text = Field(min_length=1, max_length=40)


class ReopenIn(In):
    """Which closing is taken back."""

    date: GivenDay


class PresetIn(In):
    """The quiet hours of which city."""

    preset: str = Field(max_length=16, examples=["HANGZHOU"])


def day_out(row: CalendarDay) -> DayOut:
    """Show a day."""
    return DayOut(
        date=row.date,
        kind=row.kind,
        name=row.name,
        closed=row.closed,
        office=row.office.code if row.office else None,
    )


def preset_out(request: ActedRequest, office: Office) -> PresetOut:
    """Show the quiet hours of an office."""
    return PresetOut(office=office.code, preset=office.preset)


@router.get("/calendar", **reads("calendar.days", gettext_noop("日历"), list[DayOut]))
def list_days(
    request: ActedRequest, year: Annotated[int, Field(ge=2000, le=2100)], office: str | None = None
) -> list[DayOut]:
    """List the official days of a year and the own days of an office, which go before."""
    chosen = shapes.office_named(request.actor, company.READ, office)
    rows = CalendarDay.objects.filter(Q(office=chosen) | Q(office=None), date__year=year)
    return [day_out(row) for row in rows.select_related("office").order_by("date", "pk")]


@router.post("/calendar/seed", **takes(steps.SEED, SeededOut))
def seed(request: ActedRequest, body: YearIn) -> HttpResponse:
    """Enter the official days of a year."""

    def work() -> int:
        owner = shapes.company_locked()
        return operations.seed(owner, year=body.year, actor=request.actor, at=request.at)

    def show(request: ActedRequest, changed: int) -> SeededOut:
        return SeededOut(year=body.year, changed=changed)

    return act(request, work, show=show, status=200)


@router.post("/calendar/{office}/set_day", **takes(steps.SET_DAY, DayOut))
def set_day(request: ActedRequest, office: str, body: DayIn) -> HttpResponse:
    """Say what a day is in an office."""

    def work() -> CalendarDay:
        return operations.set_day(
            _office(request, office),
            day=Day(body.date, body.kind, body.name),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=lambda _request, row: day_out(row), status=200)


@router.post("/calendar/{office}/close_day", **takes(steps.CLOSE_DAY, DayOut))
def close_day(request: ActedRequest, office: str, body: ClosureIn) -> HttpResponse:
    """Close an office for a day."""

    def work() -> CalendarDay:
        return operations.close_day(
            _office(request, office),
            on=body.date,
            name=body.name,
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=lambda _request, row: day_out(row), status=200)


@router.post("/calendar/{office}/reopen_day", **takes(steps.REOPEN_DAY, DayOut))
def reopen_day(request: ActedRequest, office: str, body: ReopenIn) -> HttpResponse:
    """Take the closing of a day back."""

    def work() -> CalendarDay:
        chosen = _office(request, office)
        return operations.reopen_day(chosen, on=body.date, actor=request.actor, at=request.at)

    return act(request, work, show=lambda _request, row: day_out(row), status=200)


@router.post("/calendar/{office}/choose_preset", **takes(steps.CHOOSE_PRESET, PresetOut))
def choose_preset(request: ActedRequest, office: str, body: PresetIn) -> HttpResponse:
    """Let an office keep the quiet hours of its city."""

    def work() -> Office:
        chosen = _office(request, office)
        return operations.choose_preset(
            chosen, preset=body.preset, actor=request.actor, at=request.at
        )

    return act(request, work, show=preset_out, status=200)


def _office(request: ActedRequest, code: str) -> Office:
    return shapes.office_locked(request, company.READ, code)
