"""Sort free remarks into what may be kept, what must be asked, and what somebody must read.

Health, disability, poverty and minors' data need a separate consent (PIPL 28–31), so of these
only the kind of question is kept, never the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REVIEW = "review"

_SENSITIVE = (
    ("elderly", re.compile(r"老人|独居|高龄|孤寡|空巢|长者|老年|\d{2}岁")),
    ("disability", re.compile(r"残疾|残障|轮椅|聋|盲|哑|瘫|智障|肢残|失能|半失能")),
    (
        "health",
        re.compile(r"病|癌|卧床|透析|抑郁|精神|孕|产妇|坐月子|手术|过敏|心脏|血压|血糖|康复"),
    ),
    ("minor", re.compile(r"儿童|小孩|孩子|婴|宝宝|幼儿|未成年|留守|小朋友|\d岁|新生儿")),
    ("hardship", re.compile(r"低保|困难户|特困|五保|失业|贫困|救助")),
    ("other_sensitive", re.compile(r"宗教|信教|信佛|吸毒|服刑|前科|刑满|离异|离婚|家暴|身份证")),
)
_HARMLESS = re.compile(
    r"(?:家里|家中|室内)?[养有](?:\d+|[一二两三四五])?[只条]?(?:大型|小型|大|小)?"
    r"(?:狗|犬|猫|鸟|鱼|兔子|宠物|金毛|泰迪|宠物狗|宠物猫)"
    r"|有(?:三角|立式)?(?:钢琴|古筝|鱼缸|地暖|地毯|红木家具|监控|智能锁|密码锁|指纹锁|车位)"
    r"|(?:请)?(?:勿|不要|别|莫)(?:按|敲|摁)(?:门铃|门)(?:请?(?:打)?电话联系)?"
    r"|门铃(?:坏了?|不响|无声)|(?:请)?敲门"
    r"|(?:请)?(?:上门前|提前|事先|先)(?:请)?(?:打?电话|电话联系|联系|预约|通知)"
    r"|(?:进门|入户|进屋)?(?:请|需|要)?(?:换鞋|穿鞋套|戴鞋套|脱鞋)"
    r"|(?:只|仅)?(?:周末|晚上|下午|上午|工作日)(?:上门|联系|方便)"
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Notes for whoever visits, and the kinds of question to ask the household."""

    visit_notes: tuple[str, ...] = ()
    tasks_to_ask: tuple[str, ...] = ()


def sort_out(text: str) -> Sorted:
    """Sort a remark piece by piece; unknown pieces become ``review`` and are not kept."""
    notes: list[str] = []
    tasks: list[str] = []
    for piece in filter(None, (part.strip() for part in re.split(r"[、,，;；。.\n/!！]+", text))):
        kinds = [kind for kind, pattern in _SENSITIVE if pattern.search(piece)]
        if not kinds and _HARMLESS.fullmatch(re.sub(r"\s+", "", piece)):
            notes.append(piece)
        else:
            tasks.extend(kinds or [REVIEW])
    return Sorted(tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(tasks)))
