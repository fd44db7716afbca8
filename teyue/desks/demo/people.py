"""The invented staff of 云栖苑 and the firms that work for it."""

from __future__ import annotations

from dataclasses import dataclass

from teyue.desks.demo.estate import KNOWN_FLAT
from teyue.register.company.models import Department
from teyue.register.people.models import CertificateKind, Role

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WEEKDAYS = (0, 1, 2, 3, 4)
DAY = (8 * 60, 18 * 60)
LATE_DAY = (10 * 60, 20 * 60)
Certificates = tuple[CertificateKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An employee: how to sign in, which post, where, and when on duty (minutes of the day)."""

    login: str
    role: Role
    name: str
    department: Department.Kind = Department.Kind.OFFICE
    certificates: Certificates = ()
    weekdays: tuple[int, ...] = WEEKDAYS
    hours: tuple[int, int] = DAY
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody signs in, and as whom."""

    name: str
    person: str
    post: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody whom a firm sends."""

    name: str
    phone: str
    certificates: Certificates = ()


@dataclass(frozen=True, slots=True)
class House:
    """A firm: its items, and those it still has on trial."""

    name: str
    uscc: str
    hands: tuple[Hand, ...]
    items: tuple[str, ...]
    on_trial: tuple[str, ...] = ()


DEPARTMENTS: tuple[tuple[Department.Kind, str], ...] = (
    (Department.Kind.OFFICE, "管理处"),
    (Department.Kind.CSC, "客户服务中心"),
    (Department.Kind.ENGINEERING, "工程部"),
    (Department.Kind.CLEANING, "保洁部"),
    (Department.Kind.GREENING, "绿化部"),
    (Department.Kind.SECURITY, "秩序部"),
    (Department.Kind.FINANCE, "财务部"),
)

_OFFICE, _CSC, _ENGINEERING = (
    Department.Kind.OFFICE,
    Department.Kind.CSC,
    Department.Kind.ENGINEERING,
)
_CLEANING, _FINANCE = Department.Kind.CLEANING, Department.Kind.FINANCE
_LOW, _HEIGHT = CertificateKind.LOW_VOLTAGE, CertificateKind.HEIGHT
_COOLING, _HEALTH = CertificateKind.REFRIGERATION, CertificateKind.HEALTH

STAFF: tuple[Colleague, ...] = (
    Colleague(login="gm", role=Role.GM, name="顾维诚", everywhere=True),
    Colleague(login="ad", role=Role.AD, name="郭子安", everywhere=True),
    Colleague(login="au", role=Role.AU, name="秦书意", everywhere=True),
    Colleague(login="om", role=Role.OM, name="沈建国", department=_OFFICE),
    Colleague(login="fn", role=Role.FN, name="方慧", department=_FINANCE),
    Colleague(login="ds", role=Role.DS, name="何志强", department=_ENGINEERING),
    Colleague(login="cs", role=Role.CS, name="周敏", department=_CSC),
    Colleague(login="rc", role=Role.RC, name="林小雨", department=_CSC),
    Colleague(login="rc2", role=Role.RC, name="许佳宁", department=_CSC, weekdays=EVERY_DAY),
    Colleague(login="ca", role=Role.CA, name="陈静", department=_FINANCE),
    Colleague(login="ca2", role=Role.CA, name="冯若兰", department=_FINANCE, weekdays=EVERY_DAY),
    Colleague(
        login="st",
        role=Role.ST,
        name="王磊",
        department=_ENGINEERING,
        certificates=(_LOW,),
    ),
    Colleague(
        login="st2",
        role=Role.ST,
        name="李建军",
        department=_ENGINEERING,
        certificates=(_HEIGHT, _COOLING),
        weekdays=(2, 3, 4, 5, 6),
    ),
    Colleague(
        login="st3",
        role=Role.ST,
        name="赵明",
        department=_ENGINEERING,
        certificates=(_LOW, CertificateKind.GAS),
        weekdays=(0, 1, 4, 5, 6),
        hours=LATE_DAY,
    ),
    Colleague(
        login="st4",
        role=Role.ST,
        name="吴秀英",
        department=_CLEANING,
        certificates=(_HEALTH,),
    ),
    Colleague(
        login="st5",
        role=Role.ST,
        name="孙桂芳",
        department=_CLEANING,
        certificates=(_HEALTH,),
        weekdays=(0, 1, 4, 5, 6),
        hours=LATE_DAY,
    ),
    Colleague(login="st6", role=Role.ST, name="钱永福", department=Department.Kind.GREENING),
    Colleague(
        login="st7",
        role=Role.ST,
        name="石立新",
        department=Department.Kind.SECURITY,
        certificates=(CertificateKind.CARE,),
        weekdays=EVERY_DAY,
    ),
)

MANAGER_LOGIN, ADMINISTRATOR_LOGIN, FIRM_LOGIN, RESIDENT_LOGIN = "gm", "ad", "su", "rs"

FIRMS: tuple[House, ...] = (
    House(
        "洁安家电清洗有限公司",
        "91330199000000001R",
        (
            Hand("段文杰", "13800010000", (_HEIGHT, _COOLING)),
            Hand("丁浩", "13800010001", (_HEIGHT,)),
            Hand("马超", "13800010002", (_COOLING,)),
        ),
        ("QX-01", "QX-02", "QX-03", "AZ-02"),
    ),
    House(
        "云洁到家保洁服务有限公司",
        "91330199000000002W",
        (Hand("彭秀兰", "13800010003", (_HEALTH,)), Hand("蒋桂花", "13800010004", (_HEALTH,))),
        ("QX-04", "BJ-01", "BJ-02", "BJ-03", "BJ-04", "BJ-05"),
    ),
    House(
        "清源管道疏通服务部",
        "913301990000000030",
        (Hand("吕大伟", "13800010005"),),
        ("WX-05", "WX-06"),
    ),
    House(
        "安居开锁服务中心",
        "913301990000000043",
        (Hand("邓正", "13800010006", (CertificateKind.LOCKSMITH,)),),
        ("AQ-01",),
    ),
    House(
        "绿盾有害生物防制有限公司",
        "913301990000000056",
        (Hand("潘卫民", "13800010007", (CertificateKind.PEST,)),),
        ("XS-01",),
    ),
    House(
        "雅音钢琴调律工作室", "913301990000000069", (Hand("袁清和", "13800010008"),), (), ("SH-04",)
    ),
    House(
        "顺安搬家有限公司",
        "91330199000000007C",
        (Hand("崔铁柱", "13800010009"), Hand("范大勇", "13800010010")),
        ("SW-01",),
    ),
    House(
        "邻里帮生活服务有限公司",
        "91330199000000008F",
        (Hand("姜玉梅", "13800010011", (CertificateKind.CARE,)), Hand("田小满", "13800010012")),
        ("CL-01", "SH-01", "SH-02", "SH-03"),
    ),
)


def logins() -> list[Login]:
    """Return the accounts of the demo: one for each role, then the further ones."""
    known = [Login(one.login, one.name, str(one.role.label)) for one in STAFF]
    firm, flat = FIRMS[0], KNOWN_FLAT
    known.append(Login(FIRM_LOGIN, firm.hands[0].name, f"{Role.SU.label}（{firm.name}）"))
    home = f"{Role.RS.label}（{flat.unit.room.short}）"
    known.append(Login(RESIDENT_LOGIN, flat.members[0].name, home))
    return sorted(known, key=lambda login: login.name[-1].isdigit())


def phone(place: int) -> str:
    """Return the telephone of the colleague at a place in the list."""
    return f"1380000{9000 + place}"
