"""Take a workbook into the register part by part, and take it back while nothing rests on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from teyue.foundation import pen
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Document, Step, Turn
from teyue.foundation.lifecycle.bulk import take_many
from teyue.register.company import edition
from teyue.register.company.models import Department
from teyue.register.estate.models import Building, Household, Inquiry, Member, Person, Unit
from teyue.register.importing import batches, occupancy, payroll, resting, steps, voiding
from teyue.register.importing.batches import Basket
from teyue.register.importing.facts import Upload
from teyue.register.importing.models import Batch, ImportRun
from teyue.register.importing.occupancy import Home, Homes
from teyue.register.importing.payroll import Hire, Payroll
from teyue.register.importing.persons import Persons
from teyue.register.people.models import Certificate, Duty, Post, Staff


def upload(run: ImportRun, *, parts: Upload, actor: Actor, at: datetime) -> ImportRun:
    """Keep what a workbook would add, until somebody confirms it."""
    with steps.UPLOAD.take(run, actor=actor, at=at, asked=parts) as turn:
        rows: list[Batch] = []
        for kind, some in parts.rows.items():
            rows += batches.parts(run, kind, some, len(rows))
        for batch in rows:
            turn.keep(batch)
        turn.note(file=run.digest, rows=sum(batch.size for batch in rows))
    return run


def import_households(batch: Batch, *, actor: Actor, at: datetime) -> None:
    """Take a batch of households into the register.

    :raises Refused: ``no_power``, ``already_in``, ``already_undone``.
    """
    with batches.in_hand(batch, at=at) as basket:
        admit(steps.IMPORT_HOUSEHOLDS, Household(office=basket.office), actor=actor, at=at)
        rows = batches.HOUSEHOLDS.validate_json(basket.batch.rows)
        persons = Persons(basket.office, occupancy.pairs(rows))
        homes = occupancy.plan(basket.office, rows, persons)
        opened, joined = homes.opened(), homes.joined()
        _found_rooms(basket, homes, persons)
        _open(basket, opened, actor, at)
        _join(basket, joined, actor, at)


def import_staff(batch: Batch, *, actor: Actor, at: datetime) -> None:
    """Take a batch of staff into the register, with certificates, duty and posts.

    :raises Refused: ``no_power``, ``already_in``, ``already_undone``.
    """
    with batches.in_hand(batch, at=at) as basket:
        admit(steps.IMPORT_STAFF, Staff(office=basket.office), actor=actor, at=at)
        rows = batches.STAFF.validate_json(basket.batch.rows)
        persons = Persons(basket.office, payroll.pairs(rows))
        staff = payroll.plan(basket.office, rows, persons, actor=actor, at=at)
        basket.notices += staff.notices
        _found_departments(basket, staff, persons)
        _hire(basket, staff, actor, at)
        _appoint(basket, steps.IMPORT_POSTS, staff.posts(), actor, at)
        _appoint(basket, steps.PROPOSE_POSTS, staff.proposed(), actor, at)


def confirm(run: ImportRun, *, actor: Actor, at: datetime) -> ImportRun:
    """Close a run whose rows are all in; what was uploaded is not kept any longer.

    :raises Refused: ``no_power``, ``wrong_state``, ``not_all_in``.
    """
    with steps.CONFIRM.take(run, actor=actor, at=at) as turn:
        Batch.objects.filter(run=run).update(rows="")
        turn.note(batches=run.batches.count())
    return run


def undo(run: ImportRun, *, actor: Actor, at: datetime) -> ImportRun:
    """Void what a run brought, as far as it got; the rooms are free again.

    Buildings and departments stay.

    :raises Refused: ``no_power``, ``wrong_state``, ``in_use``.
    """
    with steps.UNDO.take(run, actor=actor, at=at) as turn:
        made = resting.made(run)
        today = local_day(at)
        for model in (Unit, Person, Member, Certificate):
            voiding.change(model, made, voided_at=at)
        voiding.move((Household, Inquiry, Staff), made, state="void", actor=actor, at=at)
        voiding.move((Post,), made, state="ended", actor=actor, at=at)
        voiding.change(Post, made, to_on=today)
        voiding.change(Duty, made, to_on=today - timedelta(days=1))
        Batch.objects.filter(run=run).update(rows="")
        turn.note(**{label.partition(".")[2]: sum(map(len, ids)) for label, ids in made.items()})
        edition.replace()
    return run


def admit(step: Step, paper: Document, *, actor: Actor, at: datetime) -> None:
    """Refuse somebody who may not take a bulk step at all, before anything is written.

    :raises Refused: ``no_power``.
    """
    if refusal := step.objection(paper, actor=actor, at=at):
        raise refusal


def _found_rooms(basket: Basket, homes: Homes, persons: Persons) -> None:
    with pen.held(Building, Unit, Person):
        basket.add(Building.objects.bulk_create(homes.buildings))
        basket.add(Unit.objects.bulk_create(homes.units()))
        basket.add(Person.objects.bulk_create(persons.new))


def _open(basket: Basket, homes: list[Home], actor: Actor, at: datetime) -> None:
    by_household = {id(home.household): home for home in homes}

    def settle(household: Household, turn: Turn) -> None:
        home = by_household[id(household)]
        for row in (*home.members, *_touched(home.inquiries, actor, at)):
            turn.keep(row)
        basket.add([household, *home.members, *home.inquiries])

    households = [home.household for home in homes]
    take_many(steps.IMPORT_HOUSEHOLDS, households, actor=actor, at=at, work=settle)


def _join(basket: Basket, homes: list[Home], actor: Actor, at: datetime) -> None:
    if not homes:
        return
    members = [member for home in homes for member in home.members]
    inquiries = [inquiry for home in homes for inquiry in home.inquiries]
    with steps.ADD_MEMBERS.take(basket.run, actor=actor, at=at) as turn:
        basket.add(Member.objects.bulk_create(members))
        for inquiry in _touched(inquiries, actor, at):
            turn.keep(inquiry)
        basket.add(inquiries)
        for home in homes:
            home.household.visit_note = home.note
        Household.objects.bulk_update([home.household for home in homes], ["visit_note"])
        turn.note(count=len(members), rows=batches.digest(members))


def _touched(inquiries: list[Inquiry], actor: Actor, at: datetime) -> list[Inquiry]:
    for inquiry in inquiries:
        inquiry.touch(Inquiry.State.OPEN, by=actor.id, at=at)
    return inquiries


def _found_departments(basket: Basket, staff: Payroll, persons: Persons) -> None:
    with pen.held(Department, Person):
        basket.add(Department.objects.bulk_create(staff.departments))
        basket.add(Person.objects.bulk_create(persons.new))


def _hire(basket: Basket, staff: Payroll, actor: Actor, at: datetime) -> None:
    by_staff = {id(hire.staff): hire for hire in staff.hires}

    def settle(one: Staff, turn: Turn) -> None:
        hire = by_staff[id(one)]
        for row in (*hire.certificates, *hire.duties):
            turn.keep(row)
        basket.add([one, *hire.certificates, *hire.duties])

    new = [hire.staff for hire in staff.hires if hire.staff.pk is None]
    take_many(steps.IMPORT_STAFF, new, actor=actor, at=at, work=settle)
    for hire in staff.hires:
        if hire.staff not in new:
            _restore(hire, settle, actor, at)


def _restore(hire: Hire, settle: Callable[[Staff, Turn], None], actor: Actor, at: datetime) -> None:
    staff = hire.staff
    # The turn reads the row afresh, so what the workbook says is written again inside it.
    said = {name: getattr(staff, name) for name in payroll.PARTICULARS}
    with steps.RESTORE_STAFF.take(staff, actor=actor, at=at) as turn:
        for name, value in said.items():
            setattr(staff, name, value)
        settle(staff, turn)


def _appoint(basket: Basket, step: Step, posts: list[Post], actor: Actor, at: datetime) -> None:
    outcome = take_many(step, posts, actor=actor, at=at, work=_as_it_is)
    basket.add(outcome.taken)


def _as_it_is(post: Post, turn: Turn) -> None:
    """Add nothing to a post that is complete."""
