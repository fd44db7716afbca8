"""What must stand in the register before a step can be taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.cast import MORNING, Register
from teyue.desks.signin import factors
from teyue.foundation.clock import local_day
from teyue.register.estate import operations as estate
from teyue.register.estate.models import Inquiry, Member, Unit
from teyue.register.parameters import operations as parameters
from teyue.register.parameters.models import Value
from teyue.register.people import operations as people
from teyue.register.people.facts import Absence, Appointment, Authorization
from teyue.register.people.models import Account, Delegation, Leave, Post, Role

TODAY = local_day(MORNING)
CLOSED = date(2026, 12, 24)


def newcomer(known: Register) -> Any:
    """Return an employee who holds nothing yet: a technician whose post has ended."""
    one = known.people["st2"]
    post = Post.objects.get(person=one)
    people.end_post(post, actor=known.actor("ad"), at=MORNING)
    return one


def proposed(known: Register) -> Post:
    """Return a cashier's appointment that waits for the signature."""
    asked = Appointment(newcomer(known), Role.CA, known.office, TODAY)
    return people.propose_appointment(appointment=asked, actor=known.actor("ad"), at=MORNING)


def given(known: Register) -> Delegation:
    """Return an authorization of the supervisor to the second receptionist."""
    asked = Authorization(
        known.people["cs"], known.people["rc2"], Role.CS, known.office, TODAY, TODAY, "外出"
    )
    return people.delegate(authorization=asked, actor=known.actor("cs"), at=MORNING)


def wish(known: Register) -> Value:
    """Return a proposed value."""
    asked = parameters.Proposal("survey.window_d", "20", None, MORNING, "住户要求")
    return parameters.propose(asked, actor=known.actor("ad"), at=MORNING)


def inquiry(known: Register) -> Inquiry:
    """Return something that is to be asked of 3-2-1102."""
    home = known.households["3-2-1102"]
    return estate.ask_consent(home, subject="health", actor=known.actor("rc"), at=MORNING)


def leave(known: Register) -> Leave:
    """Return an absence of a technician."""
    absence = Absence(MORNING, MORNING + timedelta(hours=8), "事假")
    return people.request_leave(
        known.staff["st"], absence=absence, actor=known.actor("ad"), at=MORNING
    )[0]


def vacant(known: Register) -> Unit:
    """Return the unit of 5-1-803, from which the household has moved out."""
    home = known.households["5-1-803"]
    estate.move_out(home, actor=known.actor("cs"), at=MORNING)
    return home.unit


def fellow(known: Register) -> Member:
    """Return the main contact of 3-2-1102."""
    return Member.objects.filter(household=known.households["3-2-1102"]).earliest("pk")


def account(login: str) -> Account:
    """Return an account by its name."""
    return Account.objects.get(username=login)


def factor(login: str) -> Account:
    """Return an account with a second factor."""
    one = account(login)
    factors.set_up(one, factors.new_secret())
    return one
