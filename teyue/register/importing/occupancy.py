"""Compare rows of households with the register, and say what they would add to it.

A room is a building, an entrance and a number; all rows of a room are one household. A vacant
home has a household too: its owner may order there. Whoever already is, or once was, a member of
a household of the room is recognized, so the same workbook adds nothing twice and brings nobody
back who has moved out. What stands in the register is not changed by a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from teyue.register.company.models import Office
from teyue.register.estate.models import Building, Household, Inquiry, Member, Person, Unit
from teyue.register.estate.naming import Room
from teyue.register.importing.forecasts import Forecast
from teyue.register.importing.households import HouseholdRow, MemberRow
from teyue.register.importing.persons import Persons

NOTE_LENGTH = 120
ORDERS = frozenset({"owner", "co_owner", "tenant", "family"})
# A family member confirms and pays only when authorized, an agent or helper does neither (E-21).
CONFIRMS = frozenset({"owner", "co_owner", "tenant"})


@dataclass(slots=True)
class Home:
    """What the rows of one room add: perhaps the unit and the household, certainly members."""

    unit: Unit
    household: Household
    members: list[Member] = field(default_factory=list)
    inquiries: list[Inquiry] = field(default_factory=list)
    note: str = ""


@dataclass(slots=True)
class Homes:
    """What all rows add."""

    buildings: list[Building]
    homes: list[Home]
    persons: Persons
    fresh: list[HouseholdRow]

    def units(self) -> list[Unit]:
        """Return the rooms that are new."""
        return [home.unit for home in self.homes if home.unit.pk is None]

    def opened(self) -> list[Home]:
        """Return the homes whose household is new."""
        return [home for home in self.homes if home.household.pk is None]

    def joined(self) -> list[Home]:
        """Return the homes whose household stands already."""
        return [home for home in self.homes if home.household.pk is not None]


def pairs(rows: Iterable[HouseholdRow]) -> list[tuple[str, str]]:
    """Return the name and phone of everybody the rows speak of."""
    return [(member.name, member.phone) for row in rows for member in row.members]


def forecast(
    office: Office, rows: Sequence[HouseholdRow], persons: Persons
) -> Forecast[HouseholdRow]:
    """Say what the rows would add to the register of an office."""
    already = len(persons.new)
    homes = plan(office, rows, persons)
    adds = {
        "building": len(homes.buildings),
        "unit": len(homes.units()),
        "household": len(homes.opened()),
        "person": len(persons.new) - already,
        "member": sum(len(home.members) for home in homes.homes),
        "inquiry": sum(len(home.inquiries) for home in homes.homes),
    }
    standing = len(rows) - len(homes.fresh)
    return Forecast("households", tuple(homes.fresh), standing, adds)


def plan(office: Office, rows: Sequence[HouseholdRow], persons: Persons) -> Homes:
    """Return what the rows add, not kept yet. Five statements, however many rows there are."""
    there = _There.of(office, {row.place for row in rows})
    before = set(there.buildings)
    groups: dict[Room, list[HouseholdRow]] = {}
    fresh = [row for row in rows if _is_fresh(row, there, persons)]
    for row in fresh:
        groups.setdefault(row.place, []).append(row)
    homes = [_home(there, place, group, persons) for place, group in groups.items()]
    new = [building for key, building in there.buildings.items() if key not in before]
    return Homes(new, homes, persons, fresh)


@dataclass(slots=True)
class _There:
    """What the register has at some places."""

    office: Office
    buildings: dict[str, Building]
    units: Mapping[Room, Unit]
    open: Mapping[int, Household]
    people: set[tuple[int, int]]
    owned: set[int]
    asked: set[tuple[int, str]]

    @classmethod
    def of(cls, office: Office, places: set[Room]) -> _There:
        keys = {place.building for place in places}
        buildings = {row.key: row for row in Building.objects.filter(office=office, key__in=keys)}
        units = _units(buildings, places)
        numbers = [unit.pk for unit in units.values()]
        households = list(
            Household.objects.filter(unit__in=numbers).exclude(state=Household.State.VOID)
        )
        open_ones = [home for home in households if home.state == Household.State.OPEN]
        members = Member.objects.filter(household__in=households, voided_at=None).values_list(
            "household__unit_id", "person_id", "household_id", "relation"
        )
        asked = Inquiry.objects.filter(household__in=open_ones).exclude(state=Inquiry.State.VOID)
        rows = list(members)
        return cls(
            office=office,
            buildings=buildings,
            units=units,
            open={home.unit_id: home for home in open_ones},
            people={(unit, person) for unit, person, _, _ in rows},
            owned={home for _, _, home, relation in rows if relation == "owner"},
            asked=set(asked.values_list("household_id", "subject")),
        )


def _units(buildings: Mapping[str, Building], places: set[Room]) -> dict[Room, Unit]:
    rooms = {place.room for place in places}
    units = Unit.objects.filter(
        building__in=buildings.values(), room_key__in=rooms, voided_at=None
    ).select_related("building")
    found = {Room(unit.building.key, unit.unit_key, unit.room_key): unit for unit in units}
    return {place: unit for place, unit in found.items() if place in places}


def _is_fresh(row: HouseholdRow, there: _There, persons: Persons) -> bool:
    unit = there.units.get(row.place)
    return unit is None or any(_newcomer(member, unit, there, persons) for member in row.members)


def _newcomer(member: MemberRow, unit: Unit, there: _There, persons: Persons) -> bool:
    person = persons.find(member.name, member.phone)
    return person is None or (unit.pk, person.pk) not in there.people


def _home(there: _There, place: Room, rows: list[HouseholdRow], persons: Persons) -> Home:
    unit = there.units.get(place) or _unit(there, place, rows[0])
    household = there.open.get(unit.pk or 0) or _household(there.office, unit, place, rows)
    home = Home(unit, household, note=_note(household.visit_note, rows))
    if household.pk is None:
        household.visit_note = home.note
    for row in rows:
        for member in row.members:
            if unit.pk is None or _newcomer(member, unit, there, persons):
                _admit(home, member, row, persons.get(member.name, member.phone), there)
    subjects = dict.fromkeys(subject for row in rows for subject in row.tasks_to_ask)
    home.inquiries = [
        Inquiry(office=there.office, household=household, subject=subject)
        for subject in subjects
        if (household.pk or 0, subject) not in there.asked
    ]
    return home


def _unit(there: _There, place: Room, row: HouseholdRow) -> Unit:
    building = there.buildings.get(place.building)
    if building is None:
        building = Building(office=there.office, key=place.building, name=f"{place.building} 栋")
        there.buildings[place.building] = building
    return Unit(
        building=building,
        unit_key=place.unit,
        room_key=place.room,
        area_x100=row.area_x100,
        status=row.status,
    )


def _household(office: Office, unit: Unit, place: Room, rows: list[HouseholdRow]) -> Household:
    return Household(
        office=office,
        unit=unit,
        label=place.short,
        opened_on=next((row.moved_in for row in rows if row.moved_in), None),
        size=next((row.size for row in rows if row.size), None),
    )


def _note(before: str, rows: list[HouseholdRow]) -> str:
    notes = [before] if before else []
    notes += [note for row in rows for note in row.visit_notes if note not in before]
    return "、".join(dict.fromkeys(notes))[:NOTE_LENGTH]


def _admit(home: Home, member: MemberRow, row: HouseholdRow, person: Person, there: _There) -> None:
    relation = member.relation
    if relation == "owner" and (_has_owner(home) or home.household.pk in there.owned):
        relation = "co_owner"
    home.members.append(
        Member(
            household=home.household,
            person=person,
            relation=relation,
            from_on=row.moved_in,
            can_order=relation in ORDERS,
            can_confirm=relation in CONFIRMS,
            is_primary=home.household.pk is None and not home.members,
        )
    )


def _has_owner(home: Home) -> bool:
    return any(member.relation == "owner" for member in home.members)
