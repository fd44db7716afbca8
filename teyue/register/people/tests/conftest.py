from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from teyue.foundation.actors import Evidence
from teyue.foundation.refusal import Refused
from teyue.register.company import operations as companies
from teyue.register.company.models import Company
from teyue.register.people import operations
from teyue.register.people.facts import Appointment, Authorization, Employment
from teyue.register.people.models import Role
from teyue.register.people.queries import actor_of_person, legal_person, system

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LATER = AT + timedelta(hours=2)


@pytest.fixture
def company(db):
    return companies.found(
        name="特约物业", kind=Company.Kind.REAL, legal_person="钱法人", actor=system(), at=AT
    )


@pytest.fixture
def office(company):
    return companies.open_office(company, code="YXY1", name="云栖苑", actor=system(), at=AT)


class Staffed:
    """An office whose people are hired by their names."""

    def __init__(self, company, office):
        self.company, self.office, self.known = company, office, {}

    def person(self, name):
        if name not in self.known:
            no = f"E{len(self.known) + 1:03}"
            employment = Employment(name, f"1390000{len(self.known):04}", no)
            self.known[name] = operations.hire(
                self.office, employment=employment, actor=system(), at=AT
            )
        return self.known[name].person

    def wish(self, name, role, *, everywhere=False):
        office = None if everywhere else self.office
        return Appointment(self.person(name), Role(role), office, TODAY)

    def general_manager(self, name="高总"):
        signer = operations.admit(
            self.company, office=None, name="钱法人", phone="", actor=system(), at=AT
        )
        operations.appoint_general_manager(
            appointment=self.wish(name, "GM", everywhere=True),
            actor=legal_person(signer).typed_by(system(), Evidence("appointment", "1")),
            at=AT,
        )
        return self.actor(name)

    def appointed(self, name, role):
        wish = self.wish(name, role)
        try:
            return operations.appoint(appointment=wish, actor=system(), at=AT)
        except Refused as refusal:
            if refusal.code != "needs_signature":
                raise
        return operations.propose_appointment(appointment=wish, actor=system(), at=AT)

    def actor(self, name):
        return actor_of_person(self.person(name), at=AT)


@pytest.fixture
def staffed(company, office):
    return Staffed(company, office)


@pytest.fixture
def given(staffed):
    """Return how one colleague lets another act in a post."""

    def give(grantor, grantee, role, *, office=None, days=30, reason="出差"):
        wish = Authorization(
            staffed.person(grantor),
            staffed.person(grantee),
            Role(role),
            office,
            TODAY,
            TODAY + timedelta(days=days - 1),
            reason,
        )
        return operations.delegate(authorization=wish, actor=staffed.actor(grantor), at=AT)

    return give


@pytest.fixture
def authorized(staffed, given):
    """The supervisor of the service center lets a colleague act for her."""
    staffed.appointed("程主管", "CS")
    return given("程主管", "丁主管", "CS", office=staffed.office)
