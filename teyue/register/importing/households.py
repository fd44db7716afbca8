"""Rows of households: a room, its state, who lives or owns there, and what may be noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from teyue.register.estate.naming import Room, building_no, parse_room, room_no, unit_no
from teyue.register.importing import cells, people, remarks
from teyue.register.importing.lines import Line
from teyue.register.importing.names import RELATIONS, STATUSES


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person of the household; ``relation`` is owner, co_owner, tenant, family, …"""

    name: str
    phone: str
    relation: str


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A row that may be imported; rows of the same ``place`` belong to one household.

    ``status`` is vacant, occupied, let or decorating; ``room_typed`` the room as written;
    ``tasks_to_ask`` kinds of question (see ``remarks``), never the words of the remark.
    """

    sheet: str
    row: int
    place: Room
    room_typed: str
    area_x100: int
    status: str
    members: tuple[MemberRow, ...]
    moved_in: date | None
    size: int | None
    visit_notes: tuple[str, ...]
    tasks_to_ask: tuple[str, ...]


@dataclass(slots=True)
class Seen:
    """Who was read in which row before, and the first sound row of each room."""

    people: dict[tuple[Room, str, str], int] = field(default_factory=dict)
    rooms: dict[Room, HouseholdRow] = field(default_factory=dict)


def read(line: Line, seen: Seen) -> HouseholdRow | None:
    """Return what a row says, None with faults on the line if it must not be imported."""
    place = _place(line)
    row = HouseholdRow(
        sheet=line.sheet,
        row=line.row,
        place=place,
        room_typed=cells.words(line.cells["room"]),
        area_x100=line.read("area", cells.area_x100, 0),
        status=line.read("status", cells.one_of(STATUSES, "已入住、出租、空置、装修中"), ""),
        members=_members(line),
        moved_in=line.read("moved_in", cells.day, None),
        size=line.read("size", cells.count, None),
        **_remarks(line),
    )
    if not line.faults:
        _compare(line, row, seen)
    return None if line.faults else row


def _place(line: Line) -> Room:
    whole = parse_room(line.cells["room"].text)
    if whole and not (line.cells["building"].text or line.cells["unit"].text):
        return whole
    return Room(
        line.read("building", cells.named(building_no, "1栋"), ""),
        line.read("unit", cells.named(unit_no, "1单元"), ""),
        line.read("room", cells.named(room_no, "101"), ""),
    )


def _members(line: Line) -> tuple[MemberRow, ...]:
    names = line.read("name", people.names, ())
    phones = line.read("phone", people.mobiles, ())
    relation = line.read("relation", cells.one_of(RELATIONS, "业主、租户、共有人、家属"), "")
    if not (names and phones and relation):
        return ()
    if len(phones) == 1 < len(names):
        line.mention("phone", _("多名住户只有一个电话，先按共用同一电话录入，请以后补全。"))
        phones *= len(names)
    if len(names) == 1 < len(phones):
        line.mention("phone", _("一名住户有多个电话，只录入第一个。"))
        phones = phones[:1]
    if len(names) != len(phones):
        line.stop("phone", _("姓名与电话的个数对不上，请按姓名的顺序每人填写一个电话。"))
        return ()
    others = "co_owner" if relation == "owner" else relation
    relations = [relation] + [others] * (len(names) - 1)
    return tuple(map(MemberRow, names, phones, relations))


def _remarks(line: Line) -> dict[str, tuple[str, ...]]:
    found = line.read("remark", lambda cell: remarks.sort_out(cell.text), remarks.Sorted())
    return {"visit_notes": found.visit_notes, "tasks_to_ask": found.tasks_to_ask}


def _compare(line: Line, row: HouseholdRow, seen: Seen) -> None:
    keys = [(row.place, member.name, member.phone) for member in row.members]
    if before := next((seen.people[key] for key in keys if key in seen.people), 0):
        sentence = _("重复行：同一房屋同一住户在第%(row)d行已有，请核对后删去其中一行。")
        line.stop("", sentence % {"row": before})
        return
    if len(set(keys)) < len(keys):
        line.stop("name", _("同一个人在一格中写了两遍，请核对后改正。"))
        return
    seen.people.update(dict.fromkeys(keys, row.row))
    _contradict(line, row, seen.rooms.setdefault(row.place, row))


def _contradict(line: Line, row: HouseholdRow, first: HouseholdRow) -> None:
    told = {"row": first.row}
    if row.area_x100 != first.area_x100:
        sentence = _("同一房屋的建筑面积与第%(row)d行不同，以第%(row)d行为准，请核对。")
        line.mention("area", sentence % told)
    if row.status != first.status:
        sentence = _("同一房屋的房屋状态与第%(row)d行不同，以第%(row)d行为准，请核对。")
        line.mention("status", sentence % told)
