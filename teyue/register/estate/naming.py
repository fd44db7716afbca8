"""What people call a room and a person, and what they meant by a word in the search box."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from pypinyin import lazy_pinyin

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100}
_DASHES = re.compile(r"[\s\-‐-―−_~./\\#,、，:]+")
_WORDS = re.compile(r"号楼|栋|幢|座|楼|单元|门")
_RUN = re.compile(r"[0-9]{5,8}")
_ROOM_WORD = re.compile(r"(?:室|房|户|号)$")

BUILDING = re.compile(r"[一-鿿]{0,3}\d{1,3}[A-Z]?|[A-Z]\d{0,2}|[一-鿿]{1,3}")
UNIT = re.compile(r"\d{1,2}|[A-Z]|[甲乙丙丁戊己东南西北中]")
ROOM = re.compile(r"\d{1,5}[A-Z]?|[A-Z]\d{1,4}")

# Readings that a dictionary of common words gets wrong when the character is a surname.
SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge",
    "区": "ou", "任": "ren", "冼": "xian", "朴": "piao", "翟": "zhai", "缪": "miao",
    "覃": "qin", "召": "shao", "员": "yun", "乐": "yue", "折": "she", "秘": "bi",
    "黑": "he", "种": "chong", "逄": "pang", "隗": "wei", "句": "gou", "牟": "mu",
    "繁": "po", "訾": "zi", "郇": "xun", "纪": "ji", "燕": "yan", "那": "na",
    "车": "che", "盛": "sheng", "臧": "zang", "祭": "zhai", "幺": "yao", "厍": "she",
    "晟": "cheng", "薄": "bo", "曲": "qu", "都": "du", "宿": "su", "应": "ying",
    "费": "fei", "谌": "chen", "洗": "xian", "撒": "sa", "褚": "chu", "尹": "yin",
    "万": "wan", "柏": "bai", "哈": "ha", "华": "hua", "石": "shi", "沈": "shen",
    "过": "guo", "卜": "bu", "宓": "mi", "晁": "chao", "眭": "sui", "佴": "nai",
}  # fmt: skip
DOUBLE_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu",
    "澹台": "tan tai", "皇甫": "huang fu", "夏侯": "xia hou", "宰父": "zai fu",
    "单于": "chan yu", "司马": "si ma", "欧阳": "ou yang", "上官": "shang guan",
    "诸葛": "zhu ge", "东方": "dong fang", "赫连": "he lian", "公孙": "gong sun",
    "慕容": "mu rong", "宇文": "yu wen", "鲜于": "xian yu", "呼延": "hu yan",
    "乐正": "yue zheng", "濮阳": "pu yang", "太叔": "tai shu", "申屠": "shen tu",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """The canonical address of a room; equal whatever padding or words were typed."""

    building: str
    unit: str
    room: str

    @property
    def short(self) -> str:
        """Return the key that people type and lists show, as ``3-2-1102``."""
        return f"{self.building}-{self.unit}-{self.room}"

    @property
    def long(self) -> str:
        """Return the address in words, as ``3 栋 2 单元 1102``."""
        return f"{self.building} 栋 {self.unit} 单元 {self.room}"

    def __str__(self) -> str:
        return self.short


class QueryKind(StrEnum):
    """What a word in the search box looks like."""

    NOTHING = "nothing"
    ROOM = "room"
    PHONE_TAIL = "phone_tail"
    PHONE = "phone"
    INITIALS = "initials"
    PINYIN = "pinyin"
    NAME = "name"
    ORDER_NUMBER = "order_number"


_PATTERNS = (
    (QueryKind.ORDER_NUMBER, re.compile(r"F-?\d{2}-[A-Z0-9]{1,8}-\d{8}-\d{4,}|\d{8}-\d{4,}")),
    (QueryKind.PHONE, re.compile(r"(?:\+?86)?1[3-9]\d{9}")),
    (QueryKind.PHONE_TAIL, re.compile(r"\d{4}")),
    (QueryKind.ROOM, re.compile(r"\d{1,3}|\d{5,8}|\d{1,2}-\d{3,4}")),
    (QueryKind.INITIALS, re.compile(r"[A-HJ-TW-Z]{1,4}")),
    (QueryKind.PINYIN, re.compile(r"[A-Z']+(?: [A-Z']+)*")),
)


def plain(text: str) -> str:
    """Return typed text half-width, without zero-width characters and outer blanks."""
    return re.sub(r"[\u200b-\u200d\ufeff]", "", unicodedata.normalize("NFKC", text)).strip()


def parse_room(text: str) -> Room | None:
    """Read a typed address such as ``3-2-1102`` or ``3号楼2单元1102室``; None if it is none."""
    bare = _ROOM_WORD.sub("", plain(text).upper())
    parts = [part for part in _DASHES.split(_WORDS.sub("-", bare).replace("号", "-")) if part]
    if len(parts) != 3:
        return None
    building, unit, room = building_no(parts[0]), unit_no(parts[1]), room_no(parts[2])
    return Room(building, unit, room) if building and unit and room else None


def rooms_meant(text: str) -> list[str]:
    """Return the rooms that digits without all their dashes may mean: ``32801``, ``32 1102``.

    A dash or blank that was typed stands between two of the three parts.
    """
    parts = [part for part in _DASHES.split(_ROOM_WORD.sub("", plain(text))) if part]
    digits = "".join(parts)
    if not _RUN.fullmatch(digits) or len(parts) > 2:
        return []
    typed = {len(parts[0])} - {len(digits)}
    cuts = ((b, b + u) for b in (1, 2) for u in (1, 2) if len(digits) - b - u in (3, 4))
    return [
        Room(building_no(digits[:b]), unit_no(digits[b:r]), room_no(digits[r:])).short
        for b, r in cuts
        if typed <= {b, r}
    ]


def building_no(text: str) -> str:
    """Return the building of ``1栋``, ``1号楼`` or ``一栋`` as ``1``; empty if it is none."""
    return _canonical(re.sub(r"(?:栋|幢|座|号楼|楼|号|#)$", "", _tight(text)), BUILDING)


def unit_no(text: str) -> str:
    """Return the entrance of ``1单元`` or ``一单元`` as ``1``; empty if it is none."""
    return _canonical(re.sub(r"(?:单元|门|单)$", "", _tight(text)), UNIT)


def room_no(text: str) -> str:
    """Return the room of ``0302`` or ``302室`` as ``302``; empty if it is none."""
    return _canonical(_ROOM_WORD.sub("", _tight(text)), ROOM)


def pinyin_keys(name: str) -> tuple[str, str]:
    """Return the search keys of a name: all its syllables, and their initials; ü is v."""
    syllables = " ".join(_syllables(plain(name))).lower().split()
    letters = [re.sub(r"[^a-z]", "", syllable) for syllable in syllables]
    return "".join(letters), "".join(part[:1] for part in letters)


def query_kind(text: str) -> QueryKind:
    """Say what a word in the search box looks like.

    Four digits are the end of a phone (a room number may match them as well), other short
    numbers a room; letters are initials only where each can begin a syllable.
    """
    word = plain(text).upper()
    if not word:
        return QueryKind.NOTHING
    digits = re.sub(r"[\s\-]", "", word)
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(word) or (kind is QueryKind.PHONE and pattern.fullmatch(digits)):
            return kind
    return QueryKind.ROOM if parse_room(word) or rooms_meant(word) else QueryKind.NAME


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", plain(text)).upper()


def _canonical(text: str, shape: re.Pattern[str]) -> str:
    text = _in_digits(text)
    return re.sub(r"(?<!\d)0+(?=\d)", "", text) if shape.fullmatch(text) else ""


def _in_digits(text: str) -> str:
    if not text or not set(text) <= _DIGITS.keys() | _STEPS.keys():
        return text
    if not set(text) & _STEPS.keys():
        return "".join(str(_DIGITS[character]) for character in text)
    return str(_counted(text))


def _counted(text: str) -> int:
    total, digit = 0, None
    for character in text:
        if character in _STEPS:
            total += (1 if digit is None else digit) * _STEPS[character]
            digit = None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)


def _syllables(name: str) -> list[str]:
    if name[:2] in DOUBLE_SURNAMES and len(name) > 2:
        return DOUBLE_SURNAMES[name[:2]].split() + lazy_pinyin(name[2:])
    if name[:1] in SURNAMES:
        return [SURNAMES[name[0]], *lazy_pinyin(name[1:])]
    return lazy_pinyin(name)
