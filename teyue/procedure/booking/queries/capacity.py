"""Whether so many people can do so many jobs: a matching that knows no rows and no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Demand:
    """A job for one person from one instant to another, end exclusive.

    ``person`` is who was given it; the others of the pool are then no longer needed for it.
    """

    starts: datetime
    ends: datetime
    certificates: frozenset[str] = frozenset()
    person: int | None = None

    def overlaps(self, other: Demand) -> bool:
        """Tell whether two jobs share an instant."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of a pool: what that person may do, and when that person is there."""

    person: int
    certificates: frozenset[str]
    present: tuple[Span, ...]

    def holds(self, certificates: frozenset[str]) -> bool:
        """Tell whether this person holds every one of these certificates (I-24)."""
        return certificates <= self.certificates

    def there(self, starts: datetime, ends: datetime) -> bool:
        """Tell whether this person is there from one instant to another without a gap."""
        return any(begins <= starts and ends <= stops for begins, stops in self.present)

    def may_take(self, demand: Demand) -> bool:
        """Tell whether this person could be sent."""
        return self.holds(demand.certificates) and self.there(demand.starts, demand.ends)


def fits(demands: Sequence[Demand], people: Sequence[Worker]) -> bool:
    """Tell whether at every instant each job under way has a qualified, present person of its own.

    A job that was given to somebody occupies that person, of this pool or not, and needs no other.
    """
    return all(_matched(_under_way(demands, job.starts), people) for job in demands)


def admits(new: Demand, taken: Iterable[Demand], people: Sequence[Worker]) -> bool:
    """Tell whether a further job fits at every instant of its own time."""
    near = [new, *(job for job in taken if job.overlaps(new))]
    instants = {max(job.starts, new.starts) for job in near}
    return all(_matched(_under_way(near, instant), people) for instant in instants)


def room(new: Demand, taken: Sequence[Demand], people: Sequence[Worker]) -> int:
    """Count how many jobs such as this one still fit beside those that are taken."""
    more = 0
    while more < len(people) and admits(new, [*taken, *[new] * more], people):
        more += 1
    return more


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap, in order."""
    joined: list[Span] = []
    for begins, stops in sorted(spans):
        if joined and begins <= joined[-1][1]:
            begins, stops = joined[-1][0], max(joined.pop()[1], stops)
        joined.append((begins, stops))
    return joined


def without(spans: Iterable[Span], hole: Span) -> list[Span]:
    """Cut a hole out of spans."""
    pieces = ((b, min(s, hole[0])) for b, s in spans), ((max(b, hole[1]), s) for b, s in spans)
    return sorted({(b, s) for side in pieces for b, s in side if b < s})


def _under_way(jobs: Iterable[Demand], instant: datetime) -> list[Demand]:
    return [job for job in jobs if job.starts <= instant < job.ends]


def _matched(jobs: Sequence[Demand], people: Sequence[Worker]) -> bool:
    """Match jobs to people one to one by augmenting paths."""
    given = [job.person for job in jobs if job.person is not None]
    if len(given) != len(set(given)):
        return False
    free = [worker for worker in people if worker.person not in given]
    choices = [
        [worker.person for worker in free if worker.may_take(job)]
        for job in jobs
        if job.person is None
    ]
    placed: dict[int, int] = {}
    return all(_place(job, choices, placed, set()) for job in range(len(choices)))


def _place(
    job: int, choices: Sequence[Sequence[int]], placed: dict[int, int], tried: set[int]
) -> bool:
    for person in choices[job]:
        if person in tried:
            continue
        tried.add(person)
        if person not in placed or _place(placed[person], choices, placed, tried):
            placed[person] = job
            return True
    return False
