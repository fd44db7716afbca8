"""What stands in the list at the left: one list a role, at most 14 entries, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a role opens; shown only when ``url_name`` resolves.

    The pages ``within`` stand below it while one of them is open, or where it does not resolve.
    """

    label: StrOrPromise
    icon: str
    url_name: str
    within: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; the first group of a role has none."""

    heading: StrOrPromise
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one page shows it; ``count`` is work that waits, zero is not shown.

    ``within`` says that it stands below the one before.
    """

    label: StrOrPromise
    icon: str
    url: str
    count: int
    current: bool
    within: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its links."""

    heading: StrOrPromise
    links: tuple[Link, ...]


ROLE_LABELS: dict[str, StrOrPromise] = {
    "GM": _("总经理"),
    "OM": _("管理处经理"),
    "CS": _("客服中心主管"),
    "DS": _("部门主管"),
    "RC": _("客服接待"),
    "CA": _("收银员"),
    "FN": _("财务"),
    "AU": _("内审员"),
    "AD": _("系统管理员"),
    "ST": _("服务人员"),
    "SU": _("服务分包方"),
    "RF": _("回访员"),
    "RS": _("住户"),
}

_WORKBENCH = Entry(_("工作台"), "house", "workbench")
_ORDERS = Entry(_("订单"), "card-list", "orders")
_BOARD = Entry(_("派工板"), "calendar3-week", "board")
_HOUSEHOLDS = Entry(_("住户档案"), "people", "households")
_AGREEMENTS = Entry(_("长期协议"), "file-earmark-text", "agreements")
_QUALITY = Entry(_("质量评价"), "bar-chart", "evaluations")
_SURVEYS = Entry(_("需求调查"), "ui-checks", "surveys")
_LOSSES = Entry(_("亏损处置"), "graph-down", "losses")
_FIRMS = Entry(_("分包方"), "person-badge", "firms")
_COMPLIANCE = Entry(_("程序符合性"), "check2-all", "compliance")
_POSTS = Entry(_("岗位"), "diagram-3", "posts")
_GRANTS = Entry(_("授权"), "shield-lock", "grants")
_PARAMETERS = Entry(_("参数"), "sliders", "parameters")
_CALENDAR = Entry(_("日历"), "calendar3", "calendar")
_FOLLOWUPS = Entry(_("回访"), "telephone-outbound", "followups")
_STAFF = Entry(_("人员"), "person-vcard", "staff")
_STAFF_AND_POSTS = Entry(_("人员与岗位"), "person-vcard", "staff", (_POSTS, _GRANTS))
_OFFICES = Entry(_("公司与管理处"), "building", "offices")

MENUS: dict[str, tuple[Group, ...]] = {
    "CS": (
        Group(
            "",
            (
                _WORKBENCH,
                _ORDERS,
                _BOARD,
                Entry(_("审核"), "clipboard-check", "audits"),
                _HOUSEHOLDS,
                _AGREEMENTS,
            ),
        ),
        Group(
            _("质量"),
            (
                _FOLLOWUPS,
                Entry(_("投诉"), "chat-square-text", "complaints"),
                Entry(_("退款复核"), "arrow-counterclockwise", "refund-reviews"),
                _QUALITY,
            ),
        ),
        Group(_("策划"), (_SURVEYS, _LOSSES, _FIRMS)),
    ),
    "RC": (
        Group(
            "",
            (
                _WORKBENCH,
                Entry(_("接待台"), "headset", "reception"),
                _ORDERS,
                Entry(_("待预交"), "wallet2", "awaiting-prepayment"),
                _BOARD,
                _HOUSEHOLDS,
                _AGREEMENTS,
                Entry(_("投诉受理"), "chat-square-text", "complaints"),
                Entry(_("公告价目"), "megaphone", "notices"),
            ),
        ),
        Group(
            _("登记簿"),
            (
                Entry(_("今日登记"), "journal-text", "registrations"),
                Entry(_("需求线索"), "lightbulb", "demand-signals"),
                Entry(_("离线补录"), "cloud-upload", "offline-entries"),
            ),
        ),
    ),
    "CA": (
        Group(
            "",
            (
                _WORKBENCH,
                Entry(_("收银台"), "cash-coin", "till"),
                _ORDERS,
                Entry(_("待结算"), "calculator", "settlements"),
                Entry(_("退款"), "arrow-counterclockwise", "refund-payments"),
                Entry(_("收据"), "receipt", "receipts"),
                Entry(_("补打"), "printer", "reprints"),
            ),
        ),
        Group(
            _("本班"),
            (
                Entry(_("开班"), "box-arrow-in-right", "shift-open"),
                Entry(_("日结"), "journal-check", "shift-close"),
                Entry(_("交款记录"), "bank", "remittances"),
            ),
        ),
    ),
    "FN": (
        Group(
            "",
            (
                _WORKBENCH,
                _ORDERS,
                Entry(_("核对日结"), "journal-check", "shift-verifications"),
                Entry(_("渠道对账"), "arrow-left-right", "reconciliations"),
                Entry(_("退款会签"), "pen", "refund-cosigns"),
                Entry(_("作废红冲"), "slash-circle", "reversals"),
                Entry(_("应退未退"), "hourglass-split", "unpaid-refunds"),
                Entry(_("分包结算"), "calculator", "firm-statements"),
                Entry(_("凭证导出"), "file-earmark-arrow-down", "vouchers"),
                Entry(_("收银点"), "safe", "drawers"),
            ),
        ),
    ),
    "DS": (
        Group(
            "",
            (
                _WORKBENCH,
                _BOARD,
                _ORDERS,
                Entry(_("现场报价"), "tag", "site-quotes"),
                Entry(_("抽查"), "binoculars", "spot-checks"),
                Entry(_("人员与证件"), "person-vcard", "staff"),
                _FIRMS,
                Entry(_("质量异议"), "chat-left-quote", "quality-objections"),
            ),
        ),
    ),
    "OM": (
        Group(
            "",
            (
                _WORKBENCH,
                _ORDERS,
                Entry(_("争议"), "exclamation-diamond", "disputes"),
                Entry(_("退款审批"), "clipboard-check", "refund-approvals"),
            ),
        ),
        Group(
            _("策划"),
            (
                Entry(_("论证会"), "people-fill", "meetings", (_SURVEYS,)),
                Entry(
                    _("价目表"),
                    "tags",
                    "price-lists",
                    (Entry(_("公告"), "megaphone", "announcements"),),
                ),
                Entry(_("审批"), "patch-check", "proposals"),
            ),
        ),
        Group(
            _("经营"),
            (
                Entry(_("损益"), "cash-stack", "profits", (_LOSSES,)),
                Entry(
                    _("质量评价"),
                    "bar-chart",
                    "evaluations",
                    (Entry(_("考评依据"), "clipboard-data", "appraisals"),),
                ),
                _FIRMS,
                _COMPLIANCE,
            ),
        ),
        Group(
            _("管理处"),
            (
                _HOUSEHOLDS,
                _STAFF_AND_POSTS,
                Entry(_("参数与日历"), "sliders", "parameters", (_CALENDAR, _OFFICES)),
            ),
        ),
    ),
    "GM": (
        Group(
            "",
            (
                _WORKBENCH,
                _ORDERS,
                Entry(_("待我审批"), "inbox", "decisions"),
                Entry(_("重大投诉"), "exclamation-triangle", "serious-complaints"),
                Entry(_("经营"), "bar-chart-line", "business"),
                Entry(_("我的批示"), "pen", "my-decisions"),
            ),
        ),
        Group(_("公司"), (_POSTS, _PARAMETERS, _STAFF, _GRANTS, _CALENDAR, _OFFICES)),
    ),
    "AU": (
        Group(
            "",
            (
                _WORKBENCH,
                _ORDERS,
                Entry(_("抽样"), "dice-5", "samples"),
                _COMPLIANCE,
                Entry(_("审计导出"), "file-earmark-arrow-down", "audit-exports"),
            ),
        ),
    ),
    "AD": (
        Group(
            "",
            (
                _WORKBENCH,
                _STAFF,
                _POSTS,
                _GRANTS,
                _PARAMETERS,
                _CALENDAR,
                Entry(_("日志"), "journal-code", "journal"),
            ),
        ),
        Group(
            _("名册"),
            (
                Entry(_("房屋"), "house-door", "units"),
                _OFFICES,
                Entry(_("导入名册"), "file-earmark-spreadsheet", "imports"),
            ),
        ),
    ),
    "RF": (Group("", (_FOLLOWUPS,)),),
}

TABS: dict[str, tuple[Entry, ...]] = {
    "ST": (
        Entry(_("任务"), "tools", "jobs"),
        Entry(_("日程"), "calendar-check", "job-calendar"),
        Entry(_("我的"), "person", "me"),
    ),
    "SU": (
        Entry(_("派单"), "inbox", "firm-visits"),
        Entry(_("工人"), "people", "firm-workers"),
        Entry(_("考核"), "clipboard-data", "firm-scores"),
        Entry(_("结算"), "calculator", "firm-bills"),
    ),
    "RS": (
        Entry(_("服务"), "grid", "services"),
        Entry(_("我的预约"), "calendar-check", "my-bookings"),
        Entry(_("协议"), "file-earmark-text", "my-agreements"),
        Entry(_("投诉建议"), "chat-square-text", "my-complaints"),
        Entry(_("打电话"), "telephone", "call-us"),
    ),
    "GM": (_WORKBENCH, *MENUS["GM"][0].entries[-4:]),
}


def menu(roles: Iterable[str], waiting: Mapping[str, int], path: str) -> tuple[Section, ...]:
    """Return the list of all roles a person holds, each page once, without missing pages."""
    held = frozenset(roles)
    groups = [group for role, listed in MENUS.items() if role in held for group in listed]
    return _sections(groups, waiting, path)


def tabs(roles: Iterable[str], waiting: Mapping[str, int], path: str) -> tuple[Link, ...]:
    """Return the bottom tabs of the first phone role a person holds."""
    held = frozenset(roles)
    entries = next((listed for role, listed in TABS.items() if role in held), ())
    sections = _sections([Group("", entries)], waiting, path)
    return sections[0].links if sections else ()


def role_label(roles: Iterable[str]) -> str:
    """Return the names of the roles a person holds, in the order of the house."""
    held = frozenset(roles)
    return _("、").join(str(label) for role, label in ROLE_LABELS.items() if role in held)


def entries_of(groups: Iterable[Group]) -> Iterator[Entry]:
    """Yield all entries of a list, each followed by those within it."""
    for group in groups:
        for entry in group.entries:
            yield entry
            yield from entry.within


def _sections(
    groups: Iterable[Group], waiting: Mapping[str, int], path: str
) -> tuple[Section, ...]:
    known = list(groups)
    urls = {one.url_name: url for one in entries_of(known) if (url := _url(one.url_name))}
    here = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    shown: set[str] = set()
    sections = []
    for group in known:
        opened = [
            pair for pair in _opened(group.entries, urls, here) if pair[0].url_name not in shown
        ]
        shown |= {one.url_name for one, _within in opened}
        links = (_link(one, urls[one.url_name], waiting, here, within) for one, within in opened)
        sections.append(Section(group.heading, tuple(links)))
    return tuple(section for section in sections if section.links)


def _link(entry: Entry, url: str, waiting: Mapping[str, int], here: str, within: bool) -> Link:
    count = waiting.get(entry.url_name, 0)
    return Link(entry.label, entry.icon, url, count, url == here, within)


def _opened(
    entries: Iterable[Entry], urls: Mapping[str, str], here: str
) -> Iterator[tuple[Entry, bool]]:
    """Yield the entries that are there; those within another while it is open or missing."""
    for entry in entries:
        inside = [one for one in entry.within if one.url_name in urls]
        if entry.url_name not in urls:
            yield from ((one, False) for one in inside)
            continue
        yield entry, False
        if here in {urls[one.url_name] for one in (entry, *inside)}:
            yield from ((one, True) for one in inside)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
