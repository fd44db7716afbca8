"""Who may take each step, from posts, leave and the separation of duties (I-30 to I-38)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import all_steps
from teyue.register.people import access, footing
from teyue.register.people.models import Leave, Post

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who may take a step."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who may take a step now; ``problem`` says what is wrong, '' if nothing is."""

    step: str
    label: StrOrPromise
    people: tuple[Holder, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Seat:
    post: int
    person: int
    name: str
    role: str


# Steps on one order that different people must take, and the rule that says so.
APART: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("I-30", ("booking.register", "service.record", "audit.approve", "settlement.settle")),
    ("I-33", ("booking.quote_on_site", "audit.approve")),
    ("I-33", ("dispute.rework", "audit.approve")),
    ("I-36", ("refund.request", "refund.approve", "refund.pay")),
    ("I-37", ("cashier.request_void", "cashier.void")),
    ("4.3.1", ("settlement.settle", "settlement.request_reversal", "settlement.reverse")),
    ("I-38", ("cashier.close_shift", "cashier.verify")),
    ("I-31", ("parameters.propose", "parameters.approve")),
)

NOBODY = gettext_lazy("无人可以办理，请任命或安排人员")


def staffing(office: int, at: datetime) -> tuple[Coverage, ...]:
    """Return for each step who may take it in an office now, and what is wrong with that."""
    seats = _seats(office, at)
    away = _away(at, at)
    return _covered([seat for seat in seats if seat.person not in away])


def problems(office: int, at: datetime) -> tuple[Coverage, ...]:
    """Return the steps that nobody may take now, or not without breaking a separation rule."""
    return tuple(coverage for coverage in staffing(office, at) if coverage.problem)


def emptied(office: int, *, posts: frozenset[int], at: datetime) -> tuple[Coverage, ...]:
    """Return the steps that nobody may take once these posts end, with who may take them now."""
    seats = _seats(office, at)
    return _lost(seats, [seat for seat in seats if seat.post not in posts])


def missed(office: int, *, person: int, starts: datetime, ends: datetime) -> tuple[Coverage, ...]:
    """Return the steps that nobody may take while a person is away, with who may take them now."""
    away = _away(starts, ends)
    seats = [seat for seat in _seats(office, starts) if seat.person not in away - {person}]
    return _lost(seats, [seat for seat in seats if seat.person != person])


def _lost(before: Sequence[_Seat], after: Sequence[_Seat]) -> tuple[Coverage, ...]:
    left = {coverage.step for coverage in _people_of_steps(after) if coverage.people}
    return tuple(
        coverage
        for coverage in _people_of_steps(before)
        if coverage.people and coverage.step not in left
    )


def _seats(office: int, at: datetime) -> list[_Seat]:
    posts = Post.objects.filter(Q(office=office) | Q(office=None))
    posts = posts.filter(footing.in_force(local_day(at)))
    rows = posts.order_by("person__name").values_list("pk", "person", "person__name", "role")
    return [_Seat(*row) for row in rows]


def _away(starts: datetime, ends: datetime) -> frozenset[int]:
    leaves = Leave.objects.filter(voided_at=None, starts__lte=ends, ends__gt=starts)
    return frozenset(leaves.values_list("staff__person", flat=True))


def _covered(seats: Sequence[_Seat]) -> tuple[Coverage, ...]:
    found = _people_of_steps(seats)
    people = {coverage.step: coverage.people for coverage in found}
    stuck = {step: rule for rule, steps in reversed(APART) for step in _unmatched(steps, people)}
    return tuple(_judged(coverage, stuck.get(coverage.step, "")) for coverage in found)


def _people_of_steps(seats: Sequence[_Seat]) -> tuple[Coverage, ...]:
    labels = {name: step.label for name, step in all_steps().items()}
    return tuple(
        Coverage(row.code, labels.get(row.code, row.code), _holders(row, seats))
        for row in access.taken_by_posts()
    )


def _holders(row: access.Row, seats: Iterable[_Seat]) -> tuple[Holder, ...]:
    found = (Holder(seat.person, seat.name) for seat in seats if seat.role in row.roles)
    return tuple(dict.fromkeys(found))


def _judged(coverage: Coverage, rule: str) -> Coverage:
    problem = ""
    if not coverage.people:
        problem = "" if _done_without_staff(coverage.step) else str(NOBODY)
    elif rule:
        names = _("、").join(holder.name for holder in coverage.people)
        text = _("职责分离（%(rule)s）后人手不够：只有%(names)s可以办理，请增加一人")
        problem = text % {"rule": rule, "names": names}
    return Coverage(coverage.step, coverage.label, coverage.people, problem)


def _done_without_staff(step: str) -> bool:
    return bool(access.roles_of(step) & {access.RESIDENT, access.SYSTEM})


def _unmatched(steps: tuple[str, ...], people: Mapping[str, tuple[Holder, ...]]) -> tuple[str, ...]:
    """Return the steps that find no person of their own when each must have a different one."""
    taken: dict[int, str] = {}

    def seat(step: str, tried: set[int]) -> bool:
        for holder in people.get(step, ()):
            if holder.person in tried:
                continue
            tried.add(holder.person)
            if holder.person not in taken or seat(taken[holder.person], tried):
                taken[holder.person] = step
                return True
        return False

    return tuple(step for step in steps if people.get(step) and not seat(step, set()))
