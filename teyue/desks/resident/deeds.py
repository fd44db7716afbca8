"""What somebody who holds a link may do, the same for page and API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.files import operations as storing
from teyue.foundation.files.pictures import drawn_signature
from teyue.foundation.lifecycle import seek
from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Quote
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispute import operations as disputes
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Consent, Word
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.queries import files, links, records
from teyue.procedure.service.steps import WITNESS
from teyue.register.estate.models import Member
from teyue.register.people import queries as people

# What stands behind a deed that needs no signature. The code itself is never written down.
CODE_OF_RECEIPT = Evidence(Confirmation.Method.CODE, "")
OWN_WORDS = Evidence(Quote.Method.SIGN, "住户口头")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said under a link: the digest that was shown, and a code or a drawn signature."""

    digest: str
    method: Confirmation.Method
    code: str = ""
    signature: str = ""
    person: int | None = None
    rating: int | None = None
    remark: str = ""

    @property
    def is_by_code(self) -> bool:
        """Tell whether the code of the receipt is used."""
        return self.method == Confirmation.Method.CODE


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signs for the household under a link, and the drawn signature."""

    person: int | None = None
    signature: str = ""
    row_version: int | None = None


def confirm(token: str, said: Said, *, at: datetime) -> Record:
    """Confirm the record of a link (O10).

    :raises Refused: ``link_expired``, ``confirmer_missing``, and those of
        :func:`service.confirm`.
    """
    record = seek(links.named_by(token, at=at))
    member = _member(record, record.order.payer_id if said.is_by_code else said.person)
    actor = people.resident(member.person, household=record.order.household_id)
    shower, proof = _shower(token, at), said.code
    if said.is_by_code:
        actor = _shown(actor, shower, record, CODE_OF_RECEIPT)
    else:
        proof = _signed(record, said.signature, shower or actor, at)
        actor = _witnessed(actor, shower, Evidence(said.method, proof))
    word = Word(
        digest=said.digest,
        method=said.method,
        member=member,
        evidence=proof,
        rating=said.rating,
        remark=said.remark,
    )
    return operations.confirm(record, word=word, actor=actor, at=at)


def refuse(token: str, words: str, *, at: datetime) -> Dispute:
    """Refuse to confirm, in the owner's own words; a dispute is opened (O12).

    :raises Refused: ``link_expired``, and those of :func:`dispute.open`.
    """
    record = seek(links.named_by(token, at=at))
    member = _member(record, record.order.payer_id)
    actor = people.resident(member.person, household=record.order.household_id)
    actor = _shown(actor, _shower(token, at), record, OWN_WORDS)
    return disputes.open(record, words=words, actor=actor, at=at)


def accept_change(token: str, signed: Signed, *, at: datetime) -> Change:
    """Accept the extra work of a link by a drawn signature (E-10, I-17).

    :raises Refused: ``link_expired``, ``confirmer_missing``, ``signature_missing``, and those of
        :func:`service.accept_change`.
    """
    change = seek(links.change_named_by(token, at=at))
    change.still(signed.row_version)
    member = orders.confirmer_among(records.confirmers(change.order), signed.person)
    if not signed.signature:
        raise Refused(
            "signature_missing", _("请您先签名，再同意增项。"), field="signature", clause="4.3.1"
        )
    actor = people.resident(member.person, household=change.order.household_id)
    shower = _shower(token, at)
    proof = _signed(change, signed.signature, shower or actor, at)
    consent = Consent(method=Quote.Method.SIGN, evidence=proof)
    actor = _witnessed(actor, shower, Evidence(Quote.Method.SIGN, proof))
    return operations.accept_change(change, consent=consent, actor=actor, at=at)


def refuse_change(token: str, shown: int | None, *, at: datetime) -> Change:
    """Refuse the extra work of a link: only what was quoted is done (E-10).

    :raises Refused: ``link_expired``, and those of :func:`service.refuse_change`.
    """
    change = seek(links.change_named_by(token, at=at))
    change.still(shown)
    actor = people.resident(change.order.payer, household=change.order.household_id)
    actor = _shown(actor, _shower(token, at), change, OWN_WORDS)
    return operations.refuse_change(change, actor=actor, at=at)


def most(change: Change) -> Money:
    """Return the most that may be charged when the household says yes; as agreed afterwards."""
    agreed = change.order.agreed
    return agreed + change.delta if change.state == Change.State.OFFERED else agreed


def _shower(token: str, at: datetime) -> Actor | None:
    """Return who of the staff showed the link, as on the own telephone (I-19, I-30)."""
    shower = links.shower_of(token)
    return people.actor_of_person(shower, at=at) if shower else None


def _witnessed(actor: Actor, shower: Actor | None, evidence: Evidence) -> Actor:
    return actor.typed_by(shower, evidence) if shower else actor


def _shown(actor: Actor, shower: Actor | None, paper: Record | Change, evidence: Evidence) -> Actor:
    """Name who showed the link of a no or a code, which stand by themselves: they are not lost
    when that person has left the office meanwhile."""
    still_here = shower is not None and shower.may(WITNESS, paper.office_id)
    return _witnessed(actor, shower if still_here else None, evidence)


def _member(record: Record, person: int | None) -> Member:
    return orders.confirmer_among(orders.members_of(record.order.household_id), person)


def _signed(paper: Record | Change, drawn: str, actor: Actor, at: datetime) -> str:
    if not drawn:
        return ""
    owner = files.owner_of(paper.visit)
    kept = storing.store(
        drawn_signature(drawn), kind=files.SIGNATURE, owner=owner, actor=actor, at=at
    )
    return f"file:{kept.pk}"
