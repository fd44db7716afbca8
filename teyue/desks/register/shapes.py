"""What several endpoints of the register ask for and answer with."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import Field

from teyue.foundation.actors import Actor, Evidence, Power
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.register.company import queries as company
from teyue.register.company.models import Company, Office
from teyue.register.estate.models import Person
from teyue.register.people import queries as people
from teyue.web.people import ActedRequest
from teyue.web.shapes import In, LineOut, Moment, Out, Text


class PaperIn(In):
    """The paper that shows what somebody else decided."""

    kind: str = Field("letter", max_length=24, examples=["letter"])
    reference: Text = Field(min_length=1, max_length=120, examples=["云栖〔2026〕8 号"])

    def evidence(self) -> Evidence:
        """Return the paper as evidence."""
        return Evidence(self.kind, self.reference)


class PostLine(LineOut):
    """An appointment in a list."""

    id: int
    person: int
    name: str
    role: str
    office: str | None
    from_on: date
    to_on: date | None
    firm: int | None
    decision: str
    delegation: int | None


class CertificateOut(Out):
    """A certificate."""

    id: int
    staff: int
    name: str
    kind: str
    serial: str
    valid_from: date | None
    valid_to: date | None
    voided_at: Moment | None


class LeaveOut(Out):
    """An absence."""

    id: int
    staff: int
    name: str
    starts: Moment
    ends: Moment
    reason: str
    voided_at: Moment | None
    uncovered: list[str] = Field([], description=gettext_noop("请假期间无人可以办理的步骤"))


class DutyOut(Out):
    """A weekly stretch of duty; weekday 0 is Monday."""

    staff: int
    weekday: int
    opens: str
    closes: str
    from_on: date
    to_on: date | None


def office_named(actor: Actor, power: Power, code: str | None) -> Office:
    """Return the office with a code in which a power is held; the only one need not be named.

    :raises Refused: ``no_power``, ``office_unknown``, ``office_missing``.
    """
    offices = list(company.offices_where(actor, power))
    if not offices:
        text = _("您没有“%(power)s”的权限，请找有此权限的同事办理。")
        raise Refused("no_power", text % {"power": power.label})
    chosen = [office for office in offices if not code or office.code == code.strip().upper()]
    if len(chosen) == 1:
        return chosen[0]
    told = {"codes": _("、").join(office.code for office in offices)}
    if chosen:
        text = _("请您指明管理处：%(codes)s。")
        raise Refused("office_missing", text % told, field="office", clause="3.0")
    text = _("没有这个管理处，请您从中选择：%(codes)s。")
    raise Refused("office_unknown", text % told, field="office", clause="3.0")


def office_or_all(actor: Actor, power: Power, code: str | None) -> Office | None:
    """Return the office with a code, or None for the whole company when none is named."""
    return office_named(actor, power, code) if code else None


def office_locked(request: ActedRequest, power: Power, code: str) -> Office:
    """Fetch an office for a step; unseen is not found."""
    return seek(company.offices_where(request.actor, power), code=code.upper())


def company_locked() -> Company:
    """Fetch the company for a step."""
    return seek(Company.objects.all())


def person_seen(request: ActedRequest, number: int) -> Person:
    """Return somebody whom the actor may see as a colleague."""
    return people.people_seen_by(request.actor).get(pk=number)
