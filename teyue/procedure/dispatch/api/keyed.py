"""Who is meant when somebody at the desk types for a resident or for the technician."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from teyue.foundation.actors import Actor
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch.models import Visit
from teyue.register.estate.models import Member
from teyue.register.people import queries as people
from teyue.web.keyed import EvidenceIn, KeyedIn, named_in, proof_of
from teyue.web.people import ActedRequest
from teyue.web.shapes import VersionIn


class PerformedIn(VersionIn):
    """A step of the technician, who may have put it on paper: then ``for`` and the evidence."""

    for_: Literal["performer"] | None = Field(None, alias="for")
    evidence: EvidenceIn | None = None


def performer_of(visit: Visit, body: PerformedIn, request: ActedRequest) -> Actor:
    """Return the technician for whom the desk types, or who is at the door.

    :raises Refused: ``evidence_missing``.
    """
    if body.for_ is None:
        return request.actor
    evidence = proof_of(body.evidence)
    who = people.actor_of_person(visit.performer_id or 0, at=request.at)
    return who.typed_by(request.actor, evidence)


def resident_of(order: Order, body: KeyedIn, request: ActedRequest) -> tuple[Actor, Member | None]:
    """Return the resident who speaks, whether at the door or typed for, and the membership.

    :raises Refused: ``evidence_missing``.
    """
    members = orders.members_of(order.household_id)
    if body.for_ is None:
        return request.actor, members.filter(person=request.actor.id).first()
    evidence = proof_of(body.evidence)
    member = members.get(person=named_in(order, body))
    who = people.resident(member.person, household=order.household_id)
    return who.typed_by(request.actor, evidence), member
