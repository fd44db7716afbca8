from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.desks.register import shapes
from teyue.desks.register.offices import operations as offices
from teyue.desks.register.shapes import PaperIn, PostLine
from teyue.desks.register.staff.api import post_line
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import seek
from teyue.register.company import queries as company
from teyue.register.people import operations, queries, staffing, steps
from teyue.register.people.facts import Appointment, Authorization, Signature
from teyue.register.people.models import Delegation, Post, Role
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import GivenDay, In, LineOut, ListOut, ListWords, Out, PaperOut, Text, paper

router = Router(tags=[gettext_noop("岗位与授权")])
POSTS = Listing(title="岗位", orders={"newest": Order("最新在前", descending=True)})
DELEGATIONS = Listing(title="授权", orders={"newest": Order("最新在前", descending=True)})


class PostOut(PaperOut, PostLine):
    """An appointment."""


class DelegationLine(LineOut):
    """An authorization in a list."""

    id: int
    grantor: int
    grantor_name: str
    grantee: int
    grantee_name: str
    role: str
    office: str | None
    from_on: date
    to_on: date
    reason: str


class DelegationOut(PaperOut, DelegationLine):
    """An authorization."""


class HolderOut(Out):
    """Somebody who may take a step."""

    person: int
    name: str


class CoverageOut(Out):
    """A step, who may take it, and what is wrong with that."""

    operation: str
    label: str
    people: list[HolderOut]
    problem: str | None


class AppointIn(In):
    """Who shall hold which post, where and how long."""

    person: int
    role: Role
    office: str | None = None
    from_on: GivenDay
    to_on: GivenDay | None = None
    firm: int | None = None


class GeneralManagerIn(In):
    """Whom the legal person made general manager, and by which letter."""

    person: int
    from_on: GivenDay
    evidence: PaperIn


class SignIn(In):
    """The signature; the decision lets RC and CA meet in one person."""

    decision: Text = Field("", max_length=60)


class DelegateIn(In):
    """Who acts in whose post; ``for`` names the giver when somebody else types it."""

    for_: int | None = Field(None, alias="for")
    evidence: PaperIn | None = None
    grantee: int
    role: Role
    office: str | None = None
    from_on: GivenDay
    to_on: GivenDay
    reason: Text = Field(max_length=120)


class RevokeIn(In):
    """Who takes it back, when somebody else types it."""

    for_: int | None = Field(None, alias="for")
    evidence: PaperIn | None = None


def post_out(request: ActedRequest, post: Post) -> PostOut:
    """Show an appointment."""
    steps_on = allowed_steps(post, actor=request.actor, at=request.at)
    return PostOut(**post_line(post).model_dump(), allowed_steps=steps_on)


def delegation_line(row: Delegation) -> DelegationLine:
    """Show an authorization in a list."""
    return DelegationLine(**_common(row))


def delegation_out(request: ActedRequest, row: Delegation) -> DelegationOut:
    """Show an authorization."""
    steps_on = allowed_steps(row, actor=request.actor, at=request.at)
    return DelegationOut(**_common(row), allowed_steps=steps_on)


@router.get("/posts", **reads("people.posts", gettext_noop("岗位任命"), ListOut[PostLine]))
def list_posts(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the appointments."""
    return POSTS.answer(queries.posts_seen_by(request.actor), words, post_line)


@router.get("/posts/{int:number}", **reads("people.post", gettext_noop("一项任命"), PostOut))
def read_post(request: ActedRequest, number: int) -> PostOut:
    """Show one appointment."""
    return post_out(request, queries.posts_seen_by(request.actor).get(pk=number))


@router.get("/staffing", **reads("people.staffing", gettext_noop("配岗检查"), list[CoverageOut]))
def list_coverage(request: ActedRequest, office: str | None = None) -> list[CoverageOut]:
    """Show for each step who may take it in an office now."""
    chosen = shapes.office_named(request.actor, company.READ, office)
    return [_coverage(one) for one in staffing.staffing(chosen.pk, request.at)]


@router.post("/posts", **begins(steps.APPOINT, PostOut))
def appoint(request: ActedRequest, body: AppointIn) -> HttpResponse:
    """Appoint somebody with effect from a day."""

    def work() -> Post:
        asked = _appointment(request, body)
        return operations.appoint(appointment=asked, actor=request.actor, at=request.at)

    return act(request, work, show=post_out)


@router.post("/posts/propose_appointment", **begins(steps.PROPOSE_APPOINTMENT, PostOut))
def propose_appointment(request: ActedRequest, body: AppointIn) -> HttpResponse:
    """Put an appointment to the general manager."""

    def work() -> Post:
        asked = _appointment(request, body)
        return operations.propose_appointment(appointment=asked, actor=request.actor, at=request.at)

    return act(request, work, show=post_out)


@router.post("/posts/appoint_general_manager", **begins(steps.APPOINT_GENERAL_MANAGER, PostOut))
def appoint_general_manager(request: ActedRequest, body: GeneralManagerIn) -> HttpResponse:
    """Record whom the company's legal person made general manager."""

    def work() -> Post:
        person = shapes.person_seen(request, body.person)
        return offices.appoint_general_manager(
            shapes.company_locked(),
            appointment=Appointment(person, Role.GM, None, body.from_on),
            evidence=body.evidence.evidence(),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=post_out)


@router.post("/posts/{int:number}/sign_appointment", **takes(steps.SIGN_APPOINTMENT, PostOut))
def sign_appointment(request: ActedRequest, number: int, body: SignIn) -> HttpResponse:
    """Let a proposed appointment take effect."""

    def work() -> Post:
        return operations.sign_appointment(
            _post(request, number),
            signature=Signature(body.decision),
            actor=request.actor,
            at=request.at,
        )

    return act(request, work, show=post_out, status=200)


@router.post("/posts/{int:number}/refuse_appointment", **takes(steps.REFUSE_APPOINTMENT, PostOut))
def refuse_appointment(request: ActedRequest, number: int) -> HttpResponse:
    """Decline to sign a proposed appointment."""

    def work() -> Post:
        post = _post(request, number)
        return operations.refuse_appointment(post, actor=request.actor, at=request.at)

    return act(request, work, show=post_out, status=200)


@router.post("/posts/{int:number}/end_post", **takes(steps.END_POST, PostOut))
def end_post(request: ActedRequest, number: int) -> HttpResponse:
    """End an appointment at once."""

    def work() -> Post:
        return operations.end_post(_post(request, number), actor=request.actor, at=request.at)

    return act(request, work, show=post_out, status=200)


@router.get(
    "/delegations", **reads("people.delegations", gettext_noop("授权"), ListOut[DelegationLine])
)
def list_delegations(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the authorizations."""
    rows = queries.delegations_seen_by(request.actor)
    return DELEGATIONS.answer(rows, words, delegation_line)


@router.post("/delegations", **begins(steps.DELEGATE, DelegationOut))
def delegate(request: ActedRequest, body: DelegateIn) -> HttpResponse:
    """Let a colleague act in a post for at most 30 days."""

    def work() -> Delegation:
        giver = _speaking(request, body.for_, body.evidence)
        asked = Authorization(
            queries.people_seen_by(request.actor).get(pk=giver.id),
            shapes.person_seen(request, body.grantee),
            body.role,
            shapes.office_or_all(request.actor, company.READ, body.office),
            body.from_on,
            body.to_on,
            body.reason,
        )
        return operations.delegate(authorization=asked, actor=giver, at=request.at)

    return act(request, work, show=delegation_out)


@router.post(
    "/delegations/{int:number}/revoke_delegation", **takes(steps.REVOKE_DELEGATION, DelegationOut)
)
def revoke_delegation(request: ActedRequest, number: int, body: RevokeIn) -> HttpResponse:
    """Take an authorization back at once."""

    def work() -> Delegation:
        row = seek(queries.delegations_seen_by(request.actor), pk=number)
        giver = _speaking(request, body.for_, body.evidence)
        return operations.revoke_delegation(row, actor=giver, at=request.at)

    return act(request, work, show=delegation_out, status=200)


def _post(request: ActedRequest, number: int) -> Post:
    return seek(queries.posts_seen_by(request.actor), pk=number)


def _appointment(request: ActedRequest, body: AppointIn) -> Appointment:
    return Appointment(
        shapes.person_seen(request, body.person),
        body.role,
        shapes.office_or_all(request.actor, company.READ, body.office),
        body.from_on,
        body.to_on,
        body.firm,
    )


def _speaking(request: ActedRequest, giver: int | None, shown: PaperIn | None) -> Actor:
    """Return who acts: the caller, or on evidence the person whom the caller types for."""
    if giver is None or shown is None:
        return request.actor
    return queries.actor_of_person(giver, at=request.at).typed_by(request.actor, shown.evidence())


def _coverage(one: staffing.Coverage) -> CoverageOut:
    return CoverageOut(
        operation=one.step,
        label=str(one.label),
        people=[HolderOut(person=holder.person, name=holder.name) for holder in one.people],
        problem=one.problem or None,
    )


def _common(row: Delegation) -> dict[str, Any]:
    names = ("role", "from_on", "to_on", "reason")
    return {
        **paper(row),
        **{name: getattr(row, name) for name in names},
        "id": row.pk,
        "grantor": row.grantor_id,
        "grantor_name": row.grantor.name,
        "grantee": row.grantee_id,
        "grantee_name": row.grantee.name,
        "office": row.office.code if row.office else None,
    }
