"""Keep the register of units, households and the people in them. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Turn
from teyue.foundation.outbox import operations as outbox
from teyue.foundation.refusal import Refused
from teyue.register.company import edition
from teyue.register.company.models import Office
from teyue.register.estate import steps
from teyue.register.estate.facts import (
    HouseholdMovedOut,
    MemberFacts,
    Occupancy,
    Rights,
    UnitFacts,
)
from teyue.register.estate.models import Building, Consent, Household, Inquiry, Member, Unit
from teyue.register.estate.naming import Room
from teyue.register.estate.persons import name_person, person_for

TEXT_VERSION = "1"


def add_unit(office: Office, *, facts: UnitFacts, actor: Actor, at: datetime) -> Unit:
    """Register a flat or shop, and its building if it is the first in it.

    :raises Refused: ``area_missing``, ``unit_known``.
    """
    with steps.ADD_UNIT.take(office, actor=actor, at=at, asked=facts) as turn:
        unit = Unit(
            building=_building(office, facts.room),
            unit_key=facts.room.unit,
            room_key=facts.room.room,
            area_x100=facts.area_x100,
            kind=facts.kind,
            status=Unit.Status.VACANT,
        )
        turn.keep(unit)
        turn.note(room=facts.room.short, area_x100=facts.area_x100)
        edition.replace()
    return unit


def add_household(
    unit: Unit,
    *,
    occupancy: Occupancy,
    members: Sequence[MemberFacts],
    actor: Actor,
    at: datetime,
) -> Household:
    """Let a household move into a unit.

    :raises Refused: ``unit_occupied``, ``date_ahead``, ``nobody_lives_there``,
        ``name_missing``, ``phone_unreadable``.
    """
    building = unit.building
    room = Room(building.key, unit.unit_key, unit.room_key)
    household = Household(office=building.office, unit=unit, label=room.short)
    with steps.ADD_HOUSEHOLD.take(household, actor=actor, at=at, asked=occupancy) as turn:
        if not members:
            raise Refused("nobody_lives_there", _("请您至少登记一位住户成员。"), field="members")
        household.opened_on, household.size = occupancy.opened_on, occupancy.size
        household.visit_note = occupancy.visit_note
        for facts in members:
            turn.keep(_member(household, facts, occupancy.opened_on))
        unit.status = _status(members)
        turn.keep(unit)
        turn.note(unit=unit.pk, members=len(members))
        edition.replace()
    return household


def add_member(household: Household, *, facts: MemberFacts, actor: Actor, at: datetime) -> Member:
    """Add a person to a household.

    :raises Refused: ``member_known``, ``owner_known``, ``name_missing``, ``phone_unreadable``.
    """
    with steps.ADD_MEMBER.take(household, actor=actor, at=at, asked=facts) as turn:
        member = _member(household, facts, local_day(at))
        turn.keep(member)
        turn.note(person=member.person_id, relation=facts.relation)
        edition.replace()
    return member


def change_member(member: Member, *, rights: Rights, actor: Actor, at: datetime) -> Member:
    """Change what a member is and may do for the household (E-19)."""
    with steps.CHANGE_MEMBER.take(member.household, actor=actor, at=at, asked=rights) as turn:
        member.relation = rights.relation
        member.can_order, member.can_confirm = rights.can_order, rights.can_confirm
        member.is_primary = rights.is_primary
        turn.keep(member)
        turn.note(member=member.pk, relation=rights.relation)
        edition.replace()
    return member


def correct_person(member: Member, *, name: str, phone: str, actor: Actor, at: datetime) -> Member:
    """Correct the name or the phone of a member of a household.

    :raises Refused: ``name_missing``, ``phone_unreadable``.
    """
    with steps.CHANGE_MEMBER.take(member.household, actor=actor, at=at) as turn:
        name_person(member.person, name, phone)
        turn.keep(member.person)
        turn.note(person=member.person_id)
        edition.replace()
    return member


def end_member(member: Member, *, actor: Actor, at: datetime) -> Member:
    """Let a person leave a household."""
    with steps.END_MEMBER.take(member.household, actor=actor, at=at) as turn:
        member.to_on = local_day(at)
        turn.keep(member)
        turn.note(member=member.pk)
        edition.replace()
    return member


def annotate(household: Household, *, note: str, actor: Actor, at: datetime) -> Household:
    """Write what a visitor must know at the door; nothing sensitive (I-57)."""
    with steps.ANNOTATE.take(household, actor=actor, at=at, asked=note):
        household.visit_note = note
    return household


def move_out(household: Household, *, actor: Actor, at: datetime) -> Household:
    """Close a household today; the next one in the unit sees nothing of it (I-58).

    Its orders that were not begun are cancelled free of charge, seconds later (E-22).
    """
    with steps.MOVE_OUT.take(household, actor=actor, at=at) as turn:
        household.closed_on = local_day(at)
        for member in Member.objects.locked().filter(household=household, to_on=None):
            member.to_on = household.closed_on
            turn.keep(member)
        _vacate(household, turn)
        outbox.tell(turn, HouseholdMovedOut(household=household.pk))
        edition.replace()
    return household


def void_household(household: Household, *, actor: Actor, at: datetime) -> Household:
    """Take back a household that was registered by mistake; its unit is free again."""
    with steps.VOID_HOUSEHOLD.take(household, actor=actor, at=at) as turn:
        for member in Member.objects.locked().filter(household=household, voided_at=None):
            member.voided_at = at
            turn.keep(member)
        _vacate(household, turn)
        edition.replace()
    return household


def ask_consent(household: Household, *, subject: str, actor: Actor, at: datetime) -> Inquiry:
    """Put it to the desk to ask a household for a consent (I-57)."""
    inquiry = Inquiry(office=household.office, household=household, subject=subject)
    with steps.ASK_CONSENT.take(inquiry, actor=actor, at=at) as turn:
        turn.note(household=household.pk)
    return inquiry


def answer_inquiry(
    inquiry: Inquiry, *, consents: Sequence[Consent], actor: Actor, at: datetime
) -> Inquiry:
    """Note what a household answered: the consents it gave, or none."""
    with steps.ANSWER_INQUIRY.take(inquiry, actor=actor, at=at) as turn:
        for consent in consents:
            turn.keep(consent)
        turn.note(consents=len(consents))
    return inquiry


def given(member: Member, purpose: Consent.Purpose, *, method: str, at: datetime) -> Consent:
    """Return the consent of a member to the text that is in force, not kept yet."""
    return Consent(
        person=member.person,
        purpose=purpose,
        text_version=TEXT_VERSION,
        method=method,
        given_at=at,
    )


def _building(office: Office, room: Room) -> Building:
    known = Building.objects.filter(office=office, key=room.building).first()
    if known:
        return known
    name = f"{room.building} 栋"
    return Building.objects.create(office=office, key=room.building, name=name)


def _member(household: Household, facts: MemberFacts, from_on: date) -> Member:
    return Member(
        household=household,
        person=person_for(household.office, facts.name, facts.phone),
        relation=facts.relation,
        from_on=from_on,
        can_order=facts.can_order,
        can_confirm=facts.can_confirm,
        is_primary=facts.is_primary,
    )


def _status(members: Sequence[MemberFacts]) -> Unit.Status:
    let = any(facts.relation == Member.Relation.TENANT for facts in members)
    return Unit.Status.LET if let else Unit.Status.OCCUPIED


def _vacate(household: Household, turn: Turn) -> None:
    unit = household.unit
    unit.status = Unit.Status.VACANT
    turn.keep(unit)
