"""The invented estate 云栖苑: the same flats, names and telephones every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, product
from random import Random

from teyue.register.estate.facts import MemberFacts, Occupancy, UnitFacts
from teyue.register.estate.models import Member
from teyue.register.estate.naming import Room

SEED = 20261124
BUILDINGS, ENTRANCES, FLOORS, DOORS = 6, 2, 14, 2
EMPTY_SHARE, LET_SHARE, FAMILY_SHARE, HELPER_SHARE = 0.08, 0.14, 0.6, 0.08
FIRST_DAY, DAYS = date(2016, 3, 1), 3500
AREAS_X100 = (6850, 8750, 8937, 9602, 10420, 11860, 14388)
NOTES = ("", "", "", "", "", "养狗，已拴", "有钢琴", "勿按门铃，请先来电", "养猫，进门请随手关门")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
    "彭曾萧田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
)
GIVEN = [
    "建国",
    "志强",
    "国栋",
    "卫东",
    "永福",
    "立群",
    "文博",
    "晓岚",
    "秀珍",
    "桂芳",
    "秀英",
    "雅琴",
    "佳怡",
    "梓涵",
    "浩然",
    "子轩",
    "雨桐",
    "欣妍",
    "思远",
    "明轩",
    "海燕",
    "丽华",
    "春梅",
    "玉兰",
    "淑芬",
    "伟",
    "敏",
    "静",
    "磊",
    "洋",
    "勇",
    "艳",
    "杰",
    "涛",
    "娟",
    "超",
    "霞",
    "平",
    "刚",
    "桂英",
    "晓东",
    "一鸣",
    "若曦",
    "嘉宁",
    "俊凯",
    "宇航",
    "诗涵",
    "梦洁",
    "家豪",
    "世杰",
    "慧敏",
    "红梅",
    "新宇",
    "景行",
    "知远",
    "书意",
    "安然",
    "清和",
]

RESIDENT_ROOM = Room("3", "2", "1102")
RESIDENT_PHONE = "13800005207"


@dataclass(frozen=True, slots=True)
class Flat:
    """A flat, and how its household began; nobody lives in an empty one."""

    unit: UnitFacts
    occupancy: Occupancy | None = None
    members: tuple[MemberFacts, ...] = ()


KNOWN_FLAT = Flat(
    UnitFacts(RESIDENT_ROOM, 8937),
    Occupancy(date(2019, 5, 18), 3, "养猫，进门请随手关门"),
    (
        MemberFacts("刘文博", RESIDENT_PHONE, Member.Relation.OWNER, is_primary=True),
        MemberFacts("张晓岚", "13800005208", Member.Relation.FAMILY),
        MemberFacts("何秀珍", "13800005209", Member.Relation.HELPER, can_confirm=False),
    ),
)


def flats() -> Iterator[Flat]:
    """Return every flat of the estate, in the order of the rooms."""
    chance, serial = Random(SEED), count(1)
    for building, entrance, floor, door in product(
        range(1, BUILDINGS + 1),
        range(1, ENTRANCES + 1),
        range(1, FLOORS + 1),
        range(1, DOORS + 1),
    ):
        room = Room(str(building), str(entrance), f"{floor}{door:02d}")
        flat = _flat(room, chance, serial)
        yield KNOWN_FLAT if room == RESIDENT_ROOM else flat


def _flat(room: Room, chance: Random, serial: Iterator[int]) -> Flat:
    unit = UnitFacts(room, chance.choice(AREAS_X100))
    if chance.random() < EMPTY_SHARE:
        return Flat(unit)
    members = tuple(_members(chance, serial))
    opened = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return Flat(unit, Occupancy(opened, len(members) + 1, chance.choice(NOTES)), members)


def _members(chance: Random, serial: Iterator[int]) -> Iterator[MemberFacts]:
    surname = chance.choice(SURNAMES)
    let = chance.random() < LET_SHARE
    owner = surname + chance.choice(GIVEN)
    yield MemberFacts(owner, _phone(serial), Member.Relation.OWNER, is_primary=not let)
    if let:
        tenant = chance.choice(SURNAMES) + chance.choice(GIVEN)
        yield MemberFacts(tenant, _phone(serial), Member.Relation.TENANT, is_primary=True)
    elif chance.random() < FAMILY_SHARE:
        spouse = chance.choice(SURNAMES) + chance.choice(GIVEN)
        yield MemberFacts(spouse, _phone(serial), Member.Relation.FAMILY)
    if chance.random() < HELPER_SHARE:
        helper = chance.choice(SURNAMES) + chance.choice(GIVEN)
        yield MemberFacts(helper, _phone(serial), Member.Relation.HELPER, can_confirm=False)


def _phone(serial: Iterator[int]) -> str:
    return f"138{next(serial):08d}"
