"""What the list of people and the file of a person show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.desks.register.staff.forms import WEEKDAYS, clock
from teyue.desks.register.words import word_of
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.pen import KeptQuerySet
from teyue.register.estate.models import Person
from teyue.register.estate.naming import plain
from teyue.register.estate.persons import phone_keys
from teyue.register.parameters import queries as parameters
from teyue.register.people import queries
from teyue.register.people.models import Account, Certificate, Duty, Post, Role, Staff
from teyue.web.exports import Column
from teyue.web.paging import Listing, Order

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REMINDERS = "sc.cert_alert_d"
LIVE = (Post.State.PROPOSED, Post.State.ACTIVE)


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a certificate holds: word and tone of its chip."""

    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """A person in the list: what this person is, holds, and when the first certificate ends."""

    person: Person
    staff: Staff | None
    account: Account | None
    posts: tuple[str, ...]
    certificate: Certificate | None
    validity: Validity | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the weekly pattern."""

    label: StrOrPromise
    stretches: tuple[str, ...]


def _searched(text: str) -> Q:
    word = plain(text)
    if word.isascii() and word.isdigit() and len(word) == 4:
        return Q(tail_index=phone_keys(word)[1]) | Q(staff__employee_no__endswith=word)
    sound = Q(initials__startswith=word.lower()) | Q(pinyin__startswith=word.lower())
    found = Q(name__startswith=word) | Q(staff__employee_no__iexact=word)
    return found | sound if word.isascii() else found


def _of_department(word: str) -> Q:
    return Q(staff__department=int(word))


def _of_role(word: str) -> Q:
    posts = Post.objects.filter(person=OuterRef("pk"), role=Role(word), state__in=LIVE)
    return Q(Exists(posts))


def _in_state(word: str) -> Q:
    if word == "outside":
        return Q(staff=None)
    return Q(staff__state=Staff.State(word))


LIST = Listing(
    title=gettext_lazy("人员"),
    orders={
        "name": Order(gettext_lazy("按姓名"), "pinyin"),
        "newest": Order(gettext_lazy("最近登记在前"), descending=True),
    },
    filters={"department": _of_department, "role": _of_role, "state": _in_state},
    search=_searched,
)


def listed(actor: Actor) -> KeptQuerySet[Person]:
    """Return the people of the list with all that a line shows."""
    posts = Post.objects.filter(state__in=LIVE).select_related("office").order_by("pk")
    held = Certificate.objects.filter(voided_at=None).order_by("valid_to", "pk")
    people = queries.people_seen_by(actor).select_related(
        "staff__department", "staff__office", "account", "office"
    )
    shown: tuple[Prefetch[Any], ...] = (
        Prefetch("posts", queryset=posts, to_attr="live"),
        Prefetch("staff__certificates", queryset=held, to_attr="valid"),
    )
    return people.prefetch_related(*shown)


def line_of(person: Person, *, reminders: tuple[int, ...], at: datetime) -> Line:
    """Return how a person stands in the list."""
    staff: Staff | None = getattr(person, "staff", None)
    ending = _first_to_end(getattr(staff, "valid", ()))
    return Line(
        person=person,
        staff=staff,
        account=getattr(person, "account", None),
        posts=tuple(_held(post) for post in getattr(person, "live", ())),
        certificate=ending,
        validity=validity(ending.valid_to, reminders=reminders, at=at) if ending else None,
    )


def reminders_of(office: int | None, at: datetime) -> tuple[int, ...]:
    """Return how many days before the end of a certificate it is shown in another color."""
    return tuple(sorted(parameters.series(REMINDERS, office=office, at=at)))


def validity(until: date | None, *, reminders: tuple[int, ...], at: datetime) -> Validity:
    """Say how long a certificate still holds: red within the last reminder, amber before."""
    if until is None:
        return Validity(_("长期有效"), "done")
    left = (until - local_day(at)).days
    if left < 0:
        return Validity(_("已过期 %(n)s 天") % {"n": -left}, "late")
    if left > reminders[-1]:
        return Validity(_("有效"), "done")
    word = _("今天到期") if left == 0 else _("还有 %(n)s 天到期") % {"n": left}
    return Validity(word, _tone(left, reminders))


def pattern(duties: Iterable[Duty], on: date) -> list[Day]:
    """Return the week as it is worked on a day."""
    valid = [row for row in duties if row.from_on <= on and (row.to_on is None or row.to_on >= on)]
    return [
        Day(
            label,
            tuple(
                f"{clock(duty.opens)}–{clock(duty.closes)}"
                for duty in sorted(valid, key=lambda duty: duty.opens)
                if duty.weekday == weekday
            ),
        )
        for weekday, label in enumerate(WEEKDAYS)
    ]


COLUMNS: tuple[Column[Line], ...] = (
    Column(gettext_lazy("姓名"), lambda line: line.person.name),
    Column(gettext_lazy("工号"), lambda line: line.staff and line.staff.employee_no),
    Column(
        gettext_lazy("部门"),
        lambda line: line.staff and line.staff.department and line.staff.department.name,
    ),
    Column(gettext_lazy("岗位"), lambda line: _("、").join(line.posts), 30),
    Column(gettext_lazy("状态"), lambda line: line.staff and word_of(line.staff)),
    Column(gettext_lazy("入职日期"), lambda line: line.staff and line.staff.active_from),
    Column(
        gettext_lazy("最先到期的证书"),
        lambda line: line.certificate and line.certificate.get_kind_display(),
    ),
    Column(gettext_lazy("有效期至"), lambda line: line.certificate and line.certificate.valid_to),
    Column(gettext_lazy("用户名"), lambda line: line.account and line.account.username),
)


def _tone(left: int, reminders: tuple[int, ...]) -> str:
    if left <= reminders[0]:
        return "late"
    return "near" if left <= reminders[len(reminders) // 2] else "run"


def _held(post: Post) -> str:
    role = str(post.get_role_display())
    return _("%(role)s（待签发）") % {"role": role} if post.state == Post.State.PROPOSED else role


def _first_to_end(certificates: Iterable[Certificate]) -> Certificate | None:
    dated = [row for row in certificates if row.valid_to is not None]
    return dated[0] if dated else None
