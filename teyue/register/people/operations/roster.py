"""Who works here, when, and with which certificates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.register.company import edition
from teyue.register.company.models import Company, Office
from teyue.register.estate.models import Person
from teyue.register.estate.persons import person_for
from teyue.register.people import staffing, steps
from teyue.register.people.facts import Absence, Employment, Proof, Shift
from teyue.register.people.models import Certificate, Duty, Leave, Staff


def admit(
    company: Company, *, office: Office | None, name: str, phone: str, actor: Actor, at: datetime
) -> Person:
    """Register somebody who acts here without being staff or resident, such as an administrator.

    :raises Refused: ``name_missing``, ``phone_unreadable``.
    """
    with steps.ADMIT.take(company, actor=actor, at=at) as turn:
        person = person_for(office, name, phone)
        turn.note(person=person.pk)
    return person


def hire(office: Office, *, employment: Employment, actor: Actor, at: datetime) -> Staff:
    """Enter an employee; the post that gives powers comes by :func:`appoint`.

    :raises Refused: ``employee_no_taken``, ``name_missing``, ``phone_unreadable``.
    """
    staff = Staff(office=office, employee_no=employment.employee_no.strip())
    with steps.HIRE.take(staff, actor=actor, at=at, asked=employment) as turn:
        staff.person = person_for(office, employment.name, employment.phone)
        staff.department, staff.household = employment.department, employment.household
        staff.active_from = employment.active_from or local_day(at)
        staff.cost_rate = employment.cost_rate
        turn.note(person=staff.person_id)
        edition.replace()
    return staff


def release(staff: Staff, *, actor: Actor, at: datetime) -> Staff:
    """Let an employee go, once no post is left.

    :raises Refused: ``still_in_office``.
    """
    with steps.RELEASE.take(staff, actor=actor, at=at):
        staff.active_to = local_day(at)
        edition.replace()
    return staff


def request_leave(
    staff: Staff, *, absence: Absence, actor: Actor, at: datetime
) -> tuple[Leave, tuple[staffing.Coverage, ...]]:
    """Note an absence, and return it with the steps that nobody may take meanwhile.

    :raises Refused: ``ends_before_start``.
    """
    leave = Leave(staff=staff, starts=absence.starts, ends=absence.ends, reason=absence.reason)
    with steps.REQUEST_LEAVE.take(staff, actor=actor, at=at, asked=absence) as turn:
        turn.keep(leave)
        turn.note(starts=absence.starts.isoformat(), ends=absence.ends.isoformat())
        edition.replace()
    missed = staffing.missed(
        staff.office_id, person=staff.person_id, starts=absence.starts, ends=absence.ends
    )
    return leave, missed


def void_leave(leave: Leave, *, actor: Actor, at: datetime) -> Leave:
    """Take an absence back."""
    with steps.VOID_LEAVE.take(leave.staff, actor=actor, at=at) as turn:
        leave.voided_at = at
        turn.keep(leave)
        turn.note(leave=leave.pk)
        edition.replace()
    return leave


def set_duty(
    staff: Staff, *, shifts: Sequence[Shift], from_on: date, actor: Actor, at: datetime
) -> tuple[Duty, ...]:
    """Replace the weekly pattern of duty from a day on.

    :raises Refused: ``duty_unreadable``.
    """
    with steps.SET_DUTY.take(staff, actor=actor, at=at, asked=tuple(shifts)) as turn:
        for duty in Duty.objects.locked().filter(staff=staff, to_on=None):
            duty.to_on = from_on - timedelta(days=1)
            turn.keep(duty)
        pattern = tuple(
            Duty(
                staff=staff,
                weekday=shift.weekday,
                opens=shift.opens,
                closes=shift.closes,
                from_on=from_on,
            )
            for shift in shifts
        )
        for duty in pattern:
            turn.keep(duty)
        turn.note(shifts=len(pattern), from_on=from_on.isoformat())
        edition.replace()
    return pattern


def add_certificate(staff: Staff, *, proof: Proof, actor: Actor, at: datetime) -> Certificate:
    """Register a certificate that somebody has seen (I-24).

    :raises Refused: ``certificate_expired``.
    """
    certificate = Certificate(
        staff=staff,
        kind=proof.kind,
        number=proof.number,
        valid_from=proof.valid_from,
        valid_to=proof.valid_to,
    )
    with steps.ADD_CERTIFICATE.take(staff, actor=actor, at=at, asked=proof) as turn:
        turn.keep(certificate)
        turn.note(kind=proof.kind)
        edition.replace()
    return certificate


def void_certificate(certificate: Certificate, *, actor: Actor, at: datetime) -> Certificate:
    """Strike a certificate that is lost, withdrawn or was wrong."""
    with steps.VOID_CERTIFICATE.take(certificate.staff, actor=actor, at=at) as turn:
        certificate.voided_at = at
        turn.keep(certificate)
        turn.note(certificate=certificate.pk, kind=certificate.kind)
        edition.replace()
    return certificate
