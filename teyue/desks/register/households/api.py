from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.desks.register import shapes
from teyue.desks.register.households import pages
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.register.estate import operations, queries, steps
from teyue.register.estate.facts import MemberFacts, Occupancy, Rights, UnitFacts
from teyue.register.estate.models import Consent, Household, Inquiry, Member, Unit
from teyue.register.estate.naming import Room, parse_room
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.formats import masked
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import GivenDay, In, LineOut, ListOut, ListWords, Out, PaperOut, Text, paper

router = Router(tags=[gettext_noop("房屋与住户")])
INQUIRIES = Listing(title="待征询事项", orders={"newest": Order("最新在前", descending=True)})
Subject = Literal[
    "elderly", "disability", "health", "minor", "hardship", "other_sensitive", "review"
]


class UnitOut(Out):
    """A flat or shop."""

    id: int
    office: str
    room: str
    area: str = Field(description=gettext_noop("平方米，两位小数"))
    kind: str
    status: str


class FellowOut(Out):
    """Somebody of a household over time."""

    id: int
    person: int
    name: str
    phone: str = Field(description=gettext_noop("中间四位隐去"))
    relation: str
    can_order: bool
    can_confirm: bool
    is_primary: bool
    from_on: date | None
    to_on: date | None


class FileOut(PaperOut):
    """The file of a household."""

    id: int
    office: str
    room: str
    opened_on: date | None
    closed_on: date | None
    size: int | None
    visit_note: str
    members: list[FellowOut]


class InquiryLine(LineOut):
    """What is to be asked, in a list."""

    id: int
    household: int
    room: str
    subject: str


class InquiryOut(PaperOut, InquiryLine):
    """What is to be asked."""


class UnitIn(In):
    """A flat or shop."""

    office: str | None = None
    room: Text = Field(max_length=24, examples=["3-2-1102"])
    area: Decimal = Field(ge=0, max_digits=8, decimal_places=2, examples=["89.37"])
    kind: Unit.Kind = Unit.Kind.RESIDENCE


class MemberIn(In):
    """A person of a household and what that person may do for it."""

    name: Text = Field(max_length=40)
    phone: Text = Field("", max_length=20)
    relation: Member.Relation
    can_order: bool = True
    can_confirm: bool = True
    is_primary: bool = False


class MoveInIn(In):
    """How a household begins."""

    opened_on: GivenDay
    size: int | None = Field(None, ge=1, le=30)
    visit_note: Text = Field("", max_length=120)
    members: list[MemberIn] = Field(max_length=30)


class RightsIn(In):
    """What a member may do; name and phone only where they are corrected."""

    relation: Member.Relation
    can_order: bool
    can_confirm: bool
    is_primary: bool
    name: Text | None = Field(None, max_length=40)
    phone: Text | None = Field(None, max_length=20)


class NoteIn(In):
    """What a visitor must know at the door; nothing sensitive."""

    note: Text = Field(max_length=120)


class AskIn(In):
    """What is to be asked of which household."""

    household: int
    subject: Subject


class AnswerIn(In):
    """Who answered how, and to which uses the household consents."""

    member: int
    method: Literal["paper", "counter", "call_recorded"]
    purposes: list[Consent.Purpose] = Field(max_length=7)


def unit_out(request: ActedRequest, unit: Unit) -> UnitOut:
    """Show a unit."""
    return UnitOut(
        id=unit.pk,
        office=unit.building.office.code,
        room=str(unit),
        area=pages.area(unit),
        kind=unit.kind,
        status=unit.status,
    )


def fellow_out(member: Member) -> FellowOut:
    """Show a member."""
    names = ("relation", "can_order", "can_confirm", "is_primary", "from_on", "to_on")
    return FellowOut(
        **{name: getattr(member, name) for name in names},
        id=member.pk,
        person=member.person_id,
        name=member.person.name,
        phone=masked(member.person.phone),
    )


def file_out(request: ActedRequest, household: Household) -> FileOut:
    """Show the file of a household, those who left included."""
    members = Member.objects.filter(household=household, voided_at=None)
    names = ("opened_on", "closed_on", "size", "visit_note")
    return FileOut(
        **paper(household),
        **{name: getattr(household, name) for name in names},
        id=household.pk,
        office=household.office.code,
        room=household.label,
        members=[fellow_out(row) for row in members.select_related("person").order_by("pk")],
        allowed_steps=allowed_steps(household, actor=request.actor, at=request.at),
    )


def inquiry_line(row: Inquiry) -> InquiryLine:
    """Show what is to be asked, in a list."""
    return InquiryLine(**_asked(row))


def inquiry_out(request: ActedRequest, row: Inquiry) -> InquiryOut:
    """Show what is to be asked."""
    steps_on = allowed_steps(row, actor=request.actor, at=request.at)
    return InquiryOut(**_asked(row), allowed_steps=steps_on)


@router.get("/units", **reads("estate.units", gettext_noop("房屋"), ListOut[UnitOut]))
def list_units(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List flats and shops."""
    rows = queries.units_seen_by(request.actor).select_related("building__office")
    page = pages.UNITS.page(rows, words.model_dump())
    return page.answer(lambda row: unit_out(request, row))


@router.post("/units", **begins(steps.ADD_UNIT, UnitOut))
def add_unit(request: ActedRequest, body: UnitIn) -> HttpResponse:
    """Register a flat or shop."""

    def work() -> Unit:
        office = shapes.office_named(request.actor, steps.ADD_UNIT.power, body.office)
        facts = UnitFacts(_room(body.room), int(body.area * 100), body.kind)
        return operations.add_unit(office, facts=facts, actor=request.actor, at=request.at)

    return act(request, work, show=unit_out)


@router.post("/units/{int:number}/households", **begins(steps.ADD_HOUSEHOLD, FileOut))
def add_household(request: ActedRequest, number: int, body: MoveInIn) -> HttpResponse:
    """Let a household move into a unit."""

    def work() -> Household:
        units = queries.units_seen_by(request.actor).select_related("building__office")
        return operations.add_household(
            units.get(pk=number),
            occupancy=Occupancy(body.opened_on, body.size, body.visit_note),
            members=[_facts(member) for member in body.members],
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=file_out)


@router.post("/households/{int:number}/members", **begins(steps.ADD_MEMBER, FellowOut))
def add_member(request: ActedRequest, number: int, body: MemberIn) -> HttpResponse:
    """Let a person join a household."""

    def work() -> Member:
        household = _household(request, number)
        facts = _facts(body)
        return operations.add_member(household, facts=facts, actor=request.actor, at=request.at)

    return act(request, work, show=_fellow)


@router.post(
    "/households/{int:number}/members/{int:member}/change_member",
    **takes(steps.CHANGE_MEMBER, FellowOut),
)
def change_member(request: ActedRequest, number: int, member: int, body: RightsIn) -> HttpResponse:
    """Change what a member is and may do; correct name or phone."""

    def work() -> Member:
        one = _member(request, number, member)
        named = {"name": body.name or one.person.name}
        named["phone"] = one.person.phone if body.phone is None else body.phone
        if named != {"name": one.person.name, "phone": one.person.phone}:
            operations.correct_person(one, **named, actor=request.actor, at=request.at)
        rights = Rights(body.relation, body.can_order, body.can_confirm, body.is_primary)
        return operations.change_member(one, rights=rights, actor=request.actor, at=request.at)

    return act(request, work, show=_fellow, status=200)


@router.post(
    "/households/{int:number}/members/{int:member}/end_member",
    **takes(steps.END_MEMBER, FellowOut),
)
def end_member(request: ActedRequest, number: int, member: int) -> HttpResponse:
    """Let a person leave a household."""

    def work() -> Member:
        one = _member(request, number, member)
        return operations.end_member(one, actor=request.actor, at=request.at)

    return act(request, work, show=_fellow, status=200)


@router.post("/households/{int:number}/annotate", **takes(steps.ANNOTATE, FileOut))
def annotate(request: ActedRequest, number: int, body: NoteIn) -> HttpResponse:
    """Write what a visitor must know at the door."""

    def work() -> Household:
        household = _household(request, number)
        return operations.annotate(household, note=body.note, actor=request.actor, at=request.at)

    return act(request, work, show=file_out, status=200)


@router.post("/households/{int:number}/move_out", **takes(steps.MOVE_OUT, FileOut))
def move_out(request: ActedRequest, number: int) -> HttpResponse:
    """Close a household today."""

    def work() -> Household:
        household = _household(request, number)
        return operations.move_out(household, actor=request.actor, at=request.at)

    return act(request, work, show=file_out, status=200)


@router.post("/households/{int:number}/void_household", **takes(steps.VOID_HOUSEHOLD, FileOut))
def void_household(request: ActedRequest, number: int) -> HttpResponse:
    """Take back a household that was registered by mistake."""

    def work() -> Household:
        household = _household(request, number)
        return operations.void_household(household, actor=request.actor, at=request.at)

    return act(request, work, show=file_out, status=200)


@router.get(
    "/inquiries", **reads("estate.inquiries", gettext_noop("待征询事项"), ListOut[InquiryLine])
)
def list_inquiries(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List what is to be asked."""
    rows = queries.inquiries_seen_by(request.actor).select_related("household")
    return INQUIRIES.answer(rows, words, inquiry_line)


@router.post("/inquiries", **begins(steps.ASK_CONSENT, InquiryOut))
def ask_consent(request: ActedRequest, body: AskIn) -> HttpResponse:
    """Put it to the desk to ask a household for a consent."""

    def work() -> Inquiry:
        household = _household(request, body.household)
        return operations.ask_consent(
            household, subject=body.subject, actor=request.actor, at=request.at
        )

    return act(request, work, show=inquiry_out)


@router.post("/inquiries/{int:number}/answer_inquiry", **takes(steps.ANSWER_INQUIRY, InquiryOut))
def answer_inquiry(request: ActedRequest, number: int, body: AnswerIn) -> HttpResponse:
    """Note what a household answered."""

    def work() -> Inquiry:
        inquiry = seek(queries.inquiries_seen_by(request.actor), pk=number)
        member = queries.live_members(inquiry.household_id).get(pk=body.member)
        consents = [
            operations.given(member, purpose, method=body.method, at=request.at)
            for purpose in body.purposes
        ]
        return operations.answer_inquiry(
            inquiry, consents=consents, actor=request.actor, at=request.at
        )

    return act(request, work, show=inquiry_out, status=200)


def _household(request: ActedRequest, number: int) -> Household:
    return seek(queries.seen_by(request.actor).select_related("office"), pk=number)


def _member(request: ActedRequest, number: int, member: int) -> Member:
    household = _household(request, number)
    rows = queries.members_seen_by(request.actor).filter(household=number, to_on=None)
    one = rows.get(pk=member)
    one.household = household
    return one


def _fellow(request: ActedRequest, member: Member) -> FellowOut:
    return fellow_out(member)


def _facts(body: MemberIn) -> MemberFacts:
    return MemberFacts(**body.model_dump())


def _room(text: str) -> Room:
    room = parse_room(text)
    if room is None:
        sentence = _("房号没有看懂，请您写成 栋-单元-室，例如 3-2-1102。")
        raise Refused("room_unreadable", sentence, field="room", clause="4.2.4")
    return room


def _asked(row: Inquiry) -> dict[str, Any]:
    return {
        **paper(row),
        "id": row.pk,
        "household": row.household_id,
        "room": row.household.label,
        "subject": row.subject,
    }
