"""What the company's legal person decides, typed by the administrator from a document."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Actor, Evidence
from teyue.register.company import operations as companies
from teyue.register.company.models import Company
from teyue.register.estate.models import Person
from teyue.register.estate.naming import plain
from teyue.register.people import operations as people
from teyue.register.people.facts import Appointment
from teyue.register.people.models import Post
from teyue.register.people.queries import legal_person


def change_legal_person(
    company: Company, *, name: str, evidence: Evidence, actor: Actor, at: datetime
) -> Company:
    """Note the company's new legal person, who is the one that acts.

    :raises Refused: ``no_power``, ``name_missing``, ``may_not_key``.
    """
    with sitting.opened():
        signer = _signer(company, name, evidence, actor, at)
        return companies.change_legal_person(company, name=plain(name), actor=signer, at=at)


def appoint_general_manager(
    company: Company, *, appointment: Appointment, evidence: Evidence, actor: Actor, at: datetime
) -> Post:
    """Record whom the company's legal person made general manager, by the letter.

    :raises Refused: as the register's operation of this name.
    """
    with sitting.opened():
        signer = _signer(company, company.legal_person, evidence, actor, at)
        return people.appoint_general_manager(appointment=appointment, actor=signer, at=at)


def _signer(company: Company, name: str, evidence: Evidence, actor: Actor, at: datetime) -> Actor:
    """Return the legal person as actor, admitted now if nobody of the company has this name."""
    known = Person.objects.filter(office=None, name=plain(name), voided_at=None).first()
    person = known or people.admit(company, office=None, name=name, phone="", actor=actor, at=at)
    return legal_person(person).typed_by(actor, evidence)
