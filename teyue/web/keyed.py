"""Who speaks when the desk types: for a resident, on evidence."""

from __future__ import annotations

from typing import Literal, Protocol

from django.utils.translation import gettext as _
from pydantic import Field

from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.refusal import Refused
from teyue.register.estate import queries as estate
from teyue.register.people import queries as people
from teyue.web.shapes import In, Text, VersionIn


class EvidenceIn(In):
    """What shows that somebody else said it."""

    kind: str = Field(max_length=16, examples=["call_recorded"])
    reference: Text = Field(min_length=1, max_length=120, examples=["录音 0571-1042"])


class KeyedIn(VersionIn):
    """A step of a resident that may be typed by the desk, on evidence."""

    for_: int | Literal["requester", "payer", "contact"] | None = Field(None, alias="for")
    evidence: EvidenceIn | None = None


class Asked(Protocol):
    """What a household asked for: who speaks for it in which part."""

    household_id: int
    requester_id: int
    payer_id: int
    contact_id: int


def proof_of(evidence: EvidenceIn | None) -> Evidence:
    """Return what shows that somebody else said it.

    :raises Refused: ``evidence_missing``.
    """
    if evidence is None:
        text = _("代人录入要有凭据，请您填写签名、扫描件或通话录音的编号。")
        raise Refused("evidence_missing", text, field="evidence")
    return Evidence(evidence.kind, evidence.reference)


def named_in(order: Asked, body: KeyedIn) -> int | None:
    """Return the person for whom the desk types, None for whoever is at the door."""
    if body.for_ is None or isinstance(body.for_, int):
        return body.for_
    named: int = getattr(order, f"{body.for_}_id")
    return named


def speaker(order: Asked, body: KeyedIn, actor: Actor) -> Actor:
    """Return the resident for whom the desk types, or who is at the door.

    :raises Refused: ``evidence_missing``.
    :raises DoesNotExist: for somebody who is no member of the household.
    """
    named = named_in(order, body)
    if named is None:
        return actor
    evidence = proof_of(body.evidence)
    member = estate.live_members(order.household_id).get(person=named)
    return people.resident(member.person, household=order.household_id).typed_by(actor, evidence)
