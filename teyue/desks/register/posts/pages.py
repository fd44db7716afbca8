"""What the pages about posts show: who holds what, and who may take which step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import all_steps
from teyue.register.company.models import Office
from teyue.register.people import queries
from teyue.register.people.models import Delegation, Post, Role
from teyue.register.people.staffing import Coverage

STAGES = {
    "company": gettext_lazy("公司与管理处"),
    "estate": gettext_lazy("房屋与住户"),
    "people": gettext_lazy("人员与岗位"),
    "importing": gettext_lazy("导入"),
    "calendar": gettext_lazy("日历"),
    "parameters": gettext_lazy("参数"),
    "planning": gettext_lazy("策划"),
    "survey": gettext_lazy("需求调查"),
    "pricing": gettext_lazy("收费与服务标准"),
    "subcontracting": gettext_lazy("服务分包方"),
    "approval": gettext_lazy("审批"),
    "announcement": gettext_lazy("公告"),
    "booking": gettext_lazy("登记与报价"),
    "agreement": gettext_lazy("长期协议"),
    "cashier": gettext_lazy("收银"),
    "refund": gettext_lazy("退款"),
    "dispatch": gettext_lazy("派工"),
    "service": gettext_lazy("服务记录与业主确认"),
    "audit": gettext_lazy("主管审核"),
    "settlement": gettext_lazy("结算"),
    "dispute": gettext_lazy("争议"),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A role, and who holds it now or will."""

    role: Role
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class StageCoverage:
    """The steps of a stage, with their clauses and who may take them."""

    title: str
    rows: tuple[tuple[str, Coverage], ...]

    @property
    def wanting(self) -> int:
        """Return how many of the steps have a problem."""
        return sum(bool(coverage.problem) for _clause, coverage in self.rows)


def seats(actor: Actor, office: Office | None, at: datetime) -> list[Seat]:
    """Return every role with who holds it in an office, posts of the whole company included."""
    posts = queries.posts_seen_by(actor).filter(state=Post.State.ACTIVE)
    posts = posts.filter(Q(to_on=None) | Q(to_on__gte=local_day(at)))
    posts = posts.filter(Q(office=office) | Q(office=None)).order_by("from_on", "pk")
    held = list(posts.select_related("delegation__grantor"))
    roles = [role for role in Role if role != Role.RS]
    return [Seat(role, tuple(post for post in held if post.role == role)) for role in roles]


def unsigned(actor: Actor) -> list[Post]:
    """Return the appointments that wait for a signature, oldest first."""
    posts = queries.posts_seen_by(actor).filter(state=Post.State.PROPOSED)
    return list(posts.order_by("state_since", "pk"))


def by_stage(coverage: Sequence[Coverage]) -> list[StageCoverage]:
    """Return who may take which step, stage by stage, with the clause of each step."""
    steps = all_steps()
    found = []
    for stage, rows in groupby(coverage, key=lambda one: one.step.partition(".")[0]):
        named = tuple((steps[one.step].clause if one.step in steps else "", one) for one in rows)
        found.append(StageCoverage(str(STAGES.get(stage, stage)), named))
    return found


def troubles(coverage: Iterable[Coverage]) -> list[tuple[str, list[Coverage]]]:
    """Return the steps with a problem, those with the same problem together."""
    wanting = sorted((one for one in coverage if one.problem), key=lambda one: one.problem)
    return [(text, list(rows)) for text, rows in groupby(wanting, key=lambda one: one.problem)]


def given(actor: Actor, at: datetime) -> list[tuple[Delegation, str, str]]:
    """Return the authorizations, the latest first, with word and tone of their state."""
    rows = queries.delegations_seen_by(actor).order_by("-pk")[:200]
    return [(row, *standing(row, local_day(at))) for row in rows]


def standing(delegation: Delegation, on: date) -> tuple[str, str]:
    """Return how an authorization stands on a day: word and tone."""
    if delegation.state == Delegation.State.REVOKED:
        return _("已收回"), "wait"
    if delegation.to_on < on:
        return _("已期满"), "wait"
    return (_("未开始"), "run") if delegation.from_on > on else (_("有效"), "done")
