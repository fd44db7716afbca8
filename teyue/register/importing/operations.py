"""Take a workbook into the register part by part, and take it back while nothing rests on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from teyue.foundation import pen
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Document, Step, Turn
from teyue.foundation.lifecycle.bulk import take_many
from teyue.foundation.pen import Kept
from teyue.foundation.refusal import Refused
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

D = TypeVar("D", bound=Document)
Work = Callable[[D, Turn], None]


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
        take_many(
            steps.IMPORT_HOUSEHOLDS,
            [home.household for home in opened],
            actor=actor,
            at=at,
            work=_settling(basket, {id(home.household): home for home in opened}),
        )
        _add_members(basket, joined, actor=actor, at=at)


def import_staff(batch: Batch, *, actor: Actor, at: datetime) -> None:
    """Take a batch of staff into the register, with certificates, duty and posts.

    :raises Refused: ``no_power``, ``already_in``, ``already_undone``.
    """
    with batches.in_hand(batch, at=at) as basket:
        admit(steps.IMPORT_STAFF, Staff(office=basket.office), actor=actor, at=at)
        rows = batches.STAFF.validate_json(basket.batch.rows)
        persons = Persons(basket.office, payroll.pairs(rows))
        staff = payroll.plan(basket.office, rows, persons, actor=actor, at=at)
        basket.notices += [*staff.faults, *staff.notices]
        new = [hire for hire in staff.hires if hire.staff.pk is None]
        known = [hire for hire in staff.hires if hire.staff.pk]
        _found_departments(basket, staff, persons)
        take_many(
            steps.IMPORT_STAFF,
            [hire.staff for hire in new],
            actor=actor,
            at=at,
            work=_employing(basket, {id(hire.staff): hire for hire in new}),
        )
        _restore_staff(basket, known, actor=actor, at=at)
        _import_posts(basket, staff.posts(), actor=actor, at=at)
        _propose_posts(basket, staff.proposed(), actor=actor, at=at)


def confirm(run: ImportRun, *, actor: Actor, at: datetime) -> ImportRun:
    """Close a run whose rows are all in; what was uploaded is not kept any longer.

    :raises Refused: ``no_power``, ``wrong_state``, ``not_all_in``.
    """
    with steps.CONFIRM.take(run, actor=actor, at=at) as turn:
        if batches.next_batch(run):
            text = _("还有资料没有录入，请您点“确认导入”继续。")
            raise Refused("not_all_in", text)
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


def _settling(basket: Basket, homes: Mapping[int, Home]) -> Work[Household]:
    """Return what is done with each new household; ``homes`` are by its ``id()``."""

    def settle(household: Household, turn: Turn) -> None:
        basket.add([household, *_entered(homes[id(household)], turn)])

    return settle


def _entered(home: Home, turn: Turn) -> list[Kept]:
    for inquiry in home.inquiries:
        inquiry.touch(Inquiry.State.OPEN, by=turn.actor.id, at=turn.at)
    rows: list[Kept] = [*home.members, *home.inquiries]
    for row in rows:
        turn.keep(row)
    return rows


def _add_members(basket: Basket, joined: list[Home], *, actor: Actor, at: datetime) -> None:
    homes = {home.household.pk: home for home in joined}

    def welcome(household: Household, turn: Turn) -> None:
        home = homes[household.pk]
        household.visit_note = home.note
        basket.add(_entered(home, turn))

    households = [home.household for home in joined]
    take_many(steps.ADD_MEMBERS, households, actor=actor, at=at, work=welcome)


def _found_departments(basket: Basket, staff: Payroll, persons: Persons) -> None:
    with pen.held(Department, Person):
        basket.add(Department.objects.bulk_create(staff.departments))
        basket.add(Person.objects.bulk_create(persons.new))


def _employing(basket: Basket, hires: Mapping[int, Hire]) -> Work[Staff]:
    """Return what is done with each new employee; ``hires`` are by its ``id()``."""

    def employ(staff: Staff, turn: Turn) -> None:
        hire = hires[id(staff)]
        for row in (*hire.certificates, *hire.duties):
            turn.keep(row)
        basket.add([staff, *hire.certificates, *hire.duties])

    return employ


def _restore_staff(basket: Basket, known: list[Hire], *, actor: Actor, at: datetime) -> None:
    hires = {hire.staff.pk: hire for hire in known}

    def restore(staff: Staff, turn: Turn) -> None:
        hire = hires[staff.pk]
        for name in payroll.PARTICULARS:
            setattr(staff, name, getattr(hire.staff, name))
        for row in (*hire.certificates, *hire.duties):
            turn.keep(row)
        basket.add([staff, *hire.certificates, *hire.duties])

    take_many(steps.RESTORE_STAFF, [h.staff for h in known], actor=actor, at=at, work=restore)


def _import_posts(basket: Basket, posts: list[Post], *, actor: Actor, at: datetime) -> None:
    basket.add(take_many(steps.IMPORT_POSTS, posts, actor=actor, at=at).taken)


def _propose_posts(basket: Basket, posts: list[Post], *, actor: Actor, at: datetime) -> None:
    basket.add(take_many(steps.PROPOSE_POSTS, posts, actor=actor, at=at).taken)
