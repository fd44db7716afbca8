"""Who is meant when somebody at the desk types for a resident or for the technician."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _
from pydantic import Field

from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.api import EvidenceIn, KeyedIn, VersionIn
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch.models import Visit
from teyue.register.estate.models import Member
from teyue.register.people import queries as people
from teyue.web.people import ActedRequest


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
    named = body.for_ if isinstance(body.for_, int) else getattr(order, f"{body.for_}_id")
    member = members.get(person=named)
    who = people.resident(member.person, household=order.household_id)
    return who.typed_by(request.actor, evidence), member


def proof_of(evidence: EvidenceIn | None) -> Evidence:
    """Return what shows that somebody else said it.

    :raises Refused: ``evidence_missing``.
    """
    if evidence is None:
        text = _("代人录入要有凭据，请您填写签名、扫描件或通话录音的编号。")
        raise Refused("evidence_missing", text, field="evidence")
    return Evidence(evidence.kind, evidence.reference)
